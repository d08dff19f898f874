"""Relations between tickets: stored on one side, shown on both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.actions.assignment import Assignment
from tracker.actions.change import united
from tracker.actions.relations import check_link
from tracker.actions.set import set_fields
from tracker.errors import RefusedValueError
from tracker.model.desks import prefix_of
from tracker.model.kind import LINK_KINDS
from tracker.model.problem import allowed_values
from tracker.model.values import Link
from tracker.translation import _
from tracker.validation.rules.t204_circle import DIRECTED
from tracker.workspace.federation import everyone, members

if TYPE_CHECKING:
    from tracker.actions.change import Change
    from tracker.model.entry import Entry
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
    held = _held(entry, relation, other, workspace)
    mirrored = relation not in DIRECTED and bool(_held(other, relation, entry, workspace))
    if remove:
        return _without(workspace, entry, relation, other, mirrored=mirrored)
    check_link(workspace, entry, Link(relation, other.id))
    texts = [] if held or mirrored else [f"{relation} {other.id}"]
    change = set_fields(workspace, entry, [Assignment(("links",), "+=", text) for text in texts])
    return change._replace(action="link", summary=f"{entry.id}: {relation} {other.id}")


def link_abroad(
    workspace: Workspace, entry: Entry, relation: str, other: str, *, remove: bool = False
) -> Change:
    """Return the change that links a ticket to one of another desk, or takes the link away.

    Args:
        workspace: the desk.
        entry: the ticket that is spoken of.
        relation: what it is to the other; only such as are stored here.
        other: what a person wrote for the other ticket.
        remove: whether the link goes.

    Raises:
        RefusedValueError: there is no such relation, or it would be stored in the other desk.
        UnknownTicketError: the other desk is here, and has no such ticket.
    """
    if relation in FROM_THE_OTHER_SIDE:
        message = _("“{relation}” is stored with the other ticket, in its own desk.").format(
            relation=relation
        )
        raise RefusedValueError(message, _("Link them from there."))
    if relation not in LINK_KINDS:
        message = _("“{value}” is no relation between tickets.").format(value=relation)
        raise RefusedValueError(message, allowed_values(LINK_KINDS, relation))
    desk = everyone(workspace, members(workspace)).get(prefix_of(other))
    target = desk.find(other).id if desk else prefix_of(other) + other.strip()[len(prefix_of(other)) :]
    text = f"{relation} {target}"
    held = text in map(str, entry.ticket.links)
    change = [Assignment(("links",), "-=" if remove else "+=", text)] if remove or not held else []
    action, said = ("unlink", "no longer ") if remove else ("link", "")
    told = set_fields(workspace, entry, change)
    return told._replace(action=action, summary=f"{entry.id}: {said}{text}")


def _held(entry: Entry, relation: str, other: Entry, workspace: Workspace) -> list[str]:
    """Return the links of a kind from one ticket to another, as they are written."""
    leading = ((item, workspace.by_id.get(item.target)) for item in entry.ticket.links)
    return [
        str(item)
        for item, target in leading
        if item.kind == relation and target is not None and target.path == other.path
    ]


def _without(workspace: Workspace, entry: Entry, relation: str, other: Entry, *, mirrored: bool) -> Change:
    """Return the change that takes a link away, from both sides where both have it."""
    sides = [(entry, other), (other, entry)] if mirrored else [(entry, other)]
    changes = [
        set_fields(workspace, source, [Assignment(("links",), "-=", text) for text in held])
        for source, target in sides
        if (held := _held(source, relation, target, workspace))
    ]
    if not changes:
        message = _("{id} has no link “{relation} {other}”.")
        known = [str(item) for item in entry.ticket.links]
        hint = allowed_values(known) if known else ""
        raise RefusedValueError(message.format(id=entry.id, relation=relation, other=other.id), hint)
    return united("unlink", f"{entry.id}: no longer {relation} {other.id}", changes)
