"""The ways of a desk's tickets through it, from the history of its branch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.errors import RepositoryError
from tracker.history.event import Kind
from tracker.metrics.course import DRAFT, FOLLOWED, STATUS, Change, Course, Step, steps_of, unchanged
from tracker.metrics.numbers import Customs
from tracker.model.place import TICKETS, is_draft
from tracker.query.timing import moment_of
from tracker.store.clone import DEEPEN_LEAN
from tracker.store.command import ObjectReader
from tracker.store.differences import differences
from tracker.translation import _
from tracker.workspace.rows import desk_rows
from tracker.workspace.timeline import told, version_reader

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from tracker.document import Value
    from tracker.history.event import Event
    from tracker.model.configuration import Configuration
    from tracker.model.fields import TicketField
    from tracker.query.row import Row
    from tracker.store.chronicle import Chronicle, Happened
    from tracker.workspace.desk import Workspace

_FEW = 500
"""Of so many files, Git looks at each; of more, it is faster to look at all."""
_YES = "yes"
_NEEDED = ("id", "created", "requester.email", "outage")


class Known(NamedTuple):
    """What is known of the tickets of a desk.

    Attributes:
        courses: their ways through it.
        uncommitted: how many have none, because no commit has them.
    """

    courses: list[Course]
    uncommitted: int


def courses(
    workspace: Workspace,
    fields: Iterable[str] = (),
    chosen: Iterable[Row] | None = None,
    progress: Callable[[int], None] = lambda _count: None,
) -> Known:
    """Return the ways of tickets through the desk; deleted ones have none.

    Args:
        workspace: the desk.
        fields: what must be known of them beside the status, the assignee, the due day and the location;
            a part of a field is `system.asset`. `DRAFT` is one, too.
        chosen: those that are meant, as queries see them; None for all.
        progress: told from time to time how many commits were read, and then how many tickets.

    Raises:
        RepositoryError: a part of the history is not in this clone.
    """
    refuse_shallow(workspace)
    about = Teller(workspace.configuration, workspace.fields, (*FOLLOWED, *fields))
    needed = (*_NEEDED, *FOLLOWED, *fields)
    rows = {
        row["path"]: {name: value for name in needed if (value := _part(row, name)) is not None}
        for row in (desk_rows(workspace).each() if chosen is None else chosen)
    }
    differing = _differing(workspace, rows)

    def ask(chronicle: Chronicle) -> list[Course]:
        found = []
        stories = chronicle.by_life() if chosen is None else (list(chronicle.of_home(path)) for path in rows)
        for count, story in enumerate(stories):
            progress(count)
            path = story[0].home if story else ""
            if path in rows:
                values: Mapping[str, Any] = rows[path]
                if path in differing or not values.get(STATUS):
                    values = _committed(workspace, chronicle, path) or values
                found.append(about.course(story, values))
        return found

    known = told(workspace, ask, progress)
    return Known(known, len(rows) - len(known))


def customs(workspace: Workspace) -> Customs:
    """Return what numbers must know of a desk."""
    configuration = workspace.configuration
    places = {place: configuration.hours_at(place) for place in (None, *configuration.locations)}
    return Customs(configuration.is_open, lambda place: places.get(place, places[None]), configuration.zone)


def refuse_shallow(workspace: Workspace) -> None:
    """Refuse to tell what depends on the whole history.

    Raises:
        RepositoryError: a part of it is not in this clone.
    """
    if workspace.repository is not None and workspace.repository.shallow:
        raise RepositoryError(_("This clone is shallow: numbers need the whole history."), DEEPEN_LEAN)


def _differing(workspace: Workspace, paths: Collection[str]) -> set[str]:
    """Return which of some files are not as the newest commit has them."""
    repository, tip = workspace.repository, workspace.tip
    if repository is None or tip is None or workspace.revision is not None:
        return set()
    few = map(workspace.in_repository, paths if 0 < len(paths) <= _FEW else (TICKETS,))
    inside = workspace.in_repository("")
    return {path.removeprefix(inside) for path in differences(repository, tip, None, *few)}


def _committed(workspace: Workspace, chronicle: Chronicle, path: str) -> Mapping[str, Any]:
    """Return a ticket's values as the newest commit that can be read has them."""
    home, repository = chronicle.home_at(path), workspace.repository
    if home is None or repository is None:
        return {}
    return version_reader(ObjectReader(repository.top))(home.sound, path).values


class Teller:
    """Tells the ways of a desk's tickets.

    Args:
        configuration: the desk's.
        known: its fields by name.
        followed: the names of those that must be known.
    """

    def __init__(
        self, configuration: Configuration, known: Mapping[str, TicketField], followed: Iterable[str]
    ) -> None:
        self._fields = tuple(dict.fromkeys(followed))
        self._lists = {name for name, field in known.items() if field.is_list}
        self._zone = configuration.zone
        self._people: dict[str, str] = {}
        for handle, person in configuration.people.items():
            self._people |= dict.fromkeys((handle, *person.mail), handle)

    def course(self, story: Sequence[Happened], values: Mapping[str, Any]) -> Course:
        """Return a ticket's way through the desk.

        Args:
            story: what happened to it, the newest first.
            values: its front matter.
        """
        landed = story[-1].landing.time
        times, latest = [], landed
        for happened in reversed(story):
            latest = max(latest, happened.landing.time)  # clocks differ; what came later, came later
            times.append((latest, happened.event))
        start = min(self._moment(values.get("created")) or landed, landed)
        changes: dict[str, list[Change]] = {name: [] for name in self._fields}
        for time, event in times:
            for name, old, new in _changed(event):
                if name in changes:
                    changes[name].append(Change(time, old, new))
        home = story[0].home
        present = {name: _part(values, name) for name in self._fields} | {
            DRAFT: _YES if is_draft(home) else None
        }
        steps = {name: self._steps(name, changes[name], present[name], start) for name in self._fields}
        steps[STATUS] = [Step(time, value if isinstance(value, str) else "") for time, value in steps[STATUS]]
        outage = values.get("outage")
        return Course(
            str(values.get("id") or home.rpartition("/")[2].removesuffix(".md")),
            home,
            start,
            landed,
            steps,
            self._answers(times, values, start),
            (self._moment(outage.get("since")), self._moment(outage.get("until")))
            if isinstance(outage, dict)
            else None,
        )

    def _steps(self, name: str, changes: list[Change], present: Value, start: datetime) -> Sequence[Step]:
        if not changes and name != STATUS and isinstance(present, str | None):
            return unchanged(present)
        return steps_of(changes, present, start, several=name in self._lists)

    def _answers(
        self, times: Sequence[tuple[datetime, Event]], values: Mapping[str, Any], start: datetime
    ) -> Sequence[datetime]:
        requester = _part(values, "requester.email")
        address = requester.lower() if isinstance(requester, str) else ""
        asks = self._people.get(address, address)
        found = []
        for landed, event in times:
            if event.kind is Kind.COMMENTED and isinstance(event.new, dict):
                author, visibility = event.new.get("author"), event.new.get("visibility")
                public = visibility in (None, "public") and not event.new.get("automatic")
                key = author.lower() if isinstance(author, str) else ""
                claimed = "@" in key and bool(event.new.get("source"))  # of mail that nothing vouches for
                handle = None if claimed else self._people.get(key)
                if handle is not None and handle != asks and public:
                    written = self._moment(event.new.get("created")) or landed
                    found.append(max(min(written, landed), start))
        return tuple(sorted(found))

    def _moment(self, written: Any) -> datetime | None:
        return moment_of(written, self._zone) if isinstance(written, str) else None


def _changed(event: Event) -> Iterator[tuple[str, Value, Value]]:
    """Yield what an event changes: a field, and where that is a part of another, the whole one, too."""
    if event.kind is Kind.ACCEPTED:
        yield DRAFT, _YES, None
    if event.kind is Kind.CHANGED:
        whole, dot, part = event.field.partition(".")
        yield event.field, event.old, event.new
        if dot:
            yield whole, {part: event.old}, {part: event.new}


def _part(values: Mapping[str, Any], name: str) -> Value:
    """Return what a field holds, or a part of one; parts may stand by themselves."""
    field, dot, part = name.partition(".")
    value: Value = values.get(name if name in values else field)
    if not dot or name in values:
        return value
    return value.get(part) if isinstance(value, dict) else None
