"""Tickets that are gone: found in the history by their ids, with who deleted them and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import UnknownTicketError
from tracker.query.lookup import look_up
from tracker.store.layout import TicketFile
from tracker.store.repository import DELETED
from tracker.workspace.reading import read_tickets

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.model.entry import Entry
    from tracker.workspace.desk import Workspace


class Deleted(NamedTuple):
    """A ticket as it was, and its end.

    Attributes:
        entry: what its file said last.
        name: who deleted it.
        time: when that landed on this branch, in the desk's time zone; None where it is not committed yet.
        commit: the object name of the last commit that has the ticket.
    """

    entry: Entry
    name: str
    time: datetime | None
    commit: str


def find_deleted(workspace: Workspace, typed: str) -> Deleted | None:
    """Return the deleted ticket that a person means by its id, an alias or a start of these; None for none.

    Raises:
        UnknownTicketError: more than one is meant.
    """
    gone = {path.stem: path.as_posix() for path in workspace.paths_ever if path.stem not in workspace.by_id}
    if not gone:
        return None
    prefix = workspace.configuration.ids.prefix
    try:
        return _deleted(workspace, gone[look_up(typed, gone, prefix)])
    except UnknownTicketError as error:
        if error.several:
            raise
    for path in gone.values():
        deleted = _deleted(workspace, path)
        if deleted and typed.lower() in (alias.lower() for alias in deleted.entry.ticket.aliases):
            return deleted
    return None


def _deleted(workspace: Workspace, path: str) -> Deleted | None:
    repository, tip = workspace.repository, workspace.tip
    assert repository is not None  # noqa: S101  # there is a history
    assert tip is not None  # noqa: S101  # likewise
    place = workspace.in_repository(path)
    landing = repository.landing(place, tip, DELETED)
    commit = repository.commit_at(f"{landing.commit}^") if landing else tip
    before = workspace.at(commit).tree if commit else None
    if before is None or commit is None or not before.exists(path):
        return None
    (entry,) = read_tickets(before, [TicketFile(path)], workspace.reader, workspace.index)
    time = landing.time.astimezone(workspace.configuration.zone) if landing else None
    return Deleted(entry, landing.author.name if landing else "", time, commit)
