"""The service levels that a desk had from when on, from the history of its settings."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tracker import __version__
from tracker.document import LARGEST_FILE
from tracker.errors import ConfigurationError, StorageError
from tracker.model.rules import ServiceLevel
from tracker.store.clone import fetch_missing
from tracker.store.command import ObjectReader
from tracker.store.layout import CONFIGURATION
from tracker.store.log import first_parents, raw_log
from tracker.workspace.policies import Edition
from tracker.workspace.rule_queries import rule_vocabulary
from tracker.workspace.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tracker.store.log import RawCommit
    from tracker.store.repository import Repository
    from tracker.workspace.desk import Workspace
    from tracker.workspace.settings import Settings

_KEY, _SETTINGS, _SECTION = "service levels from when on", "settings", "service_levels"


def editions(workspace: Workspace, progress: Callable[[int], None] = lambda _count: None) -> list[Edition]:
    """Return the service levels of a desk, the oldest first.

    A version of its settings that is broken is left out: what was said before it still holds. What is not
    committed counts only where nothing is.

    Args:
        workspace: the desk.
        progress: told from time to time how many commits were read.

    Raises:
        RepositoryError: Git cannot read the history.
    """
    known = _known(workspace, progress) if workspace.repository and workspace.tip else {"editions": []}
    found = [
        Edition(
            datetime.fromtimestamp(time, UTC),
            {name: ServiceLevel.model_validate(level or {}) for name, level in (levels or {}).items()},
            vocabulary,
        )
        for time, levels, vocabulary in known["editions"]
    ]
    configuration = workspace.configuration
    start = datetime.min.replace(tzinfo=UTC)
    return found or [Edition(start, configuration.service_levels, rule_vocabulary(configuration))]


def _known(workspace: Workspace, progress: Callable[[int], None]) -> dict[str, Any]:
    """Return what is known of the editions up to the newest commit; what is read anew is kept."""
    assert workspace.repository is not None  # noqa: S101  # the only caller has looked
    assert workspace.tip is not None  # noqa: S101  # likewise
    key, nothing = f"{_KEY}{workspace.mark}", {"version": __version__, "tip": "", "time": 0, "files": {}}
    known = workspace.index.known([key]).get(key)
    if not isinstance(known, dict) or known.get("version") != __version__:
        known = {**nothing, "editions": []}
    if known["tip"] == workspace.tip:
        return known
    if known["tip"] and known["tip"] not in first_parents(workspace.repository, workspace.tip):
        known = {**nothing, "editions": []}
    _catch_up(workspace, workspace.repository, known, progress)
    if workspace.has_index_of_its_own:
        workspace.index.learn({key: known})
    return known


def _catch_up(
    workspace: Workspace, repository: Repository, known: dict[str, Any], progress: Callable[[int], None]
) -> None:
    """Add what the commits say that are not known."""
    tip, since = workspace.tip or "", known["tip"]
    places = [workspace.in_repository(name) for name in (CONFIGURATION, _SETTINGS)]
    fetch_missing(repository, places, [f"{since}..{tip}" if since else tip])
    objects = ObjectReader(repository.top)
    for count, commit in enumerate(raw_log(repository, places, tip, since)):
        _add(known, commit, workspace.in_repository(""), objects)
        progress(count)
    known["tip"] = tip


def _add(known: dict[str, Any], commit: RawCommit, inside: str, objects: ObjectReader) -> None:
    """Add what a commit says, if that is sound and new."""
    for change in commit.files:
        known["files"][change.path.removeprefix(inside)] = change.after
    known["time"] = max(known["time"], int(commit.time.timestamp()))  # what came later, came later
    settings = _settings(known["files"], objects)
    said = settings.values.get(_SECTION) if settings else None
    former = known["editions"][-1][1] if known["editions"] else ()
    if settings is None or settings.findings or repr(said) == repr(former):  # the order counts, too
        return
    try:
        vocabulary = rule_vocabulary(settings.configuration())
    except ConfigurationError:
        return
    known["editions"].append([known["time"], said, vocabulary])


def _settings(files: Mapping[str, str | None], objects: ObjectReader) -> Settings | None:
    """Return the settings that some objects hold; None where there is no `tracker.yml` among them."""

    def read(path: str) -> bytes:
        name = files.get(path)
        if name is None:
            raise StorageError(path)
        return objects.read(name, LARGEST_FILE)

    name = files.get(CONFIGURATION)
    return read_settings(objects.read(name, LARGEST_FILE), read) if name else None
