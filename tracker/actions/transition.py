"""Moving a ticket to another status, as the workflow allows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.actions.assignment import Assignment
from tracker.actions.edit import edit
from tracker.errors import RefusedValueError
from tracker.model.problem import allowed_values
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.actions.change import Change
    from tracker.model.configuration import Configuration
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace


def move(workspace: Workspace, entry: Entry, status: str) -> Change:
    """Return the change that gives a ticket another status.

    Raises:
        RefusedValueError: the workflow has no such status, or no way there.
    """
    configuration = workspace.configuration
    if status not in configuration.statuses:
        message = _("“{value}” is not a status.").format(value=status)
        raise RefusedValueError(message, allowed_values(configuration.statuses, status))
    present = entry.ticket.status
    allowed = ways_from(configuration, present)
    if status != present and status not in allowed:
        message = _("{id} cannot go from {present} to {status}.").format(
            id=entry.id, present=present, status=status
        )
        raise RefusedValueError(
            message,
            _("From {present} it can go to: {ways}.").format(present=present, ways=", ".join(allowed)),
        )
    change = edit(workspace, entry, [Assignment(("status",), "=", status)])
    return replace(change, action="move", summary=f"{entry.id}: {present} → {status}")


def ways_from(configuration: Configuration, status: str) -> list[str]:
    """Return the statuses that the workflow allows after `status`: every other where it says nothing."""
    known = configuration.statuses.get(status)
    if known is None or known.to is None:
        return [name for name in configuration.statuses if name != status]
    return known.to
