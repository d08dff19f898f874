"""What the commands that tell of the history share: asking for it, and saying where it is not whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from tracker.cli.terminal import one_line, progress
from tracker.store.clone import DEEPEN_LEAN
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.history.event import Event, Landing
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


def event_data(workspace: Workspace, event: Event) -> dict[str, Any]:
    """Return what happened as `--json` prints it."""
    from tracker.history.words import kind_of

    kind = kind_of(event, workspace.configuration.is_open)
    return {"kind": kind, "field": event.field, "old": event.old, "new": event.new}


def landing_data(workspace: Workspace, landing: Landing | None) -> dict[str, Any]:
    """Return when something landed, by whom and with which commit, as `--json` prints it."""
    if landing is None:
        return dict.fromkeys(("time", "name", "email", "commit"))
    time = landing.time.astimezone(workspace.configuration.zone).isoformat()
    return {"time": time, "name": landing.name, "email": landing.email, "commit": landing.commit}


def warn_if_shallow(workspace: Workspace) -> None:
    """Say when a part of the history is not in this clone."""
    if workspace.repository is not None and workspace.repository.shallow:
        message = _("This clone is shallow: what happened before its first commit cannot be seen.")
        click.secho(message, fg="yellow", err=True)
        click.secho(DEEPEN_LEAN, err=True)
