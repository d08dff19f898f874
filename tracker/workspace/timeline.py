"""A desk's history, brought up to its newest commit; what was read of it once is not read again."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from tracker import __version__
from tracker.document import LARGEST_FILE, read_document
from tracker.history.event import FileChange, Landing
from tracker.history.lives import Version
from tracker.history.story import Story
from tracker.model.place import TICKETS
from tracker.store.chronicle import SCHEMA, Chronicle
from tracker.store.clone import fetch_missing
from tracker.store.command import ObjectReader
from tracker.store.index import DAMAGE, discard, is_busy
from tracker.store.log import ON_DISK, first_parents, raw_log
from tracker.store.pages import Pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tracker.store.log import RawCommit
    from tracker.store.repository import Repository
    from tracker.store.tree import Tree
    from tracker.workspace.desk import Workspace

T = TypeVar("T")
_AT_ONCE = 256
"""So many commits are looked at together."""
_VERSIONS = 4_096
"""So many versions of tickets are held at once: most changes are of tickets that changed lately."""


class _Branch(NamedTuple):
    """What is read: the history of a folder up to a commit, and on which premises."""

    repository: Repository
    tip: str
    folder: str
    inside: str
    premises: list[str]
    progress: Callable[[int], None]


def told(
    workspace: Workspace, ask: Callable[[Chronicle], T], progress: Callable[[int], None] = lambda _count: None
) -> T:
    """Return what the history of the branch answers; what is not committed is no part of it.

    Args:
        workspace: the desk.
        ask: what is asked of the history. It is asked again where the file that keeps it turns out damaged,
            so it returns its answer whole, and does nothing else.
        progress: told from time to time how many commits were read.

    Raises:
        RepositoryError: Git cannot read the history.
    """
    repository = workspace.repository
    if repository is None or workspace.tip is None:
        with Pages(None) as pages:
            return ask(Chronicle(pages))
    folder, inside = workspace.in_repository(TICKETS), workspace.in_repository("")
    premises = [__version__, str(SCHEMA), folder, *repository.shallow_at]
    branch = _Branch(repository, workspace.tip, folder, inside, premises, progress)
    path = (
        repository.folder / "tracker" / f"history-{SCHEMA}{workspace.mark}.sqlite"
        if workspace.use_index
        else None
    )
    for _time in range(2):
        try:
            return _answer(path, branch, ask)
        except DAMAGE as error:
            if path is None or is_busy(error):
                break
            discard(path)
    return _answer(None, branch, ask)


def _answer(path: Path | None, branch: _Branch, ask: Callable[[Chronicle], T]) -> T:
    with Pages(path) as pages:
        chronicle = Chronicle(pages)
        if chronicle.tip(branch.premises) == branch.tip:
            return ask(chronicle)
    with Pages(path, writes=True) as pages:
        chronicle = Chronicle(pages)
        _catch_up(chronicle, branch)
        return ask(chronicle)


def _catch_up(chronicle: Chronicle, branch: _Branch) -> None:
    since, edge = _common(chronicle, branch), frozenset(branch.repository.shallow_at)
    fetch_missing(branch.repository, [branch.folder], [f"{since}..{branch.tip}" if since else branch.tip])
    objects = ObjectReader(branch.repository.top)
    story = Story(chronicle.homes(), chronicle.lives, version_reader(objects))
    commits = _expected(raw_log(branch.repository, [branch.folder], branch.tip, since), objects)
    for count, commit in enumerate(commits):
        landing = _landing(commit, branch.inside)
        events = story.tell(landing)
        if landing.commit in edge:  # what it seems to bring was there before, who knows since when
            events = []
        homes = {key: story.homes.get(key) for key in sorted(story.touched)}
        chronicle.add(landing, events, homes, story.lives)
        branch.progress(count)
    chronicle.keep(branch.tip)


def _expected(commits: Iterator[RawCommit], objects: ObjectReader) -> Iterator[RawCommit]:
    """Yield commits, with what they bring to be read soon."""
    while some := list(islice(commits, _AT_ONCE)):
        files = (file for commit in some for file in commit.files)
        names = (file.after for file in files if file.after and file.path.endswith(".md"))
        objects.expect(islice(names, 2 * _AT_ONCE), LARGEST_FILE)
        yield from some


def _common(chronicle: Chronicle, branch: _Branch) -> str:
    """Return the newest known commit that the branch still has, all later ones forgotten; empty for none."""
    known = chronicle.tip(branch.premises)
    if not known:
        chronicle.begin(branch.premises)
        return ""
    commits = set()
    for commit in first_parents(branch.repository, branch.tip):
        if commit == known:
            return commit
        commits.add(commit)
    return chronicle.take_back(commits)


def _landing(commit: RawCommit, inside: str) -> Landing:
    files = [FileChange(path.removeprefix(inside), before, after) for path, before, after in commit.files]
    return Landing(*commit[:5], files, commit.reasons)


def version_reader(objects: ObjectReader, disk: Tree | None = None) -> Callable[[str, str], Version]:
    """Return what reads a version of a ticket; one that cannot be read has no values.

    Args:
        objects: reads what has an object.
        disk: where files are read whose content has no object.
    """

    @lru_cache(maxsize=_VERSIONS)
    def read(name: str, path: str) -> Version:
        on_disk = disk is not None and name.startswith(ON_DISK)
        data = disk.read(path, LARGEST_FILE) if disk and on_disk else objects.read(name, LARGEST_FILE)
        document = read_document(data, path)
        values = {} if document.findings else document.values
        written, aliases = values.get("id"), values.get("aliases")
        stem = path.rpartition("/")[2].removesuffix(".md")
        others = [alias for alias in aliases if isinstance(alias, str)] if isinstance(aliases, list) else []
        body = "" if document.findings else document.body
        return Version(name, written if isinstance(written, str) else stem, others, values, body)

    return read
