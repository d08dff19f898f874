"""Where messages lie until their outcome is certain: each is one file, and its state is the folder it is in.

    new/         nobody has looked at it yet
    claimed/     a worker has it, and holds a lock on the file: the system releases that of one that dies
    done/        its outcome is where it should be
    held/        a person has to decide
    quarantine/  it cannot be read, or failed again and again
    records/     what is known of each: how it came in, how often it was tried, its outcome

A message gets from one state to the next by a rename, after its record was written. Names are digests, so
the same message is one file however often it comes in. (A Maildir works in the same way:
https://cr.yp.to/proto/maildir.html.)
"""

from __future__ import annotations

import os
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.errors import StorageError
from tracker.store.files import read_bytes
from tracker.store.lock import held
from tracker.store.record import Record, read_record
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

_ENDING = ".eml"


class State(StrEnum):
    """Where a message is on its way."""

    NEW = "new"
    CLAIMED = "claimed"
    DONE = "done"
    HELD = "held"
    QUARANTINE = "quarantine"


class States:
    """Which messages are in which state, on one machine.

    Args:
        folder: where they lie; made when the first one comes in.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def state(self, identity: str) -> State | None:
        """Return where a message is, None where it is not here."""
        return next((state for state in State if self.place(state, identity).exists()), None)

    def identities(self, state: State) -> list[str]:
        """Return the messages in a state, those first that came in first."""
        return [identity for _time, identity in sorted(self._came(state))]

    @property
    def waits(self) -> bool:
        """Whether there are messages without an outcome, be it that another worker has them."""
        return any(self.identities(state) for state in (State.NEW, State.CLAIMED))

    def waiting(self) -> list[str]:
        """Return the messages without an outcome, those first that came in first.

        One that gets from one state to another while they are listed is among them.
        """
        came: dict[str, int] = {}
        for state in (State.NEW, State.CLAIMED, State.NEW):
            came |= {identity: time for time, identity in self._came(state)}
        return sorted(came, key=lambda identity: (came[identity], identity))

    def changed_since(self, state: State, moment: datetime) -> Iterator[str]:
        """Yield the messages that came into a state after an aware moment."""
        seconds = moment.timestamp()
        with suppress(FileNotFoundError):
            for entry in os.scandir(self.folder / state):
                with suppress(FileNotFoundError):
                    if entry.name.endswith(_ENDING) and entry.stat().st_ctime >= seconds:
                        yield entry.name.removesuffix(_ENDING)

    def record(self, identity: str) -> Record:
        """Return what is known of a message; of one without a record, nothing."""
        return read_record(self.folder, identity) or Record()

    def data(self, identity: str) -> bytes:
        """Return the bytes of a message.

        Raises:
            StorageError: it is not here, or cannot be read.
        """
        state = self.state(identity)
        if state is None:
            raise StorageError(_("The message {identity} is no longer here.").format(identity=identity[:16]))
        return read_bytes(self.place(state, identity))

    def _came(self, state: State) -> Iterator[tuple[int, str]]:
        """Yield when each message in a state came in, in nanoseconds, and its identity."""
        with suppress(FileNotFoundError):
            for entry in os.scandir(self.folder / state):
                if entry.name.endswith(_ENDING) and not entry.name.startswith("."):
                    with suppress(FileNotFoundError):
                        yield entry.stat().st_mtime_ns, entry.name.removesuffix(_ENDING)

    def place(self, state: State, identity: str) -> Path:
        """Return where a message is in a state, or would be."""
        return self.folder / state / f"{identity}{_ENDING}"

    def changing(self) -> AbstractContextManager[None]:
        """Hold the lock under which a record is read and written again, and a message gets its place."""
        return held(self.folder / "lock")

    def make_folders(self) -> None:
        """Make the folder of each state.

        Raises:
            StorageError: the disk refuses.
        """
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for name in (*State, "records"):
                (self.folder / name).mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            message = _("{path} cannot be written: {reason}.")
            raise StorageError(message.format(path=error.filename, reason=error.strerror)) from error
