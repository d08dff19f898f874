"""Taking back a commit of tracker's by a new commit; what was done since then stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.actions.change import TRAILER, UNDOES, Change, FileChange
from tracker.actions.merge_driver import merge_ticket
from tracker.actions.orphans import refuse_orphans
from tracker.errors import RepositoryError, UsageError
from tracker.model.place import TICKETS, conversation_of
from tracker.store.clone import DEEPEN
from tracker.store.layout import ATTACHMENTS
from tracker.store.tree import Revision
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tracker.store.repository import Logged, Repository
    from tracker.workspace import Workspace

_FAR = 5_000
"""How many commits back one may be undone."""


def undo(workspace: Workspace, typed: str = "") -> Change:
    """Return the change that takes a commit back.

    Args:
        workspace: the desk at the commit that the new one will stand on.
        typed: a name of the commit; otherwise the last one of the person at work in this desk, which is no
            undo and was not undone.

    Raises:
        UsageError: there is no such commit, its lines were changed since then, or other work stands on it.
        RepositoryError: the history before it is not here.
    """
    repository, tip = workspace.repository, workspace.tip
    if repository is None or tip is None:
        raise UsageError(_("Nothing is committed here yet."))
    folder, top = workspace.in_repository(TICKETS), workspace.in_repository("")
    for commit in [_named(repository, tip, typed)] if typed else _mine(repository, tip, folder):
        _refuse_shallow(repository, commit)
        paths = [path.removeprefix(top) for path in repository.paths_changed(commit.name, folder)]
        files = _taken_back(workspace, commit.name, paths)
        if files:
            refuse_orphans(workspace, files)
            tickets = tuple(commit.trailers.get("Ticket", ()))
            return Change("undo", f"Undo “{commit.subject}”", tickets, files, {UNDOES: commit.name})
    if typed:
        raise UsageError(_("Nothing of commit {commit} is left to undo.").format(commit=typed))
    raise UsageError(_("There is no commit of yours to undo, that tracker made."))


def _refuse_shallow(repository: Repository, commit: Logged) -> None:
    if repository.shallow and repository.commit_at(f"{commit.name}^") is None:
        message = _("This clone is shallow: what was before commit {commit} cannot be seen.")
        raise RepositoryError(message.format(commit=commit.name[:10]), DEEPEN)


def _named(repository: Repository, tip: str, typed: str) -> Logged:
    name = repository.commit_at(typed)
    if name is None or not repository.is_ancestor(name, tip):
        raise UsageError(_("There is no commit “{commit}” in this branch.").format(commit=typed))
    (commit,) = repository.log(name, 1)
    if TRAILER not in commit.trailers:
        message = _("Commit {commit} is not one of tracker’s.").format(commit=name[:10])
        raise UsageError(message, f"git revert {name[:10]}")
    return commit


def _mine(repository: Repository, tip: str, folder: str) -> Iterator[Logged]:
    """Yield the commits of the person at work that hold now, newest first: an undone undo takes nothing."""
    mine = repository.identity().email
    undone: set[str] = set()
    for commit in repository.log(tip, _FAR, folder):
        if commit.name in undone or TRAILER not in commit.trailers:
            continue
        if UNDOES in commit.trailers:
            undone.update(commit.trailers[UNDOES])
        elif commit.email == mine:
            yield commit


def _taken_back(workspace: Workspace, commit: str, paths: Iterable[str]) -> dict[str, FileChange]:
    after, before = (Revision(workspace.root, name, workspace.prefix) for name in (commit, f"{commit}^"))
    files = {}
    for path in paths:
        present = _bytes(workspace.tree, path)
        wanted = _without(path, _bytes(before, path), _bytes(after, path), present)
        if wanted != present:
            files[path] = FileChange(present, wanted)
    kept = {
        path for path, change in files.items() if change.after is None and _is_used(workspace, path, files)
    }
    return {path: change for path, change in files.items() if path not in kept}


def _is_used(workspace: Workspace, path: str, files: Mapping[str, FileChange]) -> bool:
    """Whether an attachment is named in a ticket's text or in a comment that stays."""
    conversation, slash, name = path.rpartition(f"/{ATTACHMENTS}/")
    entry = next((e for e in workspace.entries if slash and conversation_of(e.path) == conversation), None)
    if entry is None:
        return False
    staying = (comment for comment in workspace.comments(entry) if comment.path not in files)
    return any(comment.names(name) for comment in staying) or (entry.path not in files and name in entry.body)


def _bytes(tree: object, path: str) -> bytes | None:
    assert isinstance(tree, Revision)  # noqa: S101  # an undo stands on a commit
    return tree.read(path) if tree.exists(path) else None


def _without(path: str, before: bytes | None, after: bytes | None, present: bytes | None) -> bytes | None:
    """Return a file without a change that was made to it."""
    if present in (after, before):
        return before
    if None not in (before, after, present):
        assert before is not None  # noqa: S101  # just looked
        assert after is not None  # noqa: S101  # likewise
        assert present is not None  # noqa: S101  # likewise
        merged = merge_ticket(after, present, before, path)
        if merged.clean:
            return merged.data
    message = _("{path} was changed since then, in the same lines.").format(path=path)
    raise UsageError(message, _("Change it by hand. Nothing was written."))
