"""Taking back a commit of tracker's by a new commit; what was done since then stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.actions.change import TRAILER, UNDOES, Change, FileChange
from tracker.actions.merge_driver import merge_ticket
from tracker.errors import UsageError
from tracker.store.tree import Revision
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.store.repository import Logged, Repository
    from tracker.workspace import Workspace

_FAR = 5_000
"""How many commits back one may be undone."""


def undo(workspace: Workspace, typed: str = "") -> Change:
    """Return the change that takes a commit back.

    Args:
        workspace: the desk at the commit that the new one will stand on.
        typed: how the commit's name begins; otherwise the last one of the person at work, which is no undo
            and was not undone.

    Raises:
        UsageError: there is no such commit, or its lines were changed since then.
    """
    repository, tip = workspace.repository, workspace.tip
    if repository is None or tip is None:
        raise UsageError(_("Nothing is committed here yet."))
    commit = _chosen(repository, tip, typed)
    tickets = tuple(commit.trailers.get("Ticket", ()))
    after, before = (
        Revision(workspace.root, name, workspace.prefix) for name in (commit.name, f"{commit.name}^")
    )
    files = {}
    for path in repository.paths_changed(commit.name):
        inside = path.removeprefix(f"{workspace.prefix}/") if workspace.prefix else path
        present = _bytes(workspace.tree, inside)
        wanted = _without(inside, _bytes(before, inside), _bytes(after, inside), present)
        if wanted != present:
            files[inside] = FileChange(present, wanted)
    if not files:
        raise UsageError(_("Nothing of commit {commit} is left to undo.").format(commit=commit.name[:10]))
    return Change("undo", f"Undo “{commit.subject}”", tickets, files, {UNDOES: commit.name})


def _chosen(repository: Repository, tip: str, typed: str) -> Logged:
    mine = repository.identity().email
    undone: set[str] = set()
    for commit in repository.log(tip, most=_FAR):
        undone.update(commit.trailers.get(UNDOES, ()))
        if typed and commit.name.startswith(typed.lower()):
            if TRAILER in commit.trailers:
                return commit
            raise UsageError(
                _("Commit {commit} is not one of tracker’s.").format(commit=commit.name[:10]),
                f"git revert {commit.name[:10]}",
            )
        is_one = TRAILER in commit.trailers and UNDOES not in commit.trailers
        if not typed and is_one and commit.email == mine and commit.name not in undone:
            return commit
    if typed:
        raise UsageError(_("There is no commit “{commit}” in this branch.").format(commit=typed))
    raise UsageError(_("There is no commit of yours to undo, that tracker made."))


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
