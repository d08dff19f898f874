"""Reading and writing files: a write is all or nothing, and nothing outside the desk is touched."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from tracker.errors import StorageError
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST_FILE = 1 << 20
"""The most bytes that a ticket may have; a larger file is not read."""

_PIECE = 1 << 18


def read_bytes(path: Path, most: int | None = None) -> bytes:
    """Return a file's bytes without following a symbolic link at its end.

    Args:
        path: the file.
        most: when given, reading stops soon after so many bytes; the caller refuses what is longer.

    Raises:
        StorageError: it cannot be read.
    """
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    )
    try:
        descriptor = os.open(path, flags)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise StorageError(_("{path} is not an ordinary file.").format(path=path))
            return _read_all(descriptor, most)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise StorageError(
            _("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror)
        ) from error


def _read_all(descriptor: int, most: int | None) -> bytes:
    chunk = os.read(descriptor, _PIECE)
    chunks, total = [chunk], len(chunk)
    while chunk and (most is None or total <= most):
        chunk = os.read(descriptor, _PIECE)
        chunks.append(chunk)
        total += len(chunk)
    return b"".join(chunks)


def write_files(root: Path, changes: Mapping[str, bytes | None]) -> None:
    """Write several files below `root`, or none of them.

    Each is written beside its place and flushed to disk first; only when all are there do they move
    to their places. A file whose bytes are None is removed, after the others are written.

    Args:
        root: the desk's root.
        changes: the new bytes by path relative to `root`, with forward slashes.

    Raises:
        StorageError: a path leads out of the desk, or the disk refuses. What stood there before stands.
    """
    waiting: list[tuple[str, Path]] = []
    try:
        for path, data in changes.items():
            target = place_of(root, path)
            if data is not None:
                target.parent.mkdir(parents=True, exist_ok=True)
                waiting.append((_write_beside(target, data), target))
        while waiting:
            temporary, target = waiting[0]
            Path(temporary).replace(target)
            waiting.pop(0)
        for path, data in changes.items():
            if data is None:
                place_of(root, path).unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        place = error.filename2 or error.filename or root
        raise StorageError(
            _("{path} cannot be written: {reason}.").format(path=place, reason=reason)
        ) from error
    finally:
        for temporary, _target in waiting:
            Path(temporary).unlink(missing_ok=True)
    _flush_folders({place_of(root, path).parent for path in changes})


def _write_beside(target: Path, data: bytes) -> str:
    descriptor, temporary = tempfile.mkstemp(prefix=".tracker-", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask())
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    return temporary


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _flush_folders(folders: set[Path]) -> None:
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
