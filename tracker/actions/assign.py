"""Giving a ticket to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.actions.assignment import Assignment
from tracker.actions.set import set_fields
from tracker.errors import RefusedValueError
from tracker.model.problem import allowed_values
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.actions.change import Change
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace


def assign(workspace: Workspace, entry: Entry, person: str | None) -> Change:
    """Return the change that makes a person responsible for a ticket, or nobody.

    Raises:
        RefusedValueError: the desk has no such person.
    """
    people = workspace.configuration.people
    if person and people and person not in people:
        message = _("“{person}” is not one of this desk’s people.").format(person=person)
        hint = _("It is a team: tracker set {id} team={team}, or let the rules decide.")
        is_team = person in workspace.configuration.teams
        said = hint.format(id=entry.id, team=person) if is_team else allowed_values(people, person)
        raise RefusedValueError(message, said)
    change = set_fields(workspace, entry, [Assignment(("assignee",), "=", person or "")])
    return change._replace(action="assign", summary=f"{entry.id}: assigned to {person or 'nobody'}")
