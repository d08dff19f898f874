"""A desk's history, brought up to its newest commit; what was read of it once is not read again."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tracker.document import LARGEST_FILE, read_document
from tracker.history.event import FileChange, Landing
from tracker.history.lives import Version
from tracker.history.story import Story
from tracker.model.place import TICKETS
from tracker.store.chronicle import Chronicle, Lost, discard_damaged
from tracker.store.command import ObjectReader
from tracker.store.log import first_parents, raw_log

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.store.log import RawCommit
    from tracker.store.repository import Repository
    from tracker.workspace.desk import Workspace

_VERSIONS = 4_096
"""So many versions of tickets are held at once: most changes are of tickets that changed lately."""


def timeline(workspace: Workspace) -> Chronicle:
    """Return what happened on the branch up to the newest commit; what is not committed is not part of it.

    Raises:
        RepositoryError: Git cannot read the history.
    """
    repository = workspace.repository
    if repository is None or workspace.tip is None:
        return Chronicle(None)
    folder = repository.folder / "tracker" if workspace.use_index else None
    try:
        chronicle = Chronicle(folder)
        _catch_up(chronicle, workspace, repository, workspace.tip)
    except Lost as error:
        if folder:
            discard_damaged(folder, error)
        chronicle = Chronicle(None)
        _catch_up(chronicle, workspace, repository, workspace.tip)
    return chronicle


def _catch_up(chronicle: Chronicle, workspace: Workspace, repository: Repository, tip: str) -> None:
    folder = workspace.in_repository(TICKETS)
    if chronicle.tip(folder) == tip:
        return
    chronicle.begin()
    since = _common(chronicle, repository, folder, tip)
    homes, lives = chronicle.homes()
    story = Story(homes, lives, _reader(repository))
    inside = workspace.in_repository("")
    for commit in raw_log(repository, folder, tip, since):
        landing = _landing(commit, inside)
        events = story.tell(landing)
        chronicle.add(landing, events, {key: story.homes.get(key) for key in sorted(story.touched)})
    chronicle.keep(tip, folder)


def _common(chronicle: Chronicle, repository: Repository, folder: str, tip: str) -> str:
    """Return the newest known commit that the branch still has, all later ones forgotten; empty for none."""
    known = chronicle.landings() if chronicle.tip(folder) else {}
    commit = next((one for one in first_parents(repository, tip) if one in known), "")
    chronicle.take_back(known.get(commit, 0))
    return commit


def _landing(commit: RawCommit, inside: str) -> Landing:
    files = [FileChange(path.removeprefix(inside), before, after) for path, before, after in commit.files]
    return Landing(commit.commit, commit.time, commit.name, commit.email, commit.subject, files)


def _reader(repository: Repository) -> Callable[[str, str], Version]:
    """Return what reads a version of a ticket; one that cannot be read has no values."""
    objects = ObjectReader(repository.top)

    @lru_cache(maxsize=_VERSIONS)
    def read(name: str, path: str) -> Version:
        document = read_document(objects.read(name, LARGEST_FILE), path)
        values = {} if document.findings else document.values
        written, aliases = values.get("id"), values.get("aliases")
        stem = path.rpartition("/")[2].removesuffix(".md")
        others = [alias for alias in aliases if isinstance(alias, str)] if isinstance(aliases, list) else []
        return Version(
            name,
            written if isinstance(written, str) else stem,
            others,
            values,
            "" if document.findings else document.body,
        )

    return read
