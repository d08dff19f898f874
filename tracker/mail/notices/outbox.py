"""Mail on its way out: each is one file, and its state is the folder it is in.

    batches/RUN/  made, but not to be sent before the ref says that this run has told it
    new/          to be sent
    tried/        to be sent, though it could not be: modified when it was tried first, read when last
    sent/         the server has it
    failed/       the server refused it for good

Its first line is the envelope. The name of a file is a digest of what happened and of who is told: so
nothing is told twice. Files get from one state to the next by a rename.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from hashlib import sha256
from math import inf
from time import time
from typing import TYPE_CHECKING

from tracker.errors import StorageError
from tracker.store.files import flush_folders, read_bytes, write_files
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

NEW, TRIED, SENT, FAILED = "new", "tried", "sent", "failed"
_WAITING = (NEW, TRIED)
_BATCHES = "batches"
_SHORTEST_PAUSE, _LONGEST_PAUSE = 60.0, 4 * 3600.0
"""In seconds: how long a mail is left alone after it could not be sent (RFC 5321, 4.5.4.1)."""
_NAME = re.compile(r"[0-9a-f]{24}\.[0-9a-f]{16}\.mail")


def name_of(key: str, address: str) -> str:
    """Return the name of a mail: what it tells, and to whom."""
    told = sha256(f"{key}\0{address.lower()}".encode("utf-8", "surrogateescape")).hexdigest()
    return f"{told[:24]}.{_digest(address)}.mail"


class Outbox:
    """The mail of one desk on its way out, on one machine.

    Args:
        folder: where it lies; made when the first one is written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def batches(self) -> list[str]:
        """Return the runs that died before their mail could be sent, or thrown away."""
        place = self.folder / _BATCHES
        return sorted(one.name for one in place.iterdir()) if place.is_dir() else []

    def stage(self, run: str, mails: Mapping[str, bytes]) -> None:
        """Put the mail of a run safely on the disk.

        Raises:
            StorageError: the disk refuses.
        """
        self._make_folders(f"{_BATCHES}/{run}")
        write_files(self.folder, {f"{_BATCHES}/{run}/{name}": data for name, data in mails.items()})

    def release(self, run: str) -> None:
        """Let the mail of a run be sent; what is or was on its way already is not sent again.

        Raises:
            StorageError: the disk refuses.
        """
        self._make_folders(NEW)
        place = self.folder / _BATCHES / run
        for file in sorted(place.iterdir()):
            if self.knows(file.name) or not _NAME.fullmatch(file.name):
                file.unlink()
            else:
                _move(file, self.folder / NEW / file.name)
        flush_folders({self.folder / NEW})
        place.rmdir()

    def knows(self, name: str) -> bool:
        """Whether a mail is or was lately on its way."""
        return any((self.folder / state / name).exists() for state in (*_WAITING, SENT, FAILED))

    def discard(self, run: str) -> None:
        """Throw the mail of a run away: another machine has told it."""
        place = self.folder / _BATCHES / run
        for file in place.iterdir():
            file.unlink()
        place.rmdir()

    def waiting(self) -> list[str]:
        """Return the names of what is to be sent, what waits longest first."""
        return [name for _since, name in sorted(one for state in _WAITING for one in self._in(state))]

    def due(self, now: datetime) -> list[str]:
        """Return those of them that may be tried now: the older a mail, the longer it is left alone."""
        return [name for name in self.waiting() if self._rested(name, now) >= self._pause(name, now)]

    def data(self, name: str) -> bytes:
        """Return a mail that is to be sent.

        Raises:
            StorageError: it cannot be read.
        """
        return read_bytes(self._place(name))

    def age(self, name: str, now: datetime) -> float:
        """Return how many seconds ago it was tried for the first time to send a mail."""
        place = self._place(name)
        return now.timestamp() - place.stat().st_mtime if place.parent.name == TRIED else 0.0

    def finish(self, name: str, state: str) -> None:
        """Note that a mail is sent, or failed, or was tried.

        Raises:
            StorageError: the disk refuses.
        """
        place, target = self._place(name), self.folder / state / name
        if place == target:  # since when it is tried stays
            with suppress(OSError):
                os.utime(target, (time(), target.stat().st_mtime))
            return
        self._make_folders(state)
        _move(place, target)
        with suppress(OSError):
            os.utime(target)
        flush_folders({place.parent, target.parent})

    def _rested(self, name: str, now: datetime) -> float:
        """Return for how many seconds a mail was left alone, whether or not the clock was put back."""
        place = self._place(name)
        return abs(now.timestamp() - place.stat().st_atime) if place.parent.name == TRIED else inf

    def _pause(self, name: str, now: datetime) -> float:
        return min(max(self.age(name, now) / 2, _SHORTEST_PAUSE), _LONGEST_PAUSE)

    def sent_since(self, moment: datetime) -> list[str]:
        """Return to whom something was sent since an aware moment, as `recipient_of` says it."""
        return [recipient_of(name) for since, name in self._in(SENT) if since >= moment.timestamp()]

    def forget(self, moment: datetime) -> None:
        """Remove what was sent, or failed, before an aware moment."""
        for state in (SENT, FAILED):
            for since, name in self._in(state):
                if since < moment.timestamp():
                    (self.folder / state / name).unlink(missing_ok=True)

    def clean_of(self, addresses: Iterable[str]) -> int:
        """Remove what was sent, or failed, to some addresses, however lately; return how many."""
        wanted = {_digest(address) for address in addresses}
        found = [
            self.folder / state / name
            for state in (SENT, FAILED)
            for _since, name in self._in(state)
            if recipient_of(name) in wanted
        ]
        for file in found:
            file.unlink(missing_ok=True)
        return len(found)

    def _place(self, name: str) -> Path:
        """Return the file of a mail that is to be sent."""
        tried = self.folder / TRIED / name
        return tried if tried.exists() else self.folder / NEW / name

    def _in(self, state: str) -> Iterator[tuple[float, str]]:
        with suppress(FileNotFoundError):
            for entry in os.scandir(self.folder / state):
                if _NAME.fullmatch(entry.name):
                    yield entry.stat().st_mtime, entry.name

    def _make_folders(self, name: str) -> None:
        try:
            (self.folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            message = _("{path} cannot be written: {reason}.")
            raise StorageError(message.format(path=error.filename, reason=error.strerror)) from error


def recipient_of(name: str) -> str:
    """Return what stands for the recipient in the name of a mail."""
    return name.split(".")[1]


def _digest(address: str) -> str:
    return sha256(address.lower().encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _move(file: Path, target: Path) -> None:
    try:
        file.replace(target)
    except OSError as error:
        message = _("{path} cannot be written: {reason}.")
        raise StorageError(message.format(path=error.filename, reason=error.strerror)) from error
