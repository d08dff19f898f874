"""Committing a few files without the work tree, and without what a person has staged.

git-fast-import makes the commit from the bytes; the branch moves only if nobody moved it meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import MovedBranchError, RepositoryError
from tracker.store.command import git
from tracker.store.stream import fast_import_stream
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.store.repository import Repository
    from tracker.store.stream import Commit

_PENDING = "refs/worktree/tracker-pending"


def make_commit(repository: Repository, commit: Commit, parent: str | None) -> str:
    """Write a commit that no branch holds yet, and return its object name.

    Raises:
        RepositoryError: Git refuses, or the disk is full. No branch has moved.
    """
    stream = [*fast_import_stream([commit], _PENDING, parent or ""), b"get-mark :1\n"]
    made = git(repository.top, "fast-import", "--quiet", "--force", "--date-format=raw", given=stream)
    return made.output.strip()


def move_head(repository: Repository, commit: str, parent: str | None, reason: str) -> None:
    """Let the branch that is checked out, or a detached HEAD, point to `commit` instead of `parent`.

    Raises:
        MovedBranchError: it points elsewhere meanwhile.
        RepositoryError: Git refuses for another cause.
    """
    lines = f"update HEAD\0{commit}\0{parent or '0' * len(commit)}\0delete {_PENDING}\0\0"
    arguments = ("update-ref", "-m", reason, "--create-reflog", "-z", "--stdin")
    moved = git(repository.top, *arguments, given=[lines.encode()], check=False)
    if moved.status == 0:
        return
    if "but expected" in moved.problem or "reference already exists" in moved.problem:
        raise MovedBranchError(_("Someone else committed at the same moment."), _("Try again."))
    message = _("Git could not move the branch: {reason}").format(reason=moved.problem.strip())
    raise RepositoryError(message, _("Nothing was committed."))
