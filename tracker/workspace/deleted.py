"""Tickets that are gone: found in the history by their ids, with who deleted them and when."""

from __future__ import annotations

import shlex
from collections import defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import NoDeskError, UnknownTicketError
from tracker.model.place import conversation_of
from tracker.query.lookup import look_up
from tracker.store.command import ObjectReader
from tracker.store.layout import find_named
from tracker.store.repository import DELETED
from tracker.translation import _
from tracker.workspace.reading import read_tickets
from tracker.workspace.timeline import told, version_reader

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tracker.document import Value
    from tracker.model.entry import Entry
    from tracker.workspace.desk import Workspace


class Deleted(NamedTuple):
    """A ticket as it was, and its end.

    Attributes:
        entry: what its file said last.
        name: who deleted it.
        time: when that landed on this branch, in the desk's time zone; None where it is not committed yet.
        commit: the object name of the last commit that has the ticket.
        folder: the desk's folder in its repository, with a slash at its end; empty at the top.
    """

    entry: Entry
    name: str
    time: datetime | None
    commit: str
    folder: str

    def error(self) -> UnknownTicketError:
        """Return what to tell a person who wants to change it."""
        return UnknownTicketError(self.end, self.way_back)

    @property
    def end(self) -> str:
        """Say when it was deleted, and by whom."""
        if self.time is None:
            return _("{id} was deleted, which is not committed yet.").format(id=self.entry.id)
        day = self.time.date().isoformat()
        return _("{id} was deleted on {day} by {name}.").format(id=self.entry.id, day=day, name=self.name)

    @property
    def way_back(self) -> str:
        """Say how to see it and how to bring it back, from any folder of the repository."""
        hint = _("“tracker show {id}” shows it; “git checkout {commit} -- {paths}” brings it back.")
        conversation = [conversation_of(self.entry.path)] if self.entry.comments else []
        paths = shlex.join(f":/{self.folder}{path}" for path in (self.entry.path, *conversation))
        return hint.format(id=self.entry.id, commit=self.commit[:10], paths=paths)


def find_deleted(workspace: Workspace, typed: str) -> Deleted | None:
    """Return the deleted ticket that a person means by its id, an alias or a start of these; None for none.

    Raises:
        UnknownTicketError: more than one is meant.
    """
    gone: dict[str, list[str]] = defaultdict(list)
    for path in workspace.paths_ever:
        if path.stem not in workspace.by_id:
            gone[path.stem].append(path.as_posix())
    if not gone:
        return None
    prefix = workspace.configuration.ids.prefix
    try:
        return _deleted(workspace, gone[look_up(typed, gone, prefix)])
    except UnknownTicketError as error:
        if error.several:
            raise
    for paths in gone.values():
        deleted = _deleted(workspace, paths)
        if deleted and typed.lower() in (alias.lower() for alias in deleted.entry.ticket.aliases):
            return deleted
    return None


def last_values(workspace: Workspace) -> list[Mapping[str, Value]]:
    """Return what each ticket said last that is where it was no more.

    Raises:
        RepositoryError: Git cannot read the history.
    """
    if workspace.repository is None:
        return []
    present = {entry.path for entry in workspace.entries}
    homes = told(workspace, lambda chronicle: chronicle.homes())
    read = version_reader(ObjectReader(workspace.repository.top))
    return [read(home.sound, place).values for place, home in homes.items() if place not in present]


def _deleted(workspace: Workspace, paths: list[str]) -> Deleted | None:
    """Return the ticket that lay at these paths one after the other, as it was last."""
    try:
        return _as_it_was(workspace, paths)
    except NoDeskError:
        return None  # it went before this was a desk


def _as_it_was(workspace: Workspace, paths: list[str]) -> Deleted | None:
    repository, tip = workspace.repository, workspace.tip
    assert repository is not None  # noqa: S101  # there is a history
    assert tip is not None  # noqa: S101  # likewise
    landing, before = None, workspace.at(tip)
    if not any(before.tree.exists(path) for path in paths):
        landing = repository.landing(map(workspace.in_repository, paths), tip, DELETED)
        commit = repository.commit_at(f"{landing.commit}^") if landing else None
        if landing is None or commit is None:
            return None
        before = workspace.at(commit)
    named = find_named(before.tree, PurePosixPath(paths[0]).stem)
    file = next((file for file in named if file.path in paths), None)
    if file is None:
        return None
    (entry,) = read_tickets(before.tree, [file], workspace.reader, workspace.index)
    time = landing.time.astimezone(workspace.configuration.zone) if landing else None
    name = landing.author.name if landing else ""
    return Deleted(entry, name, time, before.tip or tip, workspace.in_repository(""))
