"""Which attachments are published, and where."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import StorageError
from tracker.model.place import conversation_of
from tracker.store.files import read_bytes
from tracker.store.layout import ATTACHMENTS, IMAGES
from tracker.store.tree import ChildKind
from tracker.translation import _
from tracker.viewer import formats
from tracker.viewer.visibility import published

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tracker.model.entry import Entry
    from tracker.workspace import Workspace

SHOWN = (
    *IMAGES,
    *(".csv", ".json", ".log", ".md", ".pdf", ".txt"),
    *(".docx", ".eml", ".gz", ".ods", ".odt", ".pptx", ".xlsx", ".zip"),
)
"""Endings that a browser shows without running anything, or saves; a web server gives others as it likes."""


class Attachment(NamedTuple):
    """A file: what changes when it does, and what reads it."""

    state: str
    read: Callable[[], bytes]


def is_shown(name: str) -> bool:
    """Whether a file of this name is published."""
    return name.lower().endswith(SHOWN)


def size_in_words(size: int) -> str:
    """Return a number of bytes as people read it."""
    for unit, limit in ((_("{number} B"), 1_000), (_("{number} kB"), 1_000_000)):
        if size < limit:
            return unit.format(number=size * 1_000 // limit)
    return _("{number} MB").format(number=formats.number(round(size / 1_000_000, 1)))


def attachments(workspace: Workspace, entry: Entry, page: str) -> Iterator[tuple[str, Attachment]]:
    """Yield each attachment of a ticket that is published: its place in the website, and where it is read.

    Args:
        workspace: the desk.
        entry: the ticket.
        page: the path of the ticket's page.
    """
    sound = {name: file for name, file in _files(workspace, entry) if is_shown(name)}
    for name in published(workspace, entry, sound) if sound else ():
        yield f"{page}/{ATTACHMENTS}/{name}", sound[name]


def attachment_states(workspace: Workspace, entry: Entry) -> list[tuple[str, str]]:
    """Return what changes when an attachment of a ticket does, published or not."""
    return [(name, file.state) for name, file in _files(workspace, entry)]


def _files(workspace: Workspace, entry: Entry) -> Iterator[tuple[str, Attachment]]:
    place = f"{conversation_of(entry.path)}/{ATTACHMENTS}"
    return (_in_commit if workspace.revision else _on_disk)(workspace, place)


def _on_disk(workspace: Workspace, place: str) -> Iterator[tuple[str, Attachment]]:
    root = workspace.root
    if not os.path.isdir(f"{root}/{place}"):  # noqa: PTH112  # asked of every ticket: a Path takes four times as long
        return
    folder = root / place
    if folder.is_symlink() or folder.parent.is_symlink():
        return
    for file in sorted(folder.iterdir()):
        if file.is_file() and not file.is_symlink():
            status = file.stat()
            yield file.name, Attachment(f"{status.st_mtime_ns} {status.st_size}", partial(read_bytes, file))


def _in_commit(workspace: Workspace, place: str) -> Iterator[tuple[str, Attachment]]:
    try:
        children = workspace.tree.children(place)
    except StorageError:
        return
    for child in children:
        if child.kind is ChildKind.FILE:
            yield child.name, Attachment(child.object, partial(workspace.tree.read, f"{place}/{child.name}"))
