"""One writer at a time in a work tree. The system releases the lock of a process that dies."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tracker.errors import StorageError
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 60.0
_PAUSE = 0.02


@contextmanager
def held(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of this name while the block runs.

    Args:
        path: the lock's file, made where there is none; it stays.
        patience: for how many seconds to wait for another process.

    Raises:
        StorageError: another process holds it for longer, or the disk refuses.
    """
    descriptor = _opened(path)
    try:
        end = time.monotonic() + patience
        while not _taken(descriptor):
            if time.monotonic() > end:
                message = _("Another tracker has been writing to this desk for {seconds} seconds.")
                raise StorageError(message.format(seconds=round(patience)), _("Try again when it has ended."))
            time.sleep(_PAUSE)
        yield
    finally:
        _release(descriptor)
        os.close(descriptor)


@contextmanager
def held_if_free(path: Path) -> Iterator[bool]:
    """Hold the lock of this name while the block runs, and remove its file; False where another has it.

    Raises:
        StorageError: the disk refuses.
    """
    descriptor = _opened(path)
    free = _taken(descriptor) and _is_still(path, descriptor)
    try:
        yield free
    finally:
        if free:
            path.unlink(missing_ok=True)
        os.close(descriptor)


def _is_still(path: Path, descriptor: int) -> bool:
    """Whether a lock's file is the one that has its name: whoever held it may have removed it meanwhile."""
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _opened(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        message = _("{path} cannot be written: {reason}.").format(path=path, reason=error.strerror)
        raise StorageError(message, _("Nothing was written.")) from error


if sys.platform == "win32":
    import msvcrt

    def _taken(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _release(_descriptor: int) -> None:
        """A closed file is free."""

else:
    import fcntl

    def _taken(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _release(descriptor: int) -> None:
        """Closing is not enough where a process was forked meanwhile: it has the file open too."""
        fcntl.flock(descriptor, fcntl.LOCK_UN)
