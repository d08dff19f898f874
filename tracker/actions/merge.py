"""Merging a duplicate into the ticket that it repeats. Nothing of its history or conversation moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.actions.assignment import Assignment
from tracker.actions.change import united
from tracker.actions.link import link
from tracker.actions.set import changed, set_fields
from tracker.actions.transition import move
from tracker.actions.workflow import ways_from
from tracker.document import set_value
from tracker.errors import RefusedValueError
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.actions.change import Change
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace

_DUPLICATE = "duplicate"


def merge(workspace: Workspace, entry: Entry, into: Entry) -> Change:
    """Return the change that closes a ticket as a duplicate; the other gets its id as an alias.

    Raises:
        RefusedValueError: there is no way to an end, it would close a circle, or it is merged already.
    """
    if entry.draft or into.draft:
        raise RefusedValueError(_("A draft is no ticket yet: accept it first."))
    _refuse_second(workspace, entry, into)
    linked = link(workspace, entry, "duplicates", into)
    with_link = [Assignment(("links",), "+=", f"duplicates {into.id}")] if linked.files else []
    known = workspace.fields["resolution"].values
    resolved = [Assignment(("resolution",), "=", _DUPLICATE)] if _DUPLICATE in known else []
    end = _end(workspace, entry)
    if end == entry.ticket.status:
        closed = set_fields(workspace, entry, [*with_link, *resolved])
    else:
        closed = move(workspace, entry, end, [*with_link, *resolved])
    return united(
        "merge", f"{entry.id}: merged into {into.id}", [closed, _with_alias(workspace, into, entry.id)]
    )


def _refuse_second(workspace: Workspace, entry: Entry, into: Entry) -> None:
    for other in workspace.entries:
        if entry.id in other.ticket.aliases and other.path not in (entry.path, into.path):
            message = _("{id} is merged into {other} already.").format(id=entry.id, other=other.id)
            raise RefusedValueError(message, _("Merge {other} instead.").format(other=other.id))


def _end(workspace: Workspace, entry: Entry) -> str:
    """Return the last status of the workflow that ends a ticket and can be reached from where it is."""
    configuration, present = workspace.configuration, entry.ticket.status
    if not configuration.is_open(present):
        return present
    ways = set(ways_from(configuration, present))
    ends = [name for name in configuration.statuses if name in ways and not configuration.is_open(name)]
    if not ends:
        message = _("{id} cannot be closed from {status}.").format(id=entry.id, status=present)
        raise RefusedValueError(message, _("Move it first: tracker move {id} STATUS").format(id=entry.id))
    return ends[-1]


def _with_alias(workspace: Workspace, entry: Entry, alias: str) -> Change:
    before = workspace.document(entry.path)
    aliases = list(dict.fromkeys([*entry.ticket.aliases, alias]))
    after = set_value(before, ("aliases",), aliases, tuple(workspace.fields))
    return changed("merge", f"{entry.id}: also {alias}", entry, before, after)
