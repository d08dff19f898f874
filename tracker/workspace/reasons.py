"""Why the fields of tickets hold what they do, as the history of the branch tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.history.event import Kind
from tracker.history.reason import holds
from tracker.workspace.timeline import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracker.document import Value
    from tracker.history.event import Event
    from tracker.history.reason import Reason
    from tracker.model.entry import Entry
    from tracker.store.chronicle import Chronicle
    from tracker.workspace.desk import Workspace


def reasons_for(workspace: Workspace, entry: Entry) -> dict[str, Reason]:
    """Return why fields of a ticket hold what they do, or nothing, by their names.

    The latest change of a field counts: without a reason of its own, or not committed yet, it has none.

    Raises:
        RepositoryError: Git cannot read the history.
    """

    def ask(chronicle: Chronicle) -> dict[str, Reason]:
        return _latest((happened.event for happened in chronicle.of_home(entry.path)), entry.values)

    return told(workspace, ask)


def all_reasons(workspace: Workspace, chosen: Iterable[Entry] | None = None) -> dict[str, dict[str, Reason]]:
    """Return what `reasons_for` does of each ticket for which there is any, by its file.

    Args:
        workspace: the desk.
        chosen: the tickets that are meant; None for all.

    Raises:
        RepositoryError: Git cannot read the history.
    """

    def ask(chronicle: Chronicle) -> dict[str, dict[str, Reason]]:
        entries = workspace.entries if chosen is None else chosen
        values = {entry.path: entry.values for entry in entries} if chronicle.reasons else {}
        told_of = (one for one in chronicle.with_reasons() if one[0] in values)
        found = {path: _latest(events, values[path]) for path, events in told_of}
        return {path: reasons for path, reasons in found.items() if reasons}

    return told(workspace, ask)


def _latest(events: Iterable[Event], values: Mapping[str, Value]) -> dict[str, Reason]:
    """Return the reasons that hold now, from what happened to a ticket, the newest first."""
    found: dict[str, Reason | None] = {}
    for event in events:
        for reason in event.reasons:
            found.setdefault(reason.field, reason)
        if event.kind is Kind.CHANGED:
            found.setdefault(event.field, None)
    return {name: reason for name, reason in found.items() if reason and holds(values, reason)}
