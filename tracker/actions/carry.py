"""Carrying a committed change to the files and to the index, where people have work of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import UsageError
from tracker.store.commit import staged, write_object
from tracker.store.merge import merge_lines
from tracker.store.tree import Revision
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.actions.change import Change, FileChange
    from tracker.store.repository import Repository
    from tracker.store.tree import Tree
    from tracker.workspace import Workspace


def carried_files(tree: Tree, change: Change) -> dict[str, bytes | None]:
    """Return what to write into the work tree so that it shows the change and keeps what is not committed.

    Raises:
        UsageError: an uncommitted edit stands in the same lines. Nothing was written.
    """
    files = {}
    for path, edit in change.files.items():
        present = tree.read(path) if tree.exists(path) else None
        wanted = _carried(path, edit, present)
        if wanted != present:
            files[path] = wanted
    return files


def carried_index(
    base: Workspace, repository: Repository, change: Change, commit: str
) -> dict[str, tuple[str, str] | None]:
    """Return the entries of the index that the change gives, by path relative to the top of the repository.

    Raises:
        UsageError: a staged edit stands in the same lines. Nothing was written.
    """
    prefix = f"{base.prefix}/" if base.prefix else ""
    made = Revision(base.root, commit, base.prefix)
    present = staged(repository, [prefix + path for path in change.files])
    entries: dict[str, tuple[str, str] | None] = {}
    for path, edit in change.files.items():
        assert base.revision is not None  # noqa: S101  # a commit stands on a commit
        old, new, entry = base.revision.child(path), made.child(path), present.get(prefix + path)
        if entry == (None if old is None else (old.mode.zfill(6), old.object)):
            entries[prefix + path] = None if new is None else (new.mode.zfill(6), new.object)
        elif entry is not None:
            data = _carried(path, edit, made.object(entry[1]))
            entries[prefix + path] = None if data is None else (entry[0], write_object(repository, data))
    return entries


def _carried(path: str, edit: FileChange, present: bytes | None) -> bytes | None:
    """Return the bytes that show both the change and what differs from its `before` in `present`."""
    if present in (edit.before, edit.after):
        return edit.after
    if present is None:
        return None
    if edit.before is not None and edit.after is not None:
        if present == _with_carriage_returns(edit.before):
            return _with_carriage_returns(edit.after)
        merged = merge_lines(edit.before, present, edit.after)
        if merged.clean:
            return merged.data
    message = _("{path} has uncommitted changes in the same lines.").format(path=path)
    raise UsageError(message, _("Commit or undo them first. Nothing was written."))


def _with_carriage_returns(data: bytes) -> bytes:
    """Return text as Git writes it to disk under `core.autocrlf`."""
    return data if b"\r" in data else data.replace(b"\n", b"\r\n")
