"""What the commands that tell of the history share: asking for it, and saying where it is not whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import click

from tracker.cli.terminal import one_line, progress
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.store.chronicle import Chronicle
    from tracker.workspace import Workspace

T = TypeVar("T")


def history_of(workspace: Workspace, ask: Callable[[Chronicle], T]) -> T:
    """Return what the history answers; how far it is read is shown at a terminal when it takes long."""
    from tracker.workspace.timeline import told

    with progress(_("Reading the history: {number} commits")) as show:
        return told(workspace, ask, show)


def home_of(workspace: Workspace, typed: str) -> str:
    """Return the key of the home of the ticket that a person means, deleted ones included.

    Raises:
        UnknownTicketError: none is meant, or more than one.
    """
    from tracker.errors import UnknownTicketError
    from tracker.history.story import deleted
    from tracker.workspace.deleted import find_deleted

    try:
        return workspace.find_present(typed).path
    except UnknownTicketError as error:
        gone = None if error.several else find_deleted(workspace, typed)
        if gone is None:
            raise
        return deleted(gone.entry.id) if gone.time else gone.entry.path


def id_of_home(home: str) -> str:
    """Return the id of the ticket whose home has a key: its file's name, also of one that is deleted."""
    return one_line(home.rpartition("/")[2].removeprefix("#").removesuffix(".md"))


def warn_if_shallow(workspace: Workspace) -> None:
    """Say when a part of the history is not in this clone."""
    if workspace.repository is not None and workspace.repository.shallow:
        message = _("This clone is shallow: what happened before its first commit cannot be seen.")
        click.secho(message, fg="yellow", err=True)
        click.secho("git fetch --filter=blob:none --unshallow", err=True)
