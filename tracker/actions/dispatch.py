"""Giving tickets to people by the desk's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.change import united
from tracker.actions.set import give_values
from tracker.errors import EditError, RefusedValueError
from tracker.history.reason import Reason
from tracker.query.order import queue_order
from tracker.workspace.dispatching import ask_for_text, decisions, open_desk, rows_for_rules, stand_ins
from tracker.workspace.rows import desk_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracker.actions.change import Change
    from tracker.assignment.request import Decision
    from tracker.document import NewValue
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace
    from tracker.workspace.dispatching import Desk


class Dispatched(NamedTuple):
    """The change, what was decided of each ticket in order, and which cannot be changed so, by their ids."""

    change: Change
    decisions: tuple[Decision, ...]
    refused: Mapping[str, RefusedValueError | EditError]


def dispatch(workspace: Workspace, desk: Desk, entries: Sequence[Entry]) -> Dispatched:
    """Return the change that gives each of some tickets to whom the rules say; whoever has one may lose it.

    Args:
        workspace: the desk.
        desk: what decisions at it depend on; its ledger has them afterwards.
        entries: the tickets, in the order in which they are given.
    """
    return _written(workspace, entries, decisions(desk, rows_for_rules(workspace, entries)))


def foresee(workspace: Workspace) -> Dispatched:
    """Return what would be decided of every open ticket that nobody has; no file is changed."""
    desk, change = open_desk(workspace), united("assign", "", ())
    if ask_for_text(desk.configuration):
        return Dispatched(
            change, tuple(decisions(desk, rows_for_rules(workspace, unassigned(workspace)))), {}
        )
    rows = [row for row in desk_rows(workspace).open if not (row["draft"] or row.get("assignee"))]
    return Dispatched(change, tuple(decisions(desk, [row for row in rows if row.get("type")])), {})


def unassigned(workspace: Workspace) -> list[Entry]:
    """Return every accepted open ticket that can be read and nobody has, in the order of the queue."""
    found = (entry for entry in workspace.entries if is_unassigned(workspace, entry))
    return queue_order(found, workspace.configuration)


def is_unassigned(workspace: Workspace, entry: Entry) -> bool:
    """Whether a ticket is accepted and open, can be read, and nobody has it."""
    return has_work(workspace, entry) and not entry.ticket.assignee


def has_work(workspace: Workspace, entry: Entry) -> bool:
    """Whether a ticket is accepted and open, and can be read."""
    return not entry.draft and bool(entry.values) and workspace.configuration.is_open(entry.ticket.status)


def relieve(workspace: Workspace, desk: Desk, entries: Iterable[Entry]) -> Dispatched:
    """Return the change that gives tickets of those who are away to delegates, if the desk wants that."""
    held = [entry for entry in entries if entry.ticket.assignee]
    return _written(workspace, held, stand_ins(desk, rows_for_rules(workspace, held)))


def _written(workspace: Workspace, entries: Iterable[Entry], decided: Sequence[Decision]) -> Dispatched:
    by_id = {entry.id: entry for entry in entries}
    changes, refused = [], dict[str, RefusedValueError | EditError]()
    for decision in decided:
        entry = by_id[decision.id]
        try:
            change = give_values(workspace, entry, _values(entry, decision))
        except (RefusedValueError, EditError) as error:
            refused[decision.id] = error
            continue
        reason = Reason(entry.id, "assignee", decision.assignee or "", decision.why)
        changes.append(change._replace(reasons=(reason,)))
    return Dispatched(united("assign", _summary(decided), changes), tuple(decided), refused)


def _values(entry: Entry, decision: Decision) -> dict[str, NewValue]:
    """Return the fields that a decision changes; nobody is taken from whoever has a ticket."""
    values: dict[str, NewValue] = {}
    if decision.assignee and decision.assignee != entry.ticket.assignee:
        values["assignee"] = decision.assignee
    if decision.team and decision.team != entry.ticket.team:
        values["team"] = decision.team
    return values


def _summary(decided: Sequence[Decision]) -> str:
    """Return what the first line of a commit says of decisions."""
    given = [decision for decision in decided if decision.assignee]
    if len(given) == 1:
        return f"{given[0].id}: assigned to {given[0].assignee}"
    return f"Assign {', '.join(decision.id for decision in given)}"
