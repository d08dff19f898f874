"""Making the tickets that come again and again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.actions.change import Change, united
from tracker.actions.create import create, from_template
from tracker.errors import ConfigurationError, RefusedValueError, StorageError, TrackerError, UsageError
from tracker.store.templates import DEFAULT
from tracker.workspace.deleted import last_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import tzinfo

    from tracker.workspace import Workspace

SOURCE, NAME, OCCURRENCE = "source", "recurring", "occurrence"


class Recurred(NamedTuple):
    """The change, and why some tickets cannot be made."""

    change: Change
    refused: tuple[TrackerError, ...]


def recur(workspace: Workspace) -> Recurred:
    """Return the change that files each recurring ticket whose time has come and that was not made yet.

    Of several moments that have passed since the last one, the latest counts: nobody wants ten at once.

    Raises:
        RepositoryError: a part of the history is not in this clone.
    """
    made, refused, desk = [], list[TrackerError](), workspace
    for name, moment in _due(workspace).items():
        try:
            change = _file(desk, name, moment)
        except (UsageError, ConfigurationError, StorageError) as error:
            refused.append(RefusedValueError(f"recurring.{name}: {error.message}", error.hint))
            continue
        made.append(change)
        desk = desk.after(change.after)
    summary = made[0].summary if len(made) == 1 else f"{len(made)} recurring tickets"
    return Recurred(united("tick", summary, made), tuple(refused))


def _due(workspace: Workspace) -> dict[str, datetime]:
    """Return the moments, on the desk's clocks, for which a ticket is to be made, by their rules."""
    now, zone = workspace.now(), workspace.configuration.zone
    latest = {name: rule.latest(now) for name, rule in workspace.configuration.recurring.items()}
    due = {name: moment for name, moment in latest.items() if moment and _in_zone(moment, zone) <= now}
    for said in (_accepted, last_values):  # the history is only asked where the files say that one is missing
        made = [*_made(said(workspace), zone)] if due else []
        for name, moment in made:
            if name in due and due[name] <= moment <= now.replace(tzinfo=None):
                del due[name]
    return due


def _accepted(workspace: Workspace) -> Iterator[Mapping[str, Any]]:
    return (entry.values for entry in workspace.entries if not entry.draft)


def _made(tickets: Iterable[Mapping[str, Any]], zone: tzinfo) -> Iterator[tuple[str, datetime]]:
    """Yield the rules and the moments that some tickets say they were made for; what is no moment is not."""
    for values in tickets:
        source = values.get(SOURCE)
        if not isinstance(source, dict) or NAME not in source:
            continue
        try:
            moment = datetime.fromisoformat(str(source.get(OCCURRENCE)))
        except ValueError:
            continue
        yield str(source[NAME]), moment.astimezone(zone).replace(tzinfo=None) if moment.tzinfo else moment


def _in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """Return when the clocks of a zone show a moment; of one that they leave out, when it would have been."""
    return moment.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


def _file(workspace: Workspace, name: str, moment: datetime) -> Change:
    configuration = workspace.configuration
    recurring = configuration.recurring[name]
    fields, body = from_template(workspace, recurring.template or DEFAULT)
    values: dict[str, Any] = {
        **fields,
        "status": configuration.first_status,
        "requester": {"name": configuration.desk},
        **recurring.ticket,
        "created": _in_zone(moment, configuration.zone),
        SOURCE: {NAME: name, OCCURRENCE: moment.isoformat()},
    }
    return create(workspace, values, recurring.text or body, draft=False)
