"""Another repository that this one fetches from and pushes to. A push is a compare-and-swap."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from tracker.errors import PushRefusedError, RepositoryError
from tracker.store.command import git
from tracker.store.repository import BRANCH
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.store.command import Process
    from tracker.store.repository import Repository

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
RACE = re.compile(
    r"^!.*\((?:fetch first|non-fast-forward|stale info|cannot lock ref.*|failed to update ref.*|"
    r"incorrect old value provided|failed to lock|reference already exists|"
    r"remote ref updated since checkout)\)$",
    re.MULTILINE,
)
_REFUSED = re.compile(r"\[remote rejected\]|protected branch|hook declined|GH00\d|not allowed to push")


class Pushed(Enum):
    """How a push ended that was not refused for good."""

    LANDED = "landed"
    RACED = "raced"


def remote_of(repository: Repository, branch: str) -> str:
    """Return the remote that a branch is pushed to: its own, else `origin`.

    Raises:
        RepositoryError: there is no remote.
    """
    names = repository.remotes()
    own = repository.setting(f"branch.{branch}.remote")
    for name in (own, "origin", *names[:1]):
        if name in names and _NAME.fullmatch(name):
            return name
    message = _("This repository has no remote to push to.")
    raise RepositoryError(message, "git remote add origin …")


def fetch(repository: Repository, remote: str, branch: str) -> str | None:
    """Bring the remote's branch here and return its commit; None where the remote has no such branch.

    Raises:
        RepositoryError: the remote cannot be reached.
    """
    kept = _kept(remote, branch)
    arguments = ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-gc", "--end-of-options")
    for _attempt in range(5):
        done = git(repository.top, *arguments, remote, f"+refs/heads/{branch}:{kept}", check=False)
        if done.status == 0:
            return repository.commit_at(kept)
        if "couldn't find remote ref" in done.problem:
            return None
        if "cannot lock ref" not in done.problem and "unable to" not in done.problem:
            break
    message = _("{remote} cannot be reached: {reason}").format(remote=remote, reason=last_words(done))
    raise RepositoryError(message, _("Nothing was changed. Try again later."))


def push_commit(repository: Repository, remote: str, branch: str, commit: str) -> Pushed:
    """Let the remote's branch point to `commit`, if that adds to what it holds.

    Returns:
        Whether it landed, or someone else was first.

    Raises:
        PushRefusedError: the remote does not allow it.
        RepositoryError: the remote cannot be reached.
    """
    arguments = ("push", "--quiet", "--porcelain", "--no-verify", "--end-of-options")
    done = git(repository.top, *arguments, remote, f"{commit}:refs/heads/{branch}", check=False)
    if done.status == 0:
        git(repository.top, "update-ref", _kept(remote, branch), commit, check=False)
        return Pushed.LANDED
    said = f"{done.output}\n{done.problem}"
    if RACE.search(done.output):
        return Pushed.RACED
    if _is_there(repository, remote, branch, commit):
        return Pushed.LANDED
    if _REFUSED.search(said):
        message = _("{remote} refused the push to “{branch}”: {reason}")
        hint = _(
            "The branch is protected. Let this account push: on GitHub under Settings, Rules or Branches, "
            "“bypass” list; on GitLab under Settings, Repository, Protected branches, “Allowed to push”; on "
            "Gitea under Settings, Branches. Or let tickets keep their drafted ids, which needs no push: "
            "“ids: {scheme: key}” in tracker.yml. Nothing was changed."
        )
        raise PushRefusedError(message.format(remote=remote, branch=branch, reason=last_words(done)), hint)
    message = _("{remote} cannot be reached: {reason}").format(remote=remote, reason=last_words(done))
    raise RepositoryError(message, _("Nothing was changed here. Try again later."))


def _is_there(repository: Repository, remote: str, branch: str, commit: str) -> bool:
    """Whether a push landed whose answer got lost."""
    try:
        tip = fetch(repository, remote, branch)
    except RepositoryError:
        return False
    return tip is not None and repository.is_ancestor(commit, tip)


def forward(repository: Repository, commit: str) -> bool:
    """Bring the checked-out branch up to `commit`; whether Git could do so without losing anything."""
    return git(repository.top, "merge", "--quiet", "--ff-only", "--no-edit", commit, check=False).status == 0


def _kept(remote: str, branch: str) -> str:
    if not BRANCH.fullmatch(branch):
        raise RepositoryError(_("“{branch}” cannot name a branch.").format(branch=branch))
    return f"refs/remotes/{remote}/{branch}"


def last_words(done: Process) -> str:
    """Return what the other side said, on one line."""
    lines = [line.strip() for line in f"{done.problem}\n{done.output}".splitlines()]
    told = [line.removeprefix("remote:").strip() for line in lines if line.startswith("remote:")]
    wrong = [line for line in lines if line.startswith(("fatal:", "error:", "!"))]
    return " ".join(filter(None, [*told, *wrong[:1]])) or " ".join(filter(None, lines[:1]))
