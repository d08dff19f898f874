"""Values that hold for as long as nothing of a desk changes.

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
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tracker import __version__
from tracker.parallel import in_background
from tracker.store.layout import ATTACHMENTS
from tracker.store.templates import own_template
from tracker.translation import current_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracker.workspace.desk import Workspace

_MANY = 20_000
"""Of fewer files, all is known before another process has started."""
_LATELY = 2_000_000_000
"""In nanoseconds: the coarsest clock of a file system that is still in use (FAT)."""


def recall(workspace: Workspace, key: str) -> Any:
    """Return what was remembered of a desk; None where anything that it depends on may have changed since."""
    found = recall_with_state(workspace, key)
    return found[0] if found else None


def recall_with_state(workspace: Workspace, key: str) -> tuple[Any, str] | None:
    """Return what was remembered of a desk, and a digest of the state of all that it depends on."""
    if not workspace.has_index_of_its_own:
        return None
    key = f"{key}{workspace.mark}"
    known = workspace.index.known([key]).get(key)
    if not isinstance(known, dict) or known.get("context") != _context(known.get("zone", "UTC")):
        return None
    if workspace.revision is not None:
        state: str | None = workspace.revision.commit
    else:
        state, _newest = _state(workspace, known["paths"].split("\0"))
    return (known["value"], state) if state is not None and state == known["state"] else None


def recall_part(workspace: Workspace, key: str, part: str, state: str) -> Any:
    """Return a part that was remembered beside something; None where it is not of the same state."""
    name = _part(workspace, key, part)
    known = workspace.index.known([name]).get(name)
    return known["value"] if isinstance(known, dict) and known.get("state") == state else None


def remember(
    workspace: Workspace,
    key: str,
    value: Any,
    paths: Iterable[str],
    started: int,
    parts: Mapping[str, Any] | None = None,
) -> None:
    """Keep a value until one of some files or folders changes, or the day, the language or the version does.

    Args:
        workspace: the desk.
        key: what it is.
        value: as JSON has it.
        paths: relative to the desk's root.
        started: when the value began to be made, in nanoseconds: what changed since may not be part of it.
        parts: what belongs to it and is not always needed, by name.
    """
    if not workspace.has_index_of_its_own:
        return
    zone = workspace.configuration.time_zone
    state: str | None
    if workspace.revision is not None:
        looked_at, state = [], workspace.revision.commit
    else:
        looked_at = list(paths)
        state, newest = _state(workspace, looked_at)
        if not workspace.listing.folders or newest > started - _LATELY:
            return
    if state is None:
        return
    about = {"zone": zone, "context": _context(zone), "paths": "\0".join(looked_at), "state": state}
    kept = {
        _part(workspace, key, name): {"state": state, "value": part} for name, part in (parts or {}).items()
    }
    with suppress(UnicodeEncodeError):  # a name that is not UTF-8 cannot be kept
        workspace.index.learn({**kept, f"{key}{workspace.mark}": {**about, "value": value}})


def _part(workspace: Workspace, key: str, part: str) -> str:
    return f"{key}{workspace.mark}: {part}"


def all_paths(workspace: Workspace) -> Iterable[str]:
    """Yield every file and folder that a desk is made of."""
    yield from workspace.setting_files
    named = {one.template for one in workspace.configuration.recurring.values() if one.template}
    yield from filter(None, (own_template(workspace.tree, name) for name in sorted(named)))
    for folder, names in workspace.listing.folders.items():
        yield folder
        yield from (f"{folder}/{name}" for name in names)
        if ATTACHMENTS in names:
            below = f"{folder}/{ATTACHMENTS}"
            yield from (f"{below}/{name}" for name in workspace.tree.names(below))


def _context(zone: str) -> list[str]:
    """Return what else a finding depends on: who says it, in which language, and the desk's day."""
    return [__version__, current_language(), zone, datetime.now(ZoneInfo(zone)).date().isoformat()]


def _state(workspace: Workspace, paths: Iterable[str]) -> tuple[str | None, int]:
    """Return a digest of all that the system says of some paths, and the time of the newest change."""
    listed, prefix = list(paths), f"{os.fspath(workspace.root)}/"
    half = len(listed) // 2
    first = in_background(lambda: _told(prefix, listed[:half]), worthwhile=half > _MANY)
    second = _told(prefix, listed[half:])
    told = [first(), second]
    digests = [digest for digest, _newest in told]
    if not all(digests):
        return None, 0
    return blake2b("".join(digests).encode(), digest_size=20).hexdigest(), max(told[0][1], told[1][1])


def _told(prefix: str, paths: Iterable[str]) -> tuple[str, int]:
    """Return a digest of what the system says, and the newest time in it; empty where something is gone."""
    told, newest = array("q"), 0
    for path in paths:
        try:
            found = os.lstat(prefix + path)
            changed, moved = found.st_mtime_ns, found.st_ctime_ns
            told.extend((changed, moved, found.st_size, found.st_ino & sys.maxsize, found.st_mode))
        except (OSError, OverflowError):
            return "", 0
        newest = max(newest, changed, moved)
    return blake2b(told.tobytes(), digest_size=20).hexdigest(), newest
