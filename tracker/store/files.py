"""Reading and writing files: a write is all or nothing, and nothing outside the desk is touched."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from tracker.errors import StorageError
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

_PIECE = 1 << 18
_TEMPORARY = ".tracker-"
_FLAGS = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
)


def read_bytes(path: Path | str, most: int | None = None) -> bytes:
    """Return a file's bytes without following a symbolic link at its end.

    Args:
        path: the file.
        most: when given, reading stops soon after so many bytes; the caller refuses what is longer.

    Raises:
        StorageError: it cannot be read.
    """
    try:
        descriptor = os.open(path, _FLAGS)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise StorageError(_("{path} is not an ordinary file.").format(path=path))
            return _read_all(descriptor, status.st_size, most)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise StorageError(
            _("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror)
        ) from error


def _read_all(descriptor: int, size: int, most: int | None) -> bytes:
    """Read a file that was `size` bytes long a moment ago, to its end or to soon after `most` bytes."""
    chunks, total = [], 0
    while most is None or total <= most:
        expected = size + 1 - total if total <= size else _PIECE
        chunk = os.read(descriptor, expected if most is None else min(expected, most + 1 - total))
        chunks.append(chunk)
        total += len(chunk)
        if not chunk or total == size:
            break
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def write_files(
    root: Path, changes: Mapping[str, bytes | None], *, fresh: Container[str] = (), private: bool = False
) -> None:
    """Write several files below `root`, or none of them.

    Each is written beside its place and flushed to disk first; only when all are there do they move
    to their places. A file whose bytes are None is removed, after the others are written.

    Args:
        root: the desk's root.
        changes: the new bytes by path relative to `root`, with forward slashes.
        fresh: the paths that must be new; nothing is replaced there, whoever was faster.
        private: whether what is new is for its owner only, whatever the umask.

    Raises:
        StorageError: a path leads out of the desk, a fresh file is there already, or the disk refuses.
            What stood there before stands again.
    """
    targets = {path: place_of(root, path) for path in changes}
    new = {target for path, target in targets.items() if path in fresh}
    temporaries: dict[Path, str] = {}
    done: list[tuple[Path, bytes | None]] = []
    try:
        for path, data in changes.items():
            if data is not None:
                _make_folder(targets[path].parent, 0o700 if private else 0o777)
                temporaries[targets[path]] = _write_beside(targets[path], data, private=private)
        for target, temporary in temporaries.items():
            before = None if target in new or not target.exists() else target.read_bytes()
            _put(temporary, target, fresh=target in new)
            done.append((target, before))
        for path, data in changes.items():
            if data is None and targets[path].exists():
                before = targets[path].read_bytes()
                targets[path].unlink()
                done.append((targets[path], before))
    except OSError as error:
        _undo(done)
        place, reason = error.filename2 or error.filename or root, error.strerror or str(error)
        message = _("{path} cannot be written: {reason}.").format(path=place, reason=reason)
        raise StorageError(message, _("Nothing was written.")) from error
    finally:
        for temporary in temporaries.values():
            Path(temporary).unlink(missing_ok=True)
    flush_folders({target.parent for target in targets.values()})
    _remove_empty({targets[path].parent for path, data in changes.items() if data is None}, root)


def _put(temporary: str, target: Path, *, fresh: bool) -> None:
    """Move a finished file to its place; a fresh one by a link, which fails when something is there."""
    if not fresh:
        Path(temporary).replace(target)
        return
    try:
        target.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if target.exists():
            raise
        Path(temporary).replace(target)


def _undo(done: Iterable[tuple[Path, bytes | None]]) -> None:
    """Bring back what stood there, the last change first."""
    for target, before in reversed(list(done)):
        with suppress(OSError):
            if before is None:
                target.unlink()
            else:
                Path(_write_beside(target, before)).replace(target)


def _make_folder(folder: Path, mode: int) -> None:
    """Make a folder, and those above it that are missing."""
    if not folder.is_dir():
        _make_folder(folder.parent, mode)
        folder.mkdir(mode, exist_ok=True)


def _write_beside(target: Path, data: bytes, *, private: bool = False) -> str:
    descriptor, temporary = tempfile.mkstemp(prefix=_TEMPORARY, dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            Path(temporary).chmod(stat.S_IMODE(target.stat().st_mode))
        elif not private:
            Path(temporary).chmod(0o666 & ~_umask())
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    return temporary


def forget_temporaries(root: Path, paths: Iterable[str]) -> None:
    """Remove the half-written files that a killed process left beside these paths."""
    for folder in {place_of(root, path).parent for path in paths}:
        for temporary in folder.glob(f"{_TEMPORARY}*"):
            temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _remove_empty(folders: set[Path], root: Path) -> None:
    """Git keeps no empty folder, so none is left behind."""
    for folder in folders:
        with suppress(OSError):
            while folder != root:
                folder.rmdir()
                folder = folder.parent  # noqa: PLW2901  # upwards, to the first that holds something


def flush_folders(folders: set[Path]) -> None:
    """A rename is on the disk only when its folder is; where folders cannot be opened, nothing is to do."""
    for folder in folders:
        if os.name == "posix" and folder.is_dir():
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def place_of(root: Path, path: str) -> Path:
    """Return where a path of the desk is on disk.

    Raises:
        StorageError: it would lead out of the desk, by `..` or through a symbolic link.
    """
    parts = PurePosixPath(path).parts
    target = root
    for part in parts:
        target = target / part
        if part in ("..", "/") or "\\" in part or ":" in part or "\0" in part or target.is_symlink():
            raise StorageError(
                _("{path} leads out of the desk.").format(path=path), _("Nothing was written.")
            )
    return target
