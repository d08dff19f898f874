"""Which attachments are published, and where."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tracker.model.place import conversation_of
from tracker.store.layout import ATTACHMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tracker.model.entry import Comment, Entry
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
    kept = _of_internal_comments_only(workspace, entry)
    for file in sorted(folder.iterdir()):
        shown = is_shown(file.name) and f"{ATTACHMENTS}/{file.name}" not in kept
        if shown and file.is_file() and not file.is_symlink():
            yield f"{page}/{ATTACHMENTS}/{file.name}", file


def public(workspace: Workspace, comments: Iterable[Comment]) -> list[Comment]:
    """Return the comments that the website shows."""
    shows_all = workspace.configuration.website.internal
    return [comment for comment in comments if shows_all or comment.visibility == "public"]


def _of_internal_comments_only(workspace: Workspace, entry: Entry) -> set[str]:
    comments = workspace.comments(entry)
    shown = public(workspace, comments)
    named = {name for comment in shown for name in comment.attachments}
    hidden = {name for comment in comments if comment not in shown for name in comment.attachments}
    texts = [entry.body, *(comment.body for comment in shown)]
    return {name for name in hidden - named if not any(name in text for text in texts)}
