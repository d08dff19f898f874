"""Writing pages into the built website: only what changed, and removing what is gone.

MkDocs empties the website's folder before each build. Our folders are set aside for that moment, and
a list of what was written tells which pages need not be made again.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.parallel import in_parallel
from tracker.store.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tracker.viewer.shell import Frame, Page

FOLDERS = ("tickets", "people", "locations", "categories")
_ASIDE = ".tracker-aside"
_MANIFEST = ".tracker-pages.json"


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """A page that is made only when it must be.

    Attributes:
        address: where it is, relative to the website's root.
        key: a digest of everything that the page shows.
        render: makes it.
        editable: whether it has an edit address.
    """

    address: str
    key: str
    render: Callable[[], Page]
    editable: bool = False


class Written(NamedTuple):
    """How many files were written, were right already, and were removed."""

    written: int
    unchanged: int
    removed: int


def file_of(address: str) -> str:
    """Return the file that a web server gives for an address."""
    return f"{address}index.html" if address.endswith("/") or not address else address


def set_aside(site: Path) -> None:
    """Put our folders where MkDocs does not delete them; what an interrupted build left is stale."""
    aside = site / _ASIDE
    for name in FOLDERS:
        if (site / name).is_dir():
            shutil.rmtree(aside / name, ignore_errors=True)
            aside.mkdir(exist_ok=True)
            (site / name).rename(aside / name)


def bring_back(site: Path) -> None:
    """Put our folders back into the emptied website, without what MkDocs itself had put there."""
    aside = site / _ASIDE
    if not aside.is_dir():
        return
    manifest = _read_manifest(site)
    for name in FOLDERS:
        if manifest["files"] and (aside / name).is_dir() and not (site / name).exists():
            (aside / name).rename(site / name)
    shutil.rmtree(aside)
    for path in manifest["others"]:
        if path.startswith(tuple(f"{name}/" for name in FOLDERS)) and ".." not in path.split("/"):
            (site / path).unlink(missing_ok=True)


def write_pages(
    site: Path,
    pages: Iterable[GeneratedPage],
    frame: Frame,
    attachments: Mapping[str, Path],
    others: Iterable[str],
    whole: Mapping[str, bytes],
) -> Written:
    """Write all pages and attachments, and remove those that are gone.

    Args:
        site: the website's folder.
        pages: every page.
        frame: the theme.
        attachments: the files to copy, by their place in the website.
        others: what MkDocs itself writes into our folders.
        whole: files that need no theme, by their place in the website; none replaces what MkDocs writes.
    """
    before = _read_manifest(site)["files"]
    tasks = [_task(frame, page) for page in pages]
    for path, source in attachments.items():
        status = source.stat()
        tasks.append(_Task(path, f"{status.st_mtime_ns} {status.st_size}", partial(read_bytes, source)))
    kept = set(others)
    tasks += [
        _Task(path, blake2b(data).hexdigest(), partial(bytes, data))
        for path, data in whole.items()
        if path not in kept
    ]
    folder = os.fspath(site)
    records = {task.path: _record(f"{folder}/{task.path}", task.key) for task in tasks}
    stale = [
        task for task in tasks if records[task.path] is None or records[task.path] != before.get(task.path)
    ]
    done = in_parallel(lambda task: _finish(f"{folder}/{task.path}", task), stale)
    records |= {task.path: record for task, (_changed, record) in zip(stale, done, strict=True)}
    changed = sum(changed for changed, _record in done)
    removed = _remove(site, before.keys() - records.keys() - set(others))
    manifest = {"files": records, "others": [path for path in others if path not in records]}
    _replace(site / _MANIFEST, json.dumps(manifest).encode())
    return Written(changed, len(tasks) - changed, removed)


class _Task(NamedTuple):
    path: str
    key: str
    make: Callable[[], bytes]


def _task(frame: Frame, page: GeneratedPage) -> _Task:
    _shell, digest = frame.shell(page.address, editable=page.editable)
    make = lambda: frame.fill(page.render()).encode("utf-8", "replace")  # noqa: E731  # one line, used once
    return _Task(file_of(page.address), page.key + digest, make)


def _finish(file: str, task: _Task) -> tuple[bool, list[Any] | None]:
    """Make a file; return whether it was written, and its record."""
    changed = _write(file, task.make())
    return changed, _record(file, task.key)


def _record(file: str, key: str) -> list[Any] | None:
    """Return what tells that a file is still the one that was written."""
    try:
        status = os.stat(file)  # noqa: PTH116  # asked of every page: a Path costs more than the question
    except OSError:
        return None
    return [key, status.st_mtime_ns, status.st_size]


def _write(file: str, data: bytes) -> bool:
    """Write a file unless it holds these bytes already; return whether it was written."""
    try:
        with open(file, "rb") as present:  # noqa: PTH123  # as for the record
            if present.read() == data:
                return False
    except OSError:
        os.makedirs(os.path.dirname(file), exist_ok=True)  # noqa: PTH103, PTH120  # as for the record
    _replace(Path(file), data)
    return True


def _replace(file: Path, data: bytes) -> None:
    """Write a file so that nobody who is served meanwhile sees half of it."""
    temporary = f"{file.parent}/.{os.getpid()}.new"  # its own name may be as long as a name can be
    with open(temporary, "wb") as stream:  # noqa: PTH123  # as for the record
        stream.write(data)
    os.replace(temporary, file)  # noqa: PTH105  # as for the record


def _remove(site: Path, paths: Iterable[str]) -> int:
    gone = 0
    for path in paths:
        file = site / path
        with suppress(OSError):
            file.unlink()
            gone += 1
            for folder in file.parents:
                if folder == site:
                    break
                folder.rmdir()
    return gone


def _read_manifest(site: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        manifest = json.loads((site / _MANIFEST).read_bytes())
        if (
            isinstance(manifest, dict)
            and isinstance(manifest.get("files"), dict)
            and isinstance(manifest.get("others"), list)
        ):
            return manifest
    return {"files": {}, "others": []}
