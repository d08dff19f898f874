"""What a branch's history tells of tickets: where each lay, and when each landed."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from tracker.model.place import TICKETS, is_ticket_place

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.workspace.desk import Workspace

_PATHS = "ticket files of the branch"


class Filed(NamedTuple):
    """When a file landed, in the desk's time zone, and who wrote it."""

    landed: datetime
    name: str
    email: str


def paths_ever(workspace: Workspace) -> set[PurePosixPath]:
    """Return where tickets lie or lay on this branch; what is known of its history is not read again."""
    repository, tip = workspace.repository, workspace.tip
    if repository is None or tip is None:
        return set()
    folder = workspace.in_repository(TICKETS)
    known = workspace.index.known([_PATHS]).get(_PATHS, {})
    since = known.get("tip") if known.get("folder") == folder else None
    if since and since != tip and not repository.is_ancestor(since, tip):
        since = None
    paths: set[str] = set(known["paths"]) if since else set()
    if since != tip:
        added = repository.paths_added(folder, tip, since)
        inside = (path.removeprefix(workspace.in_repository("")) for path in added)
        paths |= {path for path in inside if is_ticket_place(path)}
        workspace.index.learn({_PATHS: {"tip": tip, "folder": folder, "paths": sorted(paths)}})
    return {PurePosixPath(path) for path in paths}


def filed(workspace: Workspace, path: str) -> Filed:
    """Return when a file landed on this branch and who wrote it: now and us, where no commit has it."""
    repository, tip = workspace.repository, workspace.tip
    landing = repository.landing([workspace.in_repository(path)], tip) if repository and tip else None
    if landing:
        moment = landing.time.astimezone(workspace.configuration.zone)
        return Filed(moment, landing.author.name, landing.author.email)
    identity = repository.identity() if repository else None
    return Filed(workspace.now(), identity.name if identity else "", identity.email if identity else "")
