"""Who is at work: the person that Git's configuration names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.workspace import Workspace


def who_asks(workspace: Workspace, text: str) -> str:
    """Return who is at work where a query may ask for that: Git need not be asked otherwise."""
    return me(workspace) if "me" in text or "mine" in text else ""


def me(workspace: Workspace) -> str:
    """Return the handle of the person at work, else their address; empty where Git knows neither."""
    identity = workspace.repository.identity() if workspace.repository else None
    return (workspace.configuration.handle_of(identity.email) or identity.email) if identity else ""
