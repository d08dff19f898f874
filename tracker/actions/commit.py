"""Committing a change on the branch that is checked out, beside whatever else lies in the work tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.carry import carried_entries, carried_files, write_carried
from tracker.actions.change import Landed
from tracker.errors import MovedBranchError, RepositoryError, UnknownTicketError, UsageError
from tracker.store.commit import make_commit, move_head
from tracker.store.journal import Journal, remove_journal, write_journal
from tracker.store.layout import ATTACHMENTS
from tracker.store.lfs import is_pointer, keep_apart, kept_apart
from tracker.store.staging import held_index
from tracker.store.stream import Commit
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.actions.change import Change, Plan
    from tracker.store.repository import Repository
    from tracker.workspace import Workspace

_TRIES = 200


def commit(workspace: Workspace, repository: Repository, plan: Plan) -> Landed:
    """Plan a change on the last commit and commit it; again on top of whoever was first.

    Raises:
        UsageError: there is no commit yet, a merge is not finished, or other work is in the same lines.
        RepositoryError: Git refuses.
        StorageError: the disk refuses. In all cases, nothing was written.
    """
    _refuse_unfinished(repository)
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
            return _commit_on(base, repository, change, parent)
        except MovedBranchError:
            continue
    raise MovedBranchError(_("Others commit here all the time."), _("Nothing was written. Try again."))


def _refuse_unfinished(repository: Repository) -> None:
    command = repository.unfinished()
    if command:
        message = _("A “git {command}” is not finished here.").format(command=command)
        hint = _("Finish it, or stop it with “git {command} --abort”. Nothing was written.")
        raise UsageError(message, hint.format(command=command))


def _planned(workspace: Workspace, base: Workspace, plan: Plan) -> Change:
    try:
        return plan(base)
    except UnknownTicketError:
        if workspace.revision is None:
            plan(workspace.reread())
            message = _("This ticket is not committed yet, so a change of it cannot be.")
            raise UsageError(message, _("Commit it first: git add tickets && git commit")) from None
        raise


def _commit_on(base: Workspace, repository: Repository, change: Change, parent: str) -> Landed:
    """Commit a change on `parent`, then carry it to the index and the files."""
    if repository.bare:
        made = make(base, repository, change, parent).name
        move_head(repository, made, parent, change.summary)
        return Landed(change, made)
    folder = repository.private / "tracker"
    with held_index(repository, [base.in_repository(path) for path in change.files]) as index:
        made = make(base, repository, change, parent).name
        assert base.revision is not None  # noqa: S101  # a commit stands on a commit
        after = base.revision.beside(made)
        journal = Journal(made, base.prefix, carried_files(base, repository, change, after))
        index.put(carried_entries(base, repository, change, after, index.staged()))
        write_journal(folder, journal)
        try:
            move_head(repository, made, parent, change.summary)
        except RepositoryError:
            remove_journal(folder)
            raise
    left = write_carried(base.root, journal)
    remove_journal(folder)
    return Landed(change, made, left=left)


class Made(NamedTuple):
    """A commit that no branch holds yet, and the pointers to what Git LFS keeps apart for it."""

    name: str
    pointers: tuple[bytes, ...] = ()


def make(base: Workspace, repository: Repository, change: Change, parent: str) -> Made:
    """Write the commit of a change on `parent`."""
    prefix = f"{base.prefix}/" if base.prefix else ""
    assert base.revision is not None  # noqa: S101  # a commit stands on a commit
    present = {path: base.revision.child(path) for path in change.files}
    modes = {prefix + path: child.mode for path, child in present.items() if child and child.mode}
    files = {prefix + path: data for path, data in change.after.items()}
    pointers = _kept_apart(repository, files, parent)
    author, committer = repository.signatures()
    commit = Commit(author, change.message, files | pointers, committer, modes)
    return Made(make_commit(repository, commit, parent), tuple(pointers.values()))


def _kept_apart(repository: Repository, files: Mapping[str, bytes | None], parent: str) -> dict[str, bytes]:
    """Return the pointers that stand in the commit for new attachments, where Git LFS keeps these."""
    added = {
        path: data
        for path, data in files.items()
        if data is not None and f"/{ATTACHMENTS}/" in path and not is_pointer(data)
    }
    apart = kept_apart(repository, added, parent, repository.private / "tracker")
    return {path: keep_apart(repository, added[path]) for path in apart}
