"""The desks whose tickets are shown beside this one’s: only read, from clones of their repositories."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import RepositoryError, TrackerError
from tracker.model.desks import prefix_of
from tracker.model.place import TICKETS
from tracker.store.layout import CONFIGURATION, SETTINGS
from tracker.store.mirror import fetched_at, mirror_place, refresh
from tracker.store.repository import Repository
from tracker.store.templates import FOLDER
from tracker.translation import _
from tracker.workspace.desk import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from tracker.model.desks import OtherDesk

_AT_ONCE = 8
REFRESH = "tracker desks --refresh"


class Member(NamedTuple):
    """Another desk.

    Attributes:
        prefix: of its tickets' ids.
        repository: its address, as the configuration has it.
        desk: the desk as it was when it was last reached; None where it never was, or cannot be read.
        fetched: when that was; aware; None for never.
        problem: why it could not be reached now, or cannot be read; empty where all is well.
    """

    prefix: str
    repository: str
    desk: Workspace | None
    fetched: datetime | None
    problem: str = ""


def members(workspace: Workspace) -> list[Member]:
    """Return the other desks, as their clones have them; nobody is asked."""
    return [_member(workspace, prefix, other) for prefix, other in workspace.configuration.desks.items()]


def refreshed(workspace: Workspace) -> list[Member]:
    """Return the other desks, each brought up to date; one that cannot be reached, as it was before.

    Raises:
        RepositoryError: this desk is in no repository, so there is no place for clones.
    """
    others = workspace.configuration.desks
    if not others:
        return []
    folder = _folder(workspace)
    if folder is None:
        message = _("This desk is in no Git repository, so other desks cannot be kept beside it.")
        raise RepositoryError(message, "git init")

    def bring(prefix: str) -> str:
        other, place = others[prefix], mirror_place(folder, prefix)
        problem = _refresh(workspace, place, other)
        if problem and place.exists() and _member(workspace, prefix, other).desk is None:
            shutil.rmtree(place)  # nothing can be read of it, so nothing is lost
            return _refresh(workspace, place, other)
        return problem

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        problems = dict(zip(others, pool.map(bring, others), strict=True))
    found = (_member(workspace, prefix, other) for prefix, other in others.items())
    return [each._replace(problem=problems[each.prefix] or each.problem) for each in found]


def desk_named(workspace: Workspace, typed: str) -> Workspace:
    """Return the desk whose ticket a person means by an id: another one where it has that desk's prefix.

    Raises:
        RepositoryError: the desk was never reached.
    """
    prefix = prefix_of(typed)
    other = workspace.configuration.desks.get(prefix)
    if other is None:
        return workspace
    found = _member(workspace, prefix, other)
    if found.desk is None:
        raise RepositoryError(unreachable(found), REFRESH)
    return found.desk


def everyone(workspace: Workspace, others: Iterable[Member]) -> Mapping[str, Workspace]:
    """Return this desk and those of the others that are here, by their prefixes."""
    here = {each.prefix: each.desk for each in others if each.desk}
    return {workspace.configuration.ids.prefix: workspace, **here}


def unreachable(member: Member) -> str:
    """Return what to say of a desk that is not as it is now, or is not here."""
    if member.desk is None and not member.problem:
        return _("The desk {prefix} is not here yet.").format(prefix=member.prefix)
    reached = member.desk or member.fetched is None
    said = (
        _("The desk {prefix} cannot be reached: {reason}")
        if reached
        else _("The desk {prefix} cannot be read: {reason}")
    )
    return said.format(prefix=member.prefix, reason=member.problem)


def _folder(workspace: Workspace) -> Path | None:
    return workspace.repository.folder if workspace.repository else None


def _refresh(workspace: Workspace, place: Path, other: OtherDesk) -> str:
    """Bring a clone up to date; return why that was not possible, empty where it was."""
    inside = f"{other.folder}/" if other.folder else ""
    paths = [f"{inside}{name}" for name in (CONFIGURATION, SETTINGS, TICKETS, FOLDER)]
    try:
        refresh(
            place, _address(workspace, other), other.branch, paths, datetime.now(UTC).replace(microsecond=0)
        )
    except TrackerError as error:
        return error.message
    return ""


def _address(workspace: Workspace, other: OtherDesk) -> str:
    """Return where Git fetches a desk from."""
    path = os.path.abspath(workspace.root / other.repository)  # noqa: PTH100  # a link in it is left to Git
    return path if other.is_path else other.repository


def _member(workspace: Workspace, prefix: str, other: OtherDesk) -> Member:
    folder = _folder(workspace)
    place = mirror_place(folder, prefix) if folder else None
    fetched = fetched_at(place, _address(workspace, other)) if place else None
    if place is None or fetched is None:
        return Member(prefix, other.repository, None, None)
    try:
        desk = _desk_at(place, other, use_index=workspace.use_index)
        _check(desk, prefix)
    except TrackerError as error:
        return Member(prefix, other.repository, None, fetched, error.message)
    return Member(prefix, other.repository, desk, fetched)


def _desk_at(place: Path, other: OtherDesk, *, use_index: bool) -> Workspace:
    repository = Repository.around(place)
    commit = repository.commit_at("HEAD") if repository else None
    if repository is None or commit is None:
        raise RepositoryError(_("Its clone is damaged."), REFRESH)
    bare = Workspace(place, use_index)
    bare.__dict__.update(repository=repository, prefix=other.folder or "")
    return bare.at(commit)


def _check(desk: Workspace, prefix: str) -> None:
    own = desk.configuration.ids.prefix
    if own != prefix:
        message = _("Its tickets are called {own}, not {prefix}.").format(own=own, prefix=prefix)
        raise RepositoryError(message, _("Name it so below “desks” in tracker.yml."))
