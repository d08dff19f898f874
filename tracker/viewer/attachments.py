"""Which attachments are published, and where."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tracker.model.place import conversation_of
from tracker.store.layout import ATTACHMENTS
from tracker.viewer.visibility import published

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tracker.model.entry import Entry
    from tracker.workspace import Workspace

IMAGES = (".gif", ".jpeg", ".jpg", ".png", ".webp")
SHOWN = (
    *IMAGES,
    *(".csv", ".json", ".log", ".md", ".pdf", ".txt"),
    *(".docx", ".eml", ".gz", ".ods", ".odt", ".pptx", ".xlsx", ".zip"),
)
"""Endings that a browser shows without running anything, or saves; a web server gives others as it likes."""


def is_shown(name: str) -> bool:
    """Whether a file of this name is published."""
    return name.lower().endswith(SHOWN)


def attachments(workspace: Workspace, entry: Entry, page: str) -> Iterator[tuple[str, Path]]:
    """Yield each attachment of a ticket that is published: its place in the website, and its file.

    Args:
        workspace: the desk.
        entry: the ticket.
        page: the path of the ticket's page.
    """
    root = workspace.root
    place = f"{conversation_of(entry.path)}/{ATTACHMENTS}"
    if not os.path.isdir(f"{root}/{place}"):  # noqa: PTH112  # asked of every ticket: a Path takes four times as long
        return
    folder = root / place
    if folder.is_symlink() or folder.parent.is_symlink():
        return
    sound = {
        file.name: file
        for file in sorted(folder.iterdir())
        if is_shown(file.name) and file.is_file() and not file.is_symlink()
    }
    for name in published(workspace, entry, sound):
        yield f"{page}/{ATTACHMENTS}/{name}", sound[name]
