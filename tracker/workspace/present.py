"""The ticket that a person means by an id, among those that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import UnknownTicketError
from tracker.query.lookup import look_up
from tracker.store.layout import find_at, find_named
from tracker.translation import _
from tracker.workspace.reading import read_tickets

if TYPE_CHECKING:
    from tracker.model.entry import Entry
    from tracker.store.layout import TicketFile
    from tracker.workspace.desk import Workspace


def find_present(workspace: Workspace, typed: str) -> Entry:
    """Return the ticket that a person means by an id, an alias, or an unambiguous start of one.

    Raises:
        UnknownTicketError: none is meant, or more than one.
    """
    known = _named(workspace, typed)
    prefix, other = workspace.configuration.ids.prefix, workspace.configuration.desk_of(typed.strip())
    if other and not known and typed.strip() not in workspace.by_id:
        message = _("{typed} is a ticket of another desk, so it can only be read here.").format(typed=typed)
        raise UnknownTicketError(message, _("Change it in its own repository."))
    return known or _only(workspace, workspace.by_id[look_up(typed, workspace.by_id, prefix)])


def _only(workspace: Workspace, entry: Entry) -> Entry:
    """Return a ticket whose id no other has."""
    paths = [other.path for other in workspace.entries if other.id == entry.id]
    if len(paths) == 1:
        return entry
    message = _("{id} is {number} tickets: {paths}.")
    raise UnknownTicketError(
        message.format(id=entry.id, number=len(paths), paths=", ".join(paths)),
        _("“tracker renumber” leaves the number to the oldest of them."),
        several=True,
    )


def _named(workspace: Workspace, typed: str) -> Entry | None:
    """Return the ticket whose file is named after this very id, without reading any other."""
    prefix = workspace.configuration.ids.prefix
    wanted = typed.strip()
    full = f"{prefix}-{wanted}" if wanted.isdecimal() else wanted
    if "entries" in workspace.__dict__ or not full.startswith(f"{prefix}-") or "/" in full:
        return None
    files = _files_named(workspace, full)
    if len(files) != 1:
        return None
    (entry,) = read_tickets(workspace.tree, files, workspace.reader, workspace.index)
    return entry if entry.ticket.id == full else None


def _files_named(workspace: Workspace, ticket_id: str) -> list[TicketFile]:
    """Return the files named after an id: in a commit, the one that the work tree shows, where it is.

    Looking through every folder of a commit takes as long as the commit to come.
    """
    shown = find_named(workspace.beside.tree, ticket_id) if workspace.beside else []
    same = find_at(workspace.tree, shown[0].path) if len(shown) == 1 else None
    return [same] if same else find_named(workspace.tree, ticket_id)
