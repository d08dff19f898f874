"""The desk as it was: at a moment, or at a revision that Git knows."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tracker.errors import UnknownTicketError, UsageError
from tracker.history.event import FileChange, Landing
from tracker.history.lives import Residence
from tracker.history.story import Story
from tracker.model.place import TICKETS, conversation_around, is_ticket_place
from tracker.query.moments import read_back
from tracker.store.clone import DEEPEN_LEAN
from tracker.store.command import ObjectReader
from tracker.store.log import last_landed, raw_differences
from tracker.translation import _
from tracker.workspace.timeline import version_reader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.history.event import Event
    from tracker.store.repository import Repository
    from tracker.workspace.desk import Workspace


def commit_meant(workspace: Workspace, written: str) -> str:
    """Return the commit that a person means: a revision, or the newest that had landed at a time.

    Args:
        workspace: the desk.
        written: a revision of Git's, or a time such as `2026-11-24`, of which the end is meant.

    Raises:
        UsageError: it is neither, the branch has no commit so old, or there is no history at all.
    """
    repository, tip = _history(workspace)
    span = read_back(written, workspace.now())
    if span:
        commit = last_landed(repository, tip, span.end, exactly=span.start == span.end)
        if commit is None:
            raise UsageError(
                _("Nothing had landed on this branch at {time}.").format(time=written), _shallow(repository)
            )
        return commit
    commit = repository.commit_at(written)
    if commit is None:
        message = _("“{written}” is neither a time nor a revision that Git knows here.")
        raise UsageError(message.format(written=written), _("Write 2026-11-24, a branch, a tag or a commit."))
    return commit


def as_it_was(workspace: Workspace, typed: str, written: str) -> tuple[Workspace, str]:
    """Return the desk at a time, and the id that a ticket had then.

    Args:
        workspace: the desk as it is.
        typed: what a person wrote for the ticket.
        written: what a person wrote for the time.

    Raises:
        UsageError: there is no such time, or the desk did not have the ticket then.
    """
    before = workspace.at(commit_meant(workspace, written))
    names = [typed]
    with suppress(UnknownTicketError):
        entry = workspace.find_present(typed)
        names += [entry.id, *entry.ticket.aliases]
    for name in names:
        with suppress(UnknownTicketError):
            return before, before.find_present(name).id
    message = _("There was no ticket “{typed}” at {time}.").format(typed=typed, time=written)
    raise UsageError(message, _("“tracker log {typed}” tells when it came.").format(typed=typed))


def changes_between(workspace: Workspace, before: str, after: str | None) -> list[tuple[str, Event]]:
    """Return what is otherwise in a state of the desk than in another, each with the path of the ticket.

    Args:
        workspace: the desk.
        before: the object name of a commit.
        after: likewise; None for the files on disk.

    Raises:
        UsageError: there is no history.
        RepositoryError: Git refuses.
    """
    repository, _tip = _history(workspace)
    if after is None and repository.bare:
        raise UsageError(_("There are no files here to compare with."), _("Name two revisions."))
    inside = workspace.in_repository("")
    raw = raw_differences(repository, before, after, workspace.in_repository(TICKETS))
    files = [FileChange(change.path.removeprefix(inside), *change[1:]) for change in raw]
    homes = _homes(files)
    paths = {home.life: path for path, home in homes.items()}
    story = Story(homes, len(paths), version_reader(ObjectReader(repository.top), workspace.tree))
    events = story.tell(Landing(after or "", workspace.now(), "", "", "", files))
    paths |= {home.life: path for path, home in story.homes.items() if is_ticket_place(path)}
    return [(paths[event.life], event) for event in events]


def _homes(files: Iterable[FileChange]) -> dict[str, Residence]:
    """Return where the tickets live whose files, or whose conversations, are not the same."""
    before = {file.path: file.before for file in files if file.before and is_ticket_place(file.path)}
    around = {f"{folder}.md": "" for file in files if (folder := conversation_around(file.path))}
    return {
        path: Residence(life, sound) for life, (path, sound) in enumerate({**around, **before}.items(), 1)
    }


def _history(workspace: Workspace) -> tuple[Repository, str]:
    if workspace.repository is None or workspace.tip is None:
        raise UsageError(_("Nothing is committed here, so there is no history."), "")
    return workspace.repository, workspace.tip


def _shallow(repository: Repository) -> str:
    if not repository.shallow:
        return ""
    return _("This clone is shallow; {command} fetches what was before.").format(command=DEEPEN_LEAN)
