"""Remembering what was found wrong with a desk for as long as nothing of it changes.

A file is the same while the system says the same of it: size, times of its content and of its inode, inode
number, kind. The time of the inode cannot be set by a program; what changed so lately that a clock may not
tell it from a later change is not remembered. Folders say by their times that nothing came or went. (Git
trusts its index in the same way: https://git-scm.com/docs/racy-git.)
"""

from __future__ import annotations

import os
import sys
from array import array
from contextlib import suppress
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from tracker import __version__
from tracker.finding import Finding, Severity
from tracker.position import Position
from tracker.store.layout import ATTACHMENTS, CONFIGURATION
from tracker.translation import current_language
from tracker.validation.rules.t115_future import RULE as FUTURE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.workspace.desk import Workspace

_KEY = "findings of the desk"
_LATELY = 2_000_000_000
"""In nanoseconds: the coarsest clock of a file system that is still in use (FAT)."""


class Remembered(NamedTuple):
    """What was found, and how many tickets were checked."""

    findings: list[Finding]
    checked: int


def recall(workspace: Workspace) -> Remembered | None:
    """Return what was found when the desk was last checked; None where anything may have changed since."""
    if workspace.revision is not None:
        return None
    known = workspace.index.known([_KEY]).get(_KEY)
    if not isinstance(known, dict) or known.get("context") != _context(known.get("zone", "UTC")):
        return None
    state, _newest = _state(workspace, known["paths"].split("\0"))
    if state is None or state != known["state"]:
        return None
    return Remembered([_finding(data) for data in known["findings"]], known["checked"])


def remember(workspace: Workspace, found: Remembered, started: int) -> None:
    """Keep what was found, unless it may be otherwise soon though no file is.

    Args:
        workspace: the desk that was checked.
        found: what was found.
        started: when the check began, in nanoseconds: what changed since may not have been read.
    """
    kept = workspace.use_index and workspace.revision is None
    if not kept or any(finding.code == FUTURE.code for finding in found.findings):
        return
    paths, zone = list(_paths(workspace)), workspace.configuration.time_zone
    state, newest = _state(workspace, paths)
    if state is None or not workspace.listing.folders or newest > started - _LATELY:
        return
    data = {
        "zone": zone,
        "context": _context(zone),
        "paths": "\0".join(paths),
        "state": state,
        "checked": found.checked,
        "findings": [list(finding) for finding in found.findings],
    }
    with suppress(UnicodeEncodeError):  # a name that is not UTF-8 cannot be kept
        workspace.index.learn({_KEY: data})


def _context(zone: str) -> list[str]:
    """Return what else a finding depends on: who says it, in which language, and the desk's day."""
    return [__version__, current_language(), zone, datetime.now(ZoneInfo(zone)).date().isoformat()]


def _paths(workspace: Workspace) -> Iterable[str]:
    """Yield every file and folder that was looked at."""
    yield CONFIGURATION
    for folder, names in workspace.listing.folders.items():
        yield folder
        yield from (f"{folder}/{name}" for name in names)
        if ATTACHMENTS in names:
            below = f"{folder}/{ATTACHMENTS}"
            yield from (f"{below}/{name}" for name in workspace.tree.names(below))


def _state(workspace: Workspace, paths: Iterable[str]) -> tuple[str | None, int]:
    """Return a digest of all that the system says of some paths, and the time of the newest change."""
    told = array("q")
    newest, prefix = 0, f"{os.fspath(workspace.root)}/"
    for path in paths:
        try:
            found = os.lstat(prefix + path)
            times = (found.st_mtime_ns, found.st_ctime_ns)
            told.extend((*times, found.st_size, found.st_ino & sys.maxsize, found.st_mode))
        except (OSError, OverflowError):
            return None, 0
        newest = max(newest, *times)
    return blake2b(told.tobytes(), digest_size=20).hexdigest(), newest


def _finding(data: list[Any]) -> Finding:
    finding = Finding(*data)
    return finding._replace(position=Position(*finding.position), severity=Severity(finding.severity))
