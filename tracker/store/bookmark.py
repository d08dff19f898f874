"""A ref of ours beside the branches: it says how far something was done, and moves by compare-and-swap.

Where there is a remote, its ref is the one that counts: whoever pushes first has moved it for all clones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import PushRefusedError, RepositoryError
from tracker.store.command import git
from tracker.store.remote import RACE, last_words
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.store.repository import Repository


def bookmark(repository: Repository, remote: str, ref: str) -> str:
    """Return the commit that a ref points to; empty where there is no such ref.

    Args:
        repository: this clone, which has that commit afterwards.
        remote: where the ref counts; empty for this clone.
        ref: its full name.

    Raises:
        RepositoryError: the remote cannot be reached.
    """
    if remote:
        arguments = ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-gc")
        done = git(repository.top, *arguments, "--end-of-options", remote, f"+{ref}:{ref}", check=False)
        if "couldn't find remote ref" in done.problem:
            return ""
        if done.status != 0:
            message = _("{remote} cannot be reached: {reason}")
            raise RepositoryError(
                message.format(remote=remote, reason=last_words(done)),
                _("Nothing was changed. Try again later."),
            )
    return repository.commit_at(ref) or ""


def move_bookmark(repository: Repository, remote: str, ref: str, commit: str, before: str) -> bool:
    """Let a ref point to a commit, if it still points to `before` (empty for a new one); whether it did.

    Raises:
        PushRefusedError: the remote does not allow it.
        RepositoryError: the remote cannot be reached.
    """
    if remote and not _pushed(repository, remote, ref, commit, before):
        return False
    swap = () if remote else (before or "0" * len(commit),)
    return git(repository.top, "update-ref", ref, commit, *swap, check=False).status == 0


def _pushed(repository: Repository, remote: str, ref: str, commit: str, before: str) -> bool:
    arguments = ("push", "--quiet", "--porcelain", "--no-verify", f"--force-with-lease={ref}:{before}")
    done = git(repository.top, *arguments, "--end-of-options", remote, f"{commit}:{ref}", check=False)
    if done.status == 0:
        return True
    if RACE.search(done.output):
        return False
    if bookmark(repository, remote, ref) == commit:  # it landed, and only the answer got lost
        return True
    message = _("{remote} refused the push of “{ref}”: {reason}")
    raise PushRefusedError(
        message.format(remote=remote, ref=ref, reason=last_words(done)), _("Let this account push it.")
    )
