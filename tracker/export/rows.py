"""The rows of the tables, read ticket by ticket."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.document import LARGEST_FILE, read_document
from tracker.errors import StorageError
from tracker.export.table import Source, Type
from tracker.export.tables import COMMENTS, EVENTS, ITEMS, LINKS, STAYS, own_columns, ticket_table
from tracker.metrics.course import LOCATION, STATUS
from tracker.metrics.spread import duration
from tracker.query.timing import moment_of
from tracker.query.values import number_in
from tracker.workspace.courses import courses, customs
from tracker.workspace.rows import desk_rows, rows_by_name
from tracker.workspace.timeline import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import tzinfo

    from tracker.document import Document
    from tracker.export.table import Row, Table
    from tracker.metrics.course import Course
    from tracker.query.row import Row as TicketRow
    from tracker.store.chronicle import Chronicle
    from tracker.workspace import Workspace


class _Desk(NamedTuple):
    """A desk whose tables are asked for: all its tickets, those that are meant, and their ways through it."""

    workspace: Workspace
    everyone: list[TicketRow]
    rows: list[TicketRow]
    ways: Mapping[str, Course]

    @property
    def zone(self) -> tzinfo:
        """Of times without one."""
        return self.workspace.configuration.zone

    def document(self, path: str) -> Document | None:
        """Return what a ticket's file says; None where it is no file."""
        try:
            return read_document(self.workspace.tree.read(path, LARGEST_FILE), path)
        except StorageError:
            return None


def sources(
    workspace: Workspace, chosen: Sequence[TicketRow] | None, progress: Callable[[int], None]
) -> list[Source]:
    """Return the tables of a desk with their rows.

    Args:
        workspace: the desk.
        chosen: the tickets that are meant, as queries see them; None for all.
        progress: told from time to time how many commits were read.

    Raises:
        RepositoryError: a part of the history is not in this clone.
    """
    everyone = desk_rows(workspace).rows
    paths = {row["path"] for row in everyone if chosen is None} | {row["path"] for row in chosen or ()}
    rows = [row for row in everyone if row["path"] in paths]
    known = courses(workspace, (), chosen, progress).courses
    desk = _Desk(workspace, everyone, rows, {course.path: course for course in known})
    table = ticket_table(workspace.fields)
    return [
        Source(table, lambda write: write(_tickets(desk, table))),
        Source(ITEMS, lambda write: write(_items(desk))),
        Source(LINKS, lambda write: write(_links(desk))),
        Source(COMMENTS, lambda write: write(_comments(desk))),
        Source(EVENTS, lambda write: told(workspace, lambda chronicle: write(_events(desk, chronicle)))),
        Source(STAYS, lambda write: write(_stays(desk))),
    ]


def _tickets(desk: _Desk, table: Table) -> Iterator[Row]:
    own = own_columns(desk.workspace.fields)
    for row in desk.rows:
        document, course = desk.document(row["path"]), desk.ways.get(row["path"])
        written = document.values if document else {}
        turns = course.turns(desk.workspace.configuration.is_open) if course else []
        values = {
            **{name: row.get(name) for name in table.names if name in row},
            **{column.name: written.get(name) for name, column in own.items()},
            "requester_name": _part(written, "requester", "name"),
            "requester_email": _part(written, "requester", "email"),
            "asset": _part(written, "system", "asset"),
            "outage_since": _part(written, "outage", "since"),
            "outage_until": _part(written, "outage", "until"),
            "filed": course.start if course else None,
            "landed": course.landed if course else None,
            "answered": course.answered if course else None,
            "resolved": turns[-1].time if turns and not turns[-1].opened else None,
            "reopened": sum(turn.opened for turn in turns),
            "text": document.body if document else None,
            "fields": written,
        }
        yield tuple(_typed(values.get(column.name), column.type, desk.zone) for column in table.columns)


def _items(desk: _Desk) -> Iterator[Row]:
    lists = [name for name, field in desk.workspace.fields.items() if field.is_list and name != "links"]
    for row in desk.rows:
        for name in lists:
            items = row.get(name)
            for item in items if isinstance(items, list) else []:
                yield _clean(row["id"]), name, _text(item)


def _links(desk: _Desk) -> Iterator[Row]:
    named = rows_by_name(desk.everyone)
    for row in desk.rows:
        for kind, target in row["linked"]:
            found = named.get(target)
            yield _clean(row["id"]), kind, _clean(target), _clean(found["id"]) if found else None


def _comments(desk: _Desk) -> Iterator[Row]:
    paths = {row["path"]: row["id"] for row in desk.rows if row["comments"]}
    for file in desk.workspace.files:
        if file.path in paths:
            for comment in desk.workspace.conversation(file.comments):
                yield (
                    *(_clean(paths[file.path]), _clean(comment.name), _text(comment.author or None)),
                    *(_typed(comment.created, Type.MOMENT, desk.zone), comment.visibility),
                    *(_text(comment.automatic or None), _text(comment.supersedes or None)),
                    _text(comment.body),
                )


def _events(desk: _Desk, chronicle: Chronicle) -> Iterator[Row]:
    ids = {row["path"]: _clean(row["id"]) for row in desk.rows}
    for story in chronicle.by_life():
        for event, landing, home in reversed(story):
            if home in ids:
                yield (
                    *(ids[home], landing.time, landing.commit, _clean(landing.name), _clean(landing.email)),
                    *(str(event.kind), _text(event.field or None), _text(event.old), _text(event.new)),
                )


def _stays(desk: _Desk) -> Iterator[Row]:
    known, now = customs(desk.workspace), datetime.now(UTC).replace(microsecond=0)
    ids = {row["path"]: _clean(row["id"]) for row in desk.rows}
    for path, course in desk.ways.items():
        place = course.at(LOCATION, now)
        hours = known.hours_at(place if isinstance(place, str) else None)
        steps = course.steps[STATUS]
        for step, until in zip(steps, [*(step.time for step in steps[1:]), None], strict=True):
            stay = duration(step.time, until or now, hours)
            business = round(stay.business.total_seconds()) if stay.business is not None else None
            wall = round(stay.wall.total_seconds())
            yield ids[path], _text(step.value), step.time, until, wall, business


def _part(values: Mapping[str, Any], field: str, part: str) -> Any:
    whole = values.get(field)
    return whole.get(part) if isinstance(whole, dict) else None


def _typed(value: Any, kind: Type, zone: tzinfo) -> Any:
    """Return a value as its column holds it; None for one that is of another type."""
    match kind:
        case Type.MOMENT:
            moment = moment_of(value, zone) if isinstance(value, str) else value
            return moment.astimezone(UTC) if isinstance(moment, datetime) else None
        case Type.DAY:
            try:
                return date.fromisoformat(value) if isinstance(value, str) else None
            except ValueError:
                return None
        case Type.NUMBER:
            return number_in(value)
        case Type.INTEGER | Type.BOOLEAN:
            return value
        case Type.TEXT:
            return _text(value)
        case Type.JSON:
            return _clean(json.dumps(value, ensure_ascii=False))


def _text(value: Any) -> str | None:
    """Return a value as text, one of several parts as JSON; None for none."""
    if value is None or isinstance(value, str):
        return value if value is None else _clean(value)
    return _clean(json.dumps(value, ensure_ascii=False))


def _clean(text: str) -> str:
    """Return a text that every encoding can hold: what is no character becomes a sign of that."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
