"""The desks that an editor has files of, each kept in memory until something is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import ConfigurationError
from tracker.model.place import TICKETS, conversation_around
from tracker.store.layout import CONFIGURATION
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path


class Desk(NamedTuple):
    """A desk as an editor needs it.

    Attributes:
        root: its folder.
        workspace: the desk with a sound configuration, perhaps one of a moment ago; None before any.
        wrong: why its `tracker.yml` cannot be used at present; None when it can.
    """

    root: Path
    workspace: Workspace | None
    wrong: ConfigurationError | None = None


def open_desk(root: Path, before: Desk | None = None) -> Desk:
    """Return a desk as its files are now.

    Args:
        root: its folder.
        before: what was known of it; that serves on while `tracker.yml` is wrong.

    Raises:
        TrackerError: its files cannot be read.
    """
    known = before.workspace if before else None
    workspace = known.reread() if known else Workspace(root)
    try:
        _checked = workspace.configuration
    except ConfigurationError as error:
        return Desk(root, known, error)
    return Desk(root, workspace)


def path_in(root: Path, path: Path) -> str:
    """Return a file's path in its desk, with forward slashes."""
    return path.relative_to(root).as_posix()


def is_configuration(path: str) -> bool:
    """Whether a path is that of the desk's `tracker.yml`."""
    return path == CONFIGURATION


def is_text(path: str) -> bool:
    """Whether a path is that of a ticket, a draft or a comment."""
    parts = path.split("/")
    hidden = any(part.startswith(".") for part in parts)
    inside = len(parts) > 1 and parts[0] == TICKETS and path.endswith(".md") and not hidden
    return inside and path.lower() != f"{TICKETS}/readme.md"


def ticket_of(workspace: Workspace, path: str) -> str:
    """Return the file of the ticket that a comment is about; empty for what is no comment."""
    folder = conversation_around(path)
    beside = folder and path.rpartition("/")[0] == folder and (workspace.root / f"{folder}.md").is_file()
    return f"{folder}.md" if beside else ""
