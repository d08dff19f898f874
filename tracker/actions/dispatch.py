"""Giving tickets to people by the desk's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.change import Change, united
from tracker.actions.set import give_values
from tracker.errors import EditError, RefusedValueError
from tracker.history.reason import Reason
from tracker.query.order import queue_order
from tracker.translation import _, language
from tracker.workspace.dispatching import ask_for_text, decisions, rows_for_rules, stand_ins
from tracker.workspace.rows import desk_rows
from tracker.workspace.staffing import open_desk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.assignment.request import Decision
    from tracker.document import NewValue
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace
    from tracker.workspace.staffing import Desk


class Dispatched(NamedTuple):
    """What was decided.

    Attributes:
        change: of the tickets that change, each with its reason.
        decisions: what was decided of each ticket, in order.
        reasons: why, also of those that do not change.
        refused: those that cannot be changed so, by their ids.
    """

    change: Change
    decisions: tuple[Decision, ...] = ()
    reasons: tuple[Reason, ...] = ()
    refused: Mapping[str, RefusedValueError | EditError] = {}


def dispatch(workspace: Workspace, desk: Desk, entries: Sequence[Entry]) -> Dispatched:
    """Return the change that gives each of some tickets to whom the rules say; whoever has one may lose it.

    Args:
        workspace: the desk.
        desk: what decisions at it depend on; its ledger has them afterwards.
        entries: the tickets, in the order in which they are given; only open ones are.
    """
    given = [entry for entry in entries if has_work(workspace, entry)]
    message = _("It is closed, a draft, or cannot be read, so nobody is given it.")
    done = {entry.id: RefusedValueError(message) for entry in entries if not has_work(workspace, entry)}
    found = _written(
        workspace, list(zip(given, decisions(desk, rows_for_rules(workspace, given)), strict=True))
    )
    return found._replace(refused={**done, **found.refused})


def foresee(workspace: Workspace, entries: Sequence[Entry] = ()) -> Dispatched:
    """Return what would be decided of some tickets, else of every open one that nobody has."""
    desk, change = open_desk(workspace), Change("assign", "", ())
    if entries or ask_for_text(desk.configuration):
        rows = rows_for_rules(workspace, entries or unassigned(workspace))
        return Dispatched(change, tuple(decisions(desk, rows)))
    free = (row for row in desk_rows(workspace).open if not (row["draft"] or row.get("assignee")))
    return Dispatched(change, tuple(decisions(desk, [row for row in free if row.get("status")])))


def unassigned(workspace: Workspace) -> list[Entry]:
    """Return every accepted open ticket that says so and nobody has, in the order of the queue."""
    found = (entry for entry in workspace.entries if is_unassigned(workspace, entry))
    return queue_order(found, workspace.configuration)


def is_unassigned(workspace: Workspace, entry: Entry) -> bool:
    """Whether a ticket is accepted, says that it is open, and nobody has it."""
    return has_work(workspace, entry) and not entry.values.get("assignee")


def has_work(workspace: Workspace, entry: Entry) -> bool:
    """Whether a ticket is accepted, and says that it is open."""
    status = entry.values.get("status")
    return not entry.draft and bool(status) and workspace.configuration.is_open(entry.ticket.status)


def relieve(workspace: Workspace, desk: Desk) -> Dispatched:
    """Return the change that gives tickets of those who are away to delegates, if the desk wants that."""
    if desk.configuration.assignment.absences == "keep":
        return Dispatched(Change("assign", "", ()))
    held = [entry for entry in workspace.entries if entry.ticket.assignee and has_work(workspace, entry)]
    pairs = zip(held, stand_ins(desk, rows_for_rules(workspace, held)), strict=True)
    return _written(workspace, [(entry, decision) for entry, decision in pairs if decision])


def _written(workspace: Workspace, decided: Sequence[tuple[Entry, Decision]]) -> Dispatched:
    changes, reasons, refused = [], [], dict[str, RefusedValueError | EditError]()
    for entry, decision in decided:
        values = _values(entry, decision)
        try:
            change = give_values(workspace, entry, values)
        except (RefusedValueError, EditError) as error:
            refused[entry.id] = error
            continue
        told = [Reason(entry.id, "assignee", decision.assignee or "", decision.why)]
        if "team" in values:
            with language(workspace.configuration.language):
                words = _("rule “{rule}”").format(rule=decision.rule)
            told.append(Reason(entry.id, "team", decision.team, words))
        reasons += told
        if change.files:
            changes.append(change._replace(reasons=tuple(told)))
    made = tuple(decision for _entry, decision in decided)
    return Dispatched(united("assign", _summary(made, changes), changes), made, tuple(reasons), refused)


def _values(entry: Entry, decision: Decision) -> dict[str, NewValue]:
    """Return the fields that a decision changes."""
    values: dict[str, NewValue] = {}
    if decision.assignee and decision.assignee != entry.ticket.assignee:
        values["assignee"] = decision.assignee
    if decision.team and decision.team != entry.ticket.team:
        values["team"] = decision.team
    return values


def _summary(decided: Sequence[Decision], changes: Sequence[Change]) -> str:
    """Return what the first line of a commit says of decisions."""
    changed = {ticket for change in changes for ticket in change.tickets}
    given = [decision for decision in decided if decision.id in changed]
    if len(given) == 1:
        return f"{given[0].id}: assigned to {given[0].assignee or given[0].team}"
    return f"Assign {', '.join(decision.id for decision in given)}"
