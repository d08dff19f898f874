"""Which file is where in a desk: tickets, drafts, comments and attachments below `tickets/`."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.model.place import DRAFTS, TICKETS, conversation_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONFIGURATION = "tracker.yml"
ATTACHMENTS = "files"
_MONTH = re.compile(r"tickets/\d{4}/(0[1-9]|1[0-2])")


class Obstacle(StrEnum):
    """Why a file is not even opened."""

    LINK = "link"
    SPECIAL = "special"


@dataclass(frozen=True, slots=True)
class TicketFile:
    """A file that is, or claims to be, a ticket.

    Attributes:
        path: relative to the desk's root, with forward slashes.
        obstacle: why it must not be opened; None where it may be.
        comments: its conversation's files, in order of time.
    """

    path: str
    obstacle: Obstacle | None
    comments: tuple[str, ...] = ()


def scan(root: Path) -> Iterator[TicketFile]:
    """Yield every ticket file of a desk, in order of path; symbolic links are named and never followed."""
    folder = root / TICKETS
    if folder.is_symlink():
        yield TicketFile(TICKETS, Obstacle.LINK)
    elif folder.is_dir():
        yield from _scan_folder(os.fspath(folder), TICKETS)


def _scan_folder(folder: str, path: str) -> Iterator[TicketFile]:
    with os.scandir(folder) as listing:
        children = sorted(listing, key=lambda child: child.name)
    home = path == DRAFTS or _MONTH.fullmatch(path)
    folders = {child.name: child for child in children if child.is_dir(follow_symlinks=False)}
    names = {child.name for child in children}
    for child in children:
        child_path = f"{path}/{child.name}"
        if child.is_symlink():
            yield TicketFile(child_path, Obstacle.LINK)
        elif child.name in folders:
            if not home:
                yield from _scan_folder(child.path, child_path)
            elif f"{child.name}.md" not in names:
                yield from _scan_orphans(child.path, child_path)
        elif _is_ticket_name(child.name) and child_path.lower() != f"{TICKETS}/readme.md":
            conversation = folders.get(child.name.removesuffix(".md")) if home else None
            comments = _comments(conversation, conversation_of(child_path)) if conversation else ()
            yield TicketFile(child_path, _obstacle(child), comments)


def _is_ticket_name(name: str) -> bool:
    return name.endswith(".md") and not name.startswith(".")


def _scan_orphans(folder: str, path: str) -> Iterator[TicketFile]:
    """A folder beside no ticket: what lies in it is shown, as a ticket in the wrong place, and not lost."""
    with os.scandir(folder) as listing:
        for child in sorted(listing, key=lambda entry: entry.name):
            if _is_ticket_name(child.name):
                yield TicketFile(f"{path}/{child.name}", _obstacle(child))


def _comments(folder: os.DirEntry[str], path: str) -> tuple[str, ...]:
    return tuple(sorted(f"{path}/{name}" for name in os.listdir(folder.path) if _is_ticket_name(name)))  # noqa: PTH208  # names alone are enough


def _obstacle(child: os.DirEntry[str]) -> Obstacle | None:
    if child.is_symlink():
        return Obstacle.LINK
    return None if child.is_file(follow_symlinks=False) else Obstacle.SPECIAL


def conversation_files(root: Path, folder: str) -> list[str]:
    """Return every ordinary file of a conversation, attachments included, relative to the desk's root."""
    top = root / folder
    if top.is_symlink() or not top.is_dir():
        return []
    found = []
    for parent, _folders, names in os.walk(top):
        found += [os.path.relpath(os.path.join(parent, name), root) for name in names]  # noqa: PTH118  # as os.walk
    return sorted(path.replace(os.sep, "/") for path in found if not (root / path).is_symlink())
