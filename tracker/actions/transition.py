"""Moving a ticket to another status, as the workflow allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.assignment import Assignment
from tracker.actions.change import united
from tracker.actions.comment import Words, comment
from tracker.actions.set import set_fields
from tracker.actions.workflow import refuse_unknown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tracker.actions.change import Change
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace


class Reason(NamedTuple):
    """Why a ticket goes there, who says so, and whether that outweighs open children."""

    text: str
    author: str
    force: bool = False


def move(
    workspace: Workspace,
    entry: Entry,
    status: str,
    assignments: Iterable[Assignment] = (),
    reason: Reason | None = None,
    together: Collection[str] = (),
) -> Change:
    """Return the change that gives a ticket another status; an open one takes its resolution away.

    Args:
        workspace: the desk.
        entry: the ticket.
        status: where it goes.
        assignments: what else changes, such as the resolution.
        reason: why it goes there; kept as an internal comment.
        together: the paths of tickets that go there with it.

    Raises:
        RefusedValueError: the workflow has no such status, no way there, or something is missing for it.
    """
    refuse_unknown(workspace.configuration, status)
    changes = [*assignments, Assignment(("status",), "=", status)]
    if workspace.configuration.is_open(status) and entry.ticket.resolution:
        changes.append(Assignment(("resolution",), "=", ""))
    change = set_fields(workspace, entry, changes, together, force=reason is not None and reason.force)
    summary = f"{entry.id}: {entry.ticket.status} → {status}"
    if reason is None:
        return change._replace(action="move", summary=summary)
    words = Words(reason.author, reason.text, "internal")
    return united("move", summary, [change, comment(workspace, entry, words)])
