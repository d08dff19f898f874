"""Writing pages into the built website: only what changed, and removing what is gone."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.errors import StorageError
from tracker.parallel import in_parallel
from tracker.translation import _
from tracker.viewer.manifest import FORMAT, MANIFEST, read_manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from tracker.viewer.attachments import Attachment
    from tracker.viewer.shell import Frame, Page


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """A page that is made only when it must be.

    Attributes:
        address: where it is, relative to the website's root.
        key: returns a digest of everything that the page shows, given the ids that its texts name.
        render: makes it.
        editable: whether it has an edit address.
        light: whether it has as little as possible of the theme around it.
    """

    address: str
    key: Callable[[Sequence[str]], str]
    render: Callable[[], Page]
    editable: bool = False
    light: bool = False


class GeneratedFile(NamedTuple):
    """A file that needs no theme and is made only when it must be.

    Attributes:
        path: its place in the website.
        key: a digest of everything that it holds.
        make: makes its bytes.
    """

    path: str
    key: str
    make: Callable[[], bytes]


class Written(NamedTuple):
    """How many files were written, were right already, and were removed."""

    written: int
    unchanged: int
    removed: int


def file_of(address: str) -> str:
    """Return the file that a web server gives for an address."""
    return f"{address}index.html" if address.endswith("/") or not address else address


class Content(NamedTuple):
    """What a website holds beside what MkDocs writes.

    Attributes:
        pages: every page.
        attachments: the files to copy, by their place in the website.
        files: what needs no theme; none replaces what MkDocs writes.
        others: what MkDocs itself writes into our folders.
        state: a digest of everything that the pages are made of.
        manifest: the name of the list of what was written.
    """

    pages: Iterable[GeneratedPage]
    attachments: Mapping[str, Attachment]
    files: Iterable[GeneratedFile]
    others: Iterable[str]
    state: str
    manifest: str = MANIFEST


def write_pages(site: Path, frame: Frame, content: Content) -> Written:
    """Write all pages and attachments into the website's folder, and remove those that are gone."""
    manifest = read_manifest(site, content.manifest)
    before = manifest["files"]
    tasks = [_page_task(frame, page) for page in content.pages]
    tasks += [_file_task(path, file.state, file.read) for path, file in content.attachments.items()]
    kept = set(content.others)
    tasks += [_file_task(*file) for file in content.files if file.path not in kept]
    tasks = _side_by_side(tasks)
    folder = os.fspath(site)
    for task in tasks:
        if ".." in task.path.replace("\\", "/").split("/") or task.path.startswith("/"):
            raise StorageError(_("{path} leads out of the website.").format(path=task.path))
    stamps = repr((content.state, [(task.path, task.stamp) for task in tasks], sorted(kept)))
    whole_state = blake2b(stamps.encode("utf-8", "surrogateescape")).hexdigest()
    if manifest.get("state") == whole_state and all(_is_there(folder, task.path, before) for task in tasks):
        return Written(0, len(tasks), 0)
    done = in_parallel(lambda task: _finish(f"{folder}/{task.path}", task, before.get(task.path)), tasks)
    records = {
        task.path: before[task.path] if record is None else record
        for task, (_changed, record) in zip(tasks, done, strict=True)
    }
    changed = sum(changed for changed, _record in done)
    removed = _remove(site, before.keys() - records.keys() - kept)
    foreign = [path for path in content.others if path not in records]
    manifest = {"format": FORMAT, "state": whole_state, "files": records, "others": foreign}
    _replace(os.fspath(site / content.manifest), json.dumps(manifest).encode())
    return Written(changed, len(tasks) - changed, removed)


class _Task(NamedTuple):
    """A file to be made.

    Attributes:
        path: its place in the website.
        stamp: what is known at once of what it depends on.
        key: as that of a page.
        make: makes its bytes, and tells the ids that its texts name.
    """

    path: str
    stamp: str
    key: Callable[[Sequence[str]], str]
    make: Callable[[], tuple[bytes, Sequence[str]]]


def _side_by_side(tasks: list[_Task]) -> list[_Task]:
    """Return tasks with those of one ticket together: whoever makes them reads its conversation once."""
    first: dict[str, int] = {}
    stems = (task.path.removesuffix("/index.html").removesuffix(".html") for task in tasks)
    places = [first.setdefault(stem.removesuffix(".json"), place) for place, stem in enumerate(stems)]
    return [tasks[place] for place in sorted(range(len(tasks)), key=places.__getitem__)]


def _page_task(frame: Frame, page: GeneratedPage) -> _Task:
    _shell, digest = frame.shell(page.address, editable=page.editable, light=page.light)

    def make() -> tuple[bytes, Sequence[str]]:
        made = page.render()
        return frame.fill(made, light=page.light).encode("utf-8", "replace"), made.names

    return _Task(file_of(page.address), digest, lambda names: page.key(names) + digest, make)


def _file_task(path: str, key: str, make: Callable[[], bytes]) -> _Task:
    return _Task(path, key, lambda _names: key, lambda: (make(), ()))


def _is_there(folder: str, path: str, records: Mapping[str, list[Any]]) -> bool:
    """Whether a file is still the one that was written."""
    record = records.get(path)
    return record is not None and record == _record(f"{folder}/{path}", record[0], record[-1])


def _finish(file: str, task: _Task, before: list[Any] | None) -> tuple[bool, list[Any] | None]:
    """Make a file unless a record tells that it is right; return whether it was written, and its record."""
    if before and before == _record(file, task.key(before[-1]), before[-1]):
        return False, None
    data, names = task.make()
    changed = _write(file, data)
    return changed, _record(file, task.key(names), names)


def _record(file: str, key: str, names: Sequence[str]) -> list[Any] | None:
    """Return what tells that a file is still the one that was written."""
    try:
        status = os.stat(file)  # noqa: PTH116  # asked of every page: a Path costs more than the question
    except OSError:
        return None
    return [key, status.st_mtime_ns, status.st_size, list(names)]


def _write(file: str, data: bytes) -> bool:
    """Write a file unless it holds these bytes already; return whether it was written."""
    try:
        with open(file, "rb", buffering=0) as present:  # noqa: PTH123  # as for the record
            if present.read() == data:
                return False
    except OSError:
        folder = os.path.dirname(file)  # noqa: PTH120  # as for the record
        try:
            os.mkdir(folder)  # noqa: PTH102  # as for the record
        except OSError:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103  # as for the record
        with suppress(OSError), open(file, "xb", buffering=0) as new:  # noqa: PTH123  # as for the record
            if new.write(data) == len(data):
                return True
    _replace(file, data)
    return True


def _replace(file: str, data: bytes) -> None:
    """Write a file so that nobody who is served meanwhile sees half of it."""
    folder = os.path.dirname(file)  # noqa: PTH120  # as for the record
    temporary = f"{folder}/.{os.getpid()}.new"  # its own name may be as long as a name can be
    with open(temporary, "wb", buffering=0) as stream:  # noqa: PTH123  # as for the record
        written = stream.write(data)
        while written < len(data):
            written += stream.write(data[written:])
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
