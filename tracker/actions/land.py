"""Writing a change: into the files, as a commit, or straight onto the remote's branch.

An action is planned against what it will stand on: the files for a plain write, the last commit for
`--commit`, the remote's branch for `--push`. When somebody was faster, it is planned again on top of theirs,
so numbers are never used twice and nobody's edit is overwritten.
"""

from __future__ import annotations

import random
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.carry import carried_files, carried_index
from tracker.errors import MovedBranchError, RepositoryError, StorageError, UnknownTicketError, UsageError
from tracker.store.commit import changed_index, make_commit, move_head, recover_index
from tracker.store.files import write_files
from tracker.store.journal import Journal, read_journal, recover, remove_journal, write_journal
from tracker.store.lock import held
from tracker.store.remote import Pushed, fetch, forward, push, remote_of
from tracker.store.stream import Commit
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tracker.actions.change import Change
    from tracker.store.repository import Repository
    from tracker.workspace import Workspace

    Plan = Callable[[Workspace], Change]
    """Reads a desk and returns what to change in it. It may be asked again, for a newer desk."""

_TRIES = 200
_LONGEST_PAUSE = 1.5


class Way(NamedTuple):
    """How far a change goes: into the files only, into a commit, onto the remote, or nowhere."""

    commit: bool = False
    push: bool = False
    dry_run: bool = False


class Landed(NamedTuple):
    """What became of a change.

    Attributes:
        change: what was changed.
        commit: the commit's object name; empty where nothing was committed.
        remote: such as `origin/main`, where it was pushed to.
        behind: whether the files here do not show it yet.
    """

    change: Change
    commit: str = ""
    remote: str = ""
    behind: bool = False


def land(workspace: Workspace, plan: Plan, way: Way) -> Landed:
    """Plan a change and write it: all of it or nothing.

    Raises:
        TrackerError: whatever the plan raises; nothing was written.
        StorageError: the disk refuses, or another process is at work; nothing was written.
        RepositoryError: Git or the remote refuses; nothing was written.
    """
    if way.dry_run:
        return Landed(plan(workspace))
    repository = workspace.repository
    if repository is None:
        if way.commit or way.push:
            raise UsageError(_("There is no Git repository here to commit to."), "git init")
        change = plan(workspace)
        write_files(workspace.root, _after(change), fresh=_fresh(change))
        return Landed(change)
    with _writing(workspace, repository):
        if way.push:
            return _push(workspace, repository, plan)
        if way.commit or repository.bare:
            return _commit(workspace, repository, plan)
        change = plan(workspace.reread())
        _write(workspace, repository, change)
        return Landed(change)


@contextmanager
def _writing(workspace: Workspace, repository: Repository) -> Iterator[None]:
    """Keep other trackers out of this work tree, and finish what a killed one had decided."""
    folder = repository.private / "tracker"
    with held(folder / "lock"):
        if not repository.bare:
            waiting = read_journal(folder)
            recover_index(repository, lambda: waiting is not None and _is_landed(repository, waiting))
            if waiting:
                recover(folder, workspace.root, waiting, landed=_is_landed(repository, waiting))
        yield


def _is_landed(repository: Repository, journal: Journal) -> bool:
    """Whether the work of a journal was decided: its commit is in the branch, or it had none."""
    head = repository.commit_at("HEAD")
    commit = journal.commit
    return not commit or (head is not None and (head == commit or repository.is_ancestor(commit, head)))


def _after(change: Change) -> dict[str, bytes | None]:
    return {path: edit.after for path, edit in change.files.items()}


def _fresh(change: Change) -> set[str]:
    return {path for path, edit in change.files.items() if edit.before is None}


def _write(workspace: Workspace, repository: Repository, change: Change) -> None:
    tree = workspace.reread().tree
    for path, edit in change.files.items():
        if edit.before is not None and tree.read(path) != edit.before:
            message = _("{path} was changed by someone else meanwhile.").format(path=path)
            raise StorageError(message, _("Nothing was written. Try again."))
    folder, files = repository.private / "tracker", _after(change)
    if len(files) > 1:
        write_journal(folder, Journal("", files))
    try:
        write_files(workspace.root, files, fresh=_fresh(change))
    finally:
        remove_journal(folder)


def _commit(workspace: Workspace, repository: Repository, plan: Plan) -> Landed:
    for _attempt in range(_TRIES):
        parent = repository.commit_at("HEAD")
        if parent is None:
            message = _("Nothing is committed here yet.")
            raise UsageError(message, _("Commit the desk first: git add -A && git commit"))
        base = workspace.at(parent, beside=None if repository.bare else workspace.reread())
        change = _planned(workspace, base, plan)
        if not change.files:
            return Landed(change)
        try:
            return Landed(change, _commit_on(base, repository, change, parent))
        except MovedBranchError:
            continue
    raise MovedBranchError(_("Others commit here all the time."), _("Nothing was written. Try again."))


def _planned(workspace: Workspace, base: Workspace, plan: Plan) -> Change:
    try:
        return plan(base)
    except UnknownTicketError:
        if workspace.revision is None:
            plan(workspace.reread())
            message = _("This ticket is not committed yet, so a change of it cannot be.")
            raise UsageError(message, _("Commit it first: git add tickets && git commit")) from None
        raise


def _commit_on(base: Workspace, repository: Repository, change: Change, parent: str) -> str:
    """Commit a change on `parent`, carry it to the index and the files, and return the commit."""
    commit = _make(base, repository, change, parent)
    if repository.bare:
        move_head(repository, commit, parent, change.summary)
        return commit
    folder = repository.private / "tracker"
    files = carried_files(base.reread().tree, change)
    with changed_index(repository, carried_index(base, repository, change, commit)):
        write_journal(folder, Journal(commit, files))
        try:
            move_head(repository, commit, parent, change.summary)
        except RepositoryError:
            remove_journal(folder)
            raise
        write_files(base.root, files)
        remove_journal(folder)
    return commit


def _make(base: Workspace, repository: Repository, change: Change, parent: str) -> str:
    prefix = f"{base.prefix}/" if base.prefix else ""
    assert base.revision is not None  # noqa: S101  # a commit stands on a commit
    present = {path: base.revision.child(path) for path in change.files}
    modes = {prefix + path: child.mode for path, child in present.items() if child and child.mode}
    files = {prefix + path: data for path, data in _after(change).items()}
    author, committer = repository.signature("AUTHOR"), repository.signature("COMMITTER")
    return make_commit(repository, Commit(author, change.message, files, committer, modes), parent)


def _push(workspace: Workspace, repository: Repository, plan: Plan) -> Landed:
    """Plan on the remote's newest commit and push; again on top of whoever was first, a bounded time."""
    here = repository.branch()
    branch = here or workspace.configuration.forge.branch
    remote = remote_of(repository, branch)
    for attempt in range(_TRIES):
        parent = fetch(repository, remote, branch)
        if parent is None:
            message = _("{remote} has no branch “{branch}” yet.").format(remote=remote, branch=branch)
            raise UsageError(message, f"git push -u {remote} {branch}")
        base = workspace.at(parent)
        change = plan(base)
        if not change.files:
            return Landed(change)
        commit = _make(base, repository, change, parent)
        if push(repository, remote, branch, commit) is Pushed.LANDED:
            behind = here is not None and not _follow(repository, commit)
            return Landed(change, commit, f"{remote}/{branch}", behind)
        time.sleep(random.uniform(0, min(_LONGEST_PAUSE, 0.05 * (attempt + 1))))  # noqa: S311  # no secret
    message = _("Others push to {remote} all the time: {tries} tries failed.")
    raise RepositoryError(message.format(remote=remote, tries=_TRIES), _("Nothing was written. Try again."))


def _follow(repository: Repository, commit: str) -> bool:
    """Bring this clone up to a commit that the remote holds, where nothing of its own is in the way."""
    if repository.bare:
        return True
    head = repository.commit_at("HEAD")
    return head is None or (repository.is_ancestor(head, commit) and forward(repository, commit))
