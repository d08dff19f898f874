"""Relations between tickets: stored on one side, shown on both."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.actions.assignment import Assignment
from tracker.actions.set import set_fields
from tracker.errors import RefusedValueError
from tracker.model.problem import allowed_values
from tracker.model.values import LINK_KINDS
from tracker.translation import _
from tracker.validation.cycles import DIRECTED, path_between

if TYPE_CHECKING:
    from tracker.actions.change import Change
    from tracker.model.entry import Entry
    from tracker.model.values import Link
    from tracker.workspace import Workspace

FROM_THE_OTHER_SIDE = {
    "parent-of": "parent",
    "followed-by": "follows",
    "blocked-by": "blocks",
    "duplicated-by": "duplicates",
}
"""Relations that are stored on the other ticket, with the kind that is stored there."""

RELATIONS = (*LINK_KINDS, *FROM_THE_OTHER_SIDE)


def link(workspace: Workspace, entry: Entry, relation: str, other: Entry, *, remove: bool = False) -> Change:
    """Return the change that links two tickets, or takes the link away.

    Args:
        workspace: the desk.
        entry: the ticket that is spoken of.
        relation: what it is to the other, such as `blocks` or `blocked-by`.
        other: the other ticket.
        remove: whether the link goes.

    Raises:
        RefusedValueError: there is no such relation, it would close a circle, or there is nothing to remove.
    """
    if relation not in RELATIONS:
        message = _("“{value}” is no relation between tickets.").format(value=relation)
        raise RefusedValueError(message, allowed_values(RELATIONS, relation))
    if relation in FROM_THE_OTHER_SIDE:
        return link(workspace, other, FROM_THE_OTHER_SIDE[relation], entry, remove=remove)
    if other.path == entry.path:
        raise RefusedValueError(_("A ticket cannot be linked to itself."))
    held = [
        str(item) for item in entry.ticket.links if item.kind == relation and _leads(workspace, item, other)
    ]
    if remove and not held:
        message = _("{id} has no link “{relation} {other}”.")
        known = [str(item) for item in entry.ticket.links]
        hint = allowed_values(known) if known else ""
        raise RefusedValueError(message.format(id=entry.id, relation=relation, other=other.id), hint)
    if not remove:
        _refuse_circle(workspace, entry, relation, other)
    operator, texts = ("-=", held) if remove else ("+=", [] if held else [f"{relation} {other.id}"])
    assignments = [Assignment(("links",), operator, text) for text in texts]
    change = set_fields(workspace, entry, assignments)
    words = "no longer " if remove else ""
    return replace(
        change, action="unlink" if remove else "link", summary=f"{entry.id}: {words}{relation} {other.id}"
    )


def _leads(workspace: Workspace, item: Link, other: Entry) -> bool:
    target = workspace.by_id.get(item.target)
    return target is not None and target.path == other.path


def _refuse_circle(workspace: Workspace, entry: Entry, relation: str, other: Entry) -> None:
    way = path_between(other, entry, relation, workspace.by_id) if relation in DIRECTED else []
    if way:
        circle = " → ".join([entry.id, *way])
        raise RefusedValueError(_("This would close a circle: {circle}.").format(circle=circle))
