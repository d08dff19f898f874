"""Carrying a committed change to the files and to the index, where people have work of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import StorageError, UsageError
from tracker.store.files import write_files
from tracker.store.lfs import is_pointer
from tracker.store.merge import merge_lines
from tracker.store.objects import as_checked_out, as_committed, write_object
from tracker.store.tree import WorkTree
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tracker.actions.change import Change, FileChange
    from tracker.store.journal import Journal
    from tracker.store.repository import Repository
    from tracker.store.tree import Child, Revision, Tree
    from tracker.workspace import Workspace

States = dict[str, tuple[bytes | None, bytes | None]]
"""The bytes of files before and after, by path; None is no file."""


def carried_files(base: Workspace, repository: Repository, change: Change, made: Revision) -> States:
    """Return what to write into the work tree so that it shows the change and keeps what is not committed.

    Args:
        base: the desk in the commit before.
        repository: its repository.
        change: what was committed.
        made: the files of that commit.

    Raises:
        UsageError: an uncommitted edit stands in the same lines. Nothing was written.
    """
    assert base.revision is not None  # noqa: S101  # a commit stands on a commit
    tree = WorkTree(base.root)
    files: States = {}
    for path, edit in change.files.items():
        present = _present(tree, path)
        if present is not None and present not in (edit.before, edit.after):
            old, new, place = base.revision.child(path), made.child(path), base.in_repository(path)
            if old and as_committed(repository, place, present) == old.object:
                files[path] = (present, as_checked_out(repository, place, new.object) if new else None)
                continue
        wanted = carried(path, edit, present)
        new = made.child(path) if is_pointer(wanted) else None
        if new:
            wanted = as_checked_out(repository, base.in_repository(path), new.object)
        if wanted != present:
            files[path] = (present, wanted)
    return files


def carried_entries(
    base: Workspace,
    repository: Repository,
    change: Change,
    made: Revision,
    staged: Mapping[str, tuple[str, str]],
) -> dict[str, tuple[str, str] | None]:
    """Return the entries of the index that the change gives, by path relative to the top of the repository.

    Raises:
        UsageError: a staged edit stands in the same lines, or a conflict. Nothing was written.
    """
    assert base.revision is not None  # noqa: S101  # a commit stands on a commit
    entries: dict[str, tuple[str, str] | None] = {}
    for path, edit in change.files.items():
        place = base.in_repository(path)
        old, new, entry = base.revision.child(path), made.child(path), staged.get(place)
        if entry == _entry(old):
            entries[place] = _entry(new)
        elif entry is not None:
            data = carried(path, edit, made.object(entry[1]))
            entries[place] = None if data is None else (entry[0], write_object(repository, data))
    return entries


def _entry(child: Child | None) -> tuple[str, str] | None:
    return (child.mode.zfill(6), child.object) if child else None


def _present(tree: Tree, path: str) -> bytes | None:
    return tree.read(path) if tree.exists(path) else None


def carried(path: str, edit: FileChange, present: bytes | None) -> bytes | None:
    """Return the bytes that show both a change and what differs from its `before` in `present`.

    Raises:
        UsageError: both are in the same lines.
    """
    if present in (edit.before, edit.after):
        return edit.after
    if present is None:
        return None
    if edit.before is not None and edit.after is not None:
        merged = merge_lines(edit.before, present, edit.after)
        if merged.clean:
            return merged.data
    message = _("{path} has uncommitted changes in the same lines.").format(path=path)
    raise UsageError(message, _("Commit or undo them first. Nothing was written."))


def write_carried(root: Path, journal: Journal) -> tuple[str, ...]:
    """Write the files of a journal, now or after a kill; what somebody changed meanwhile is kept.

    Returns:
        The paths that do not show the change: they cannot be written, or hold other work in the same lines.
    """
    from tracker.actions.change import FileChange

    tree, left, changes = WorkTree(root), [], {}
    for path, (before, after) in journal.files.items():
        try:
            present = _present(tree, path)
            wanted = carried(path, FileChange(before, after), present)
        except (StorageError, UsageError):
            left.append(path)
            continue
        if wanted != present:
            changes[path] = wanted
    try:
        write_files(root, changes, fresh={path for path in changes if journal.files[path][0] is None})
    except StorageError:
        left += changes
    return tuple(left)
