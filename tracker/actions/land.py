"""Writing a change: into the files, as a commit, or straight onto the remote's branch.

An action is planned against what it will stand on: the files for a plain write, the last commit for
`--commit`, the remote's branch for `--push`. When somebody was faster, it is planned again on top of theirs,
so numbers are never used twice and nobody's edit is overwritten.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tracker.actions.carry import write_carried
from tracker.actions.change import Landed
from tracker.actions.commit import commit
from tracker.actions.push import push, standing
from tracker.errors import StorageError, UsageError
from tracker.store.files import forget_temporaries, write_files
from tracker.store.journal import Journal, read_journal, remove_journal, write_journal
from tracker.store.lock import held
from tracker.store.staging import recover_index
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.actions.change import Change, Plan, Way
    from tracker.store.repository import Repository
    from tracker.workspace import Workspace


def land(workspace: Workspace, plan: Plan, way: Way) -> Landed:
    """Plan a change and write it: all of it or nothing.

    Raises:
        TrackerError: whatever the plan raises; nothing was written.
        StorageError: the disk refuses, or another process is at work; nothing was written.
        RepositoryError: Git or the remote refuses; nothing was written.
    """
    repository = workspace.repository
    if way.dry_run:
        return Landed(plan(standing(workspace, repository) if way.push and repository else workspace))
    if repository is None:
        if way.commit or way.push:
            raise UsageError(_("There is no Git repository here to commit to."), "git init")
        change = plan(workspace)
        write_files(workspace.root, change.after, fresh=change.fresh)
        return Landed(change)
    with _writing(repository) as left:
        landed = _land(workspace, repository, plan, way)
        return landed._replace(left=(*left, *landed.left))


def _land(workspace: Workspace, repository: Repository, plan: Plan, way: Way) -> Landed:
    if way.push:
        return push(workspace, repository, plan)
    if way.commit or repository.bare:
        return commit(workspace, repository, plan)
    change = plan(workspace.reread())
    _write(workspace, repository, change)
    return Landed(change)


@contextmanager
def _writing(repository: Repository) -> Iterator[tuple[str, ...]]:
    """Keep other trackers out of this work tree, and finish what a killed one had decided.

    Yields:
        The files that do not show what the killed one did.
    """
    folder = repository.private / "tracker"
    with held(folder / "lock"):
        left: tuple[str, ...] = ()
        if not repository.bare:
            waiting = read_journal(folder)
            recover_index(repository, lambda: waiting is not None and _is_landed(repository, waiting))
            if waiting:
                root = repository.top / waiting.prefix
                forget_temporaries(root, waiting.files)
                left = write_carried(root, waiting) if _is_landed(repository, waiting) else ()
                remove_journal(folder)
        yield left


def _is_landed(repository: Repository, journal: Journal) -> bool:
    """Whether the work of a journal was decided: its commit is in the branch, or it had none."""
    head = repository.commit_at("HEAD")
    made = journal.commit
    return not made or (head is not None and (head == made or repository.is_ancestor(made, head)))


def _write(workspace: Workspace, repository: Repository, change: Change) -> None:
    tree = workspace.reread().tree
    for path, edit in change.files.items():
        if edit.before is not None and tree.read(path) != edit.before:
            message = _("{path} was changed by someone else meanwhile.").format(path=path)
            raise StorageError(message, _("Nothing was written. Try again."))
    folder = repository.private / "tracker"
    if len(change.files) > 1:
        write_journal(folder, Journal("", workspace.prefix, change.files))
    try:
        write_files(workspace.root, change.after, fresh=change.fresh)
    finally:
        remove_journal(folder)
