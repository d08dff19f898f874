"""Committing a change on top of the remote's branch, however old this clone is, and pushing it."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from tracker.actions.change import Landed
from tracker.actions.commit import make
from tracker.errors import RepositoryError, UsageError
from tracker.store.lfs import upload
from tracker.store.remote import Pushed, fetch, forward, push_commit, remote_of
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.actions.change import Plan
    from tracker.store.repository import Repository
    from tracker.workspace import Workspace

_TRIES = 200
_STILL = 8
"""How often a push may fail though nobody else's landed."""

_LONGEST_PAUSE = 1.5


def push(workspace: Workspace, repository: Repository, plan: Plan) -> Landed:
    """Plan on the remote's newest commit and push; again on top of whoever was first, a bounded time."""
    here = repository.branch()
    branch = target_branch(workspace, repository)
    remote = remote_of(repository, here or branch)
    seen: list[str] = []
    for attempt in range(_TRIES):
        base = _newest(workspace, repository, remote, branch)
        parent = base.tip or ""
        if seen.count(parent) > _STILL:
            break
        seen.append(parent)
        change = plan(base)
        if not change.files:
            return Landed(change)
        made = make(base, repository, change, parent)
        upload(repository, remote, made.pointers)
        if push_commit(repository, remote, branch, made.name) is Pushed.LANDED:
            behind = here is not None and not _follow(repository, made.name)
            return Landed(change, made.name, f"{remote}/{branch}", behind)
        time.sleep(random.uniform(0, min(_LONGEST_PAUSE, 0.05 * (attempt + 1))))  # noqa: S311  # no secret
    message = _("Others push to {remote} all the time, or it is locked: {tries} tries failed.")
    raise RepositoryError(
        message.format(remote=remote, tries=len(seen)), _("Nothing was written. Try again.")
    )


def standing(workspace: Workspace, repository: Repository) -> Workspace:
    """Return the desk that a push would stand on: the remote's newest commit.

    Raises:
        UsageError: the remote has no such branch.
        RepositoryError: the remote cannot be asked.
    """
    branch = target_branch(workspace, repository)
    return _newest(workspace, repository, remote_of(repository, repository.branch() or branch), branch)


def _newest(workspace: Workspace, repository: Repository, remote: str, branch: str) -> Workspace:
    parent = fetch(repository, remote, branch)
    if parent is None:
        message = _("{remote} has no branch “{branch}” yet.").format(remote=remote, branch=branch)
        raise UsageError(message, f"git push -u {remote} {branch}")
    return workspace.at(parent)


def target_branch(workspace: Workspace, repository: Repository) -> str:
    """Return the remote's branch that a push from here goes to: the default one from a detached HEAD."""
    here = repository.branch()
    return repository.upstream(here) if here else workspace.configuration.forge.branch


def _follow(repository: Repository, commit: str) -> bool:
    """Bring this clone up to a commit that the remote holds, where nothing of its own is in the way."""
    if repository.bare:
        return True
    head = repository.commit_at("HEAD")
    return head is None or (repository.is_ancestor(head, commit) and forward(repository, commit))
