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
from contextlib import ExitStack, contextmanager, suppress
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import StorageError
from tracker.store.files import flush_folders, read_bytes, write_files
from tracker.store.lock import held
from tracker.store.record import Record, read_record, write_record
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover  # intake needs a system with file locks
    fcntl = None  # type: ignore[assignment]  # told where a message is claimed

_ENDING = ".eml"
_ENOUGH = 64 << 20
"""In bytes: no further message is claimed together with so many."""


class State(StrEnum):
    """Where a message is on its way."""

    NEW = "new"
    CLAIMED = "claimed"
    DONE = "done"
    HELD = "held"
    QUARANTINE = "quarantine"


ENDS = (State.DONE, State.HELD, State.QUARANTINE)
_WAITING = (State.CLAIMED, State.NEW)


class Claim(NamedTuple):
    """A message that this process alone works on, while the lock is held.

    Attributes:
        identity: of the message.
        data: its bytes.
        record: what is known of it.
    """

    identity: str
    data: bytes
    record: Record


class Spool:
    """The messages of one desk on one machine.

    Args:
        folder: where they lie; made when the first one comes in.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def deliver(self, identity: str, data: bytes, record: Record, state: State = State.NEW) -> bool:
        """Put a message safely on the disk; return whether it is new here.

        Of one that is there already, a further recipient is noted. One that is done is known for good, even
        when its bytes are gone.

        Raises:
            StorageError: the disk refuses, so whoever brought it must keep it.
        """
        self._make_folders()
        with self._changing():
            known, is_here = read_record(self.folder, identity), self.state(identity) is not None
            if known and known.finished and not is_here:
                return False
            if known is None:
                write_record(self.folder, identity, record)
            elif missing := [one for one in record.recipients if one not in known.recipients]:
                write_record(self.folder, identity, known._replace(recipients=(*known.recipients, *missing)))
            if is_here:
                return False
            write_files(self.folder / state, {f"{identity}{_ENDING}": data}, private=True)
            return True

    def state(self, identity: str) -> State | None:
        """Return where a message is, None where it is not here."""
        return next((state for state in State if self._place(state, identity).exists()), None)

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
        return read_bytes(self._place(state, identity))

    @contextmanager
    def claimed(self, most: int, without: Container[str] = ()) -> Iterator[list[Claim]]:
        """Claim up to `most` messages for the block; what has no outcome at its end is new again.

        Messages that a dead worker had are taken first. No more are taken than fit into memory together.

        Args:
            most: so many.
            without: those that are left to others.

        Raises:
            StorageError: the disk refuses; what was claimed is free for others all the same.
        """
        self._make_folders()
        mine: set[str] = set()
        size = 0
        with ExitStack() as locks:
            try:
                for state, identity in [(one, each) for one in _WAITING for each in self.identities(one)]:
                    if len(mine) >= most or size >= _ENOUGH:
                        break
                    descriptor = None if identity in without else self._lock(state, identity)
                    if descriptor is not None:
                        locks.callback(os.close, descriptor)
                        mine.add(identity)
                        size += os.fstat(descriptor).st_size
                yield [
                    Claim(identity, read_bytes(self._place(State.CLAIMED, identity)), self.record(identity))
                    for identity in self.identities(State.CLAIMED)
                    if identity in mine
                ]
            finally:
                with self._changing():  # else a delivery may find it neither here nor there
                    for identity in mine:
                        with suppress(FileNotFoundError):
                            self._place(State.CLAIMED, identity).rename(self._place(State.NEW, identity))
                    locks.close()

    def note(self, identity: str, record: Record) -> None:
        """Keep what is known of a message, wherever it is."""
        with self._changing():
            self._keep(identity, record)

    def finish(self, identity: str, record: Record, state: State) -> None:
        """Give a claimed message its outcome; afterwards it is in one of the last states."""
        with self._changing():
            self._keep(identity, record)
            self._move(identity, State.CLAIMED, state)

    def retry(self, identity: str, record: Record) -> None:
        """Make a message new again.

        Raises:
            StorageError: it is not here.
        """
        with self._changing():
            state = self.state(identity)
            if state not in ENDS:
                raise StorageError(_("The message {identity} is at work.").format(identity=identity[:16]))
            self._keep(identity, record)
            self._move(identity, state, State.NEW)

    def drop(self, identity: str, record: Record) -> None:
        """Give a message up that is held or quarantined.

        Raises:
            StorageError: it is at work, or done.
        """
        with self._changing():
            state = self.state(identity)
            if state not in (State.HELD, State.QUARANTINE):
                raise StorageError(_("The message {identity} is not held.").format(identity=identity[:16]))
            self._keep(identity, record)
            self._move(identity, state, State.DONE)

    def clean(self, before: datetime) -> int:
        """Remove the messages that were done before an aware moment; return how many. Their records stay.

        Raises:
            StorageError: the disk refuses.
        """
        late = set(self.changed_since(State.DONE, before))
        return self._remove([one for one in self.identities(State.DONE) if one not in late])

    def clean_of(self, addresses: Iterable[str]) -> int:
        """Remove the messages that were done from and to some addresses; likewise."""
        wanted = {address.lower() for address in addresses}
        records = ((one, self.record(one)) for one in self.identities(State.DONE))
        return self._remove(
            [
                identity
                for identity, record in records
                if wanted & {one.lower() for one in (record.author, *record.recipients)}
            ]
        )

    def _remove(self, identities: Sequence[str]) -> int:
        for identity in identities:
            with self._changing():
                if self.state(identity) is State.DONE:
                    write_record(self.folder, identity, self.record(identity).cleaned())
                    self._place(State.DONE, identity).unlink(missing_ok=True)
        return len(identities)

    def _changing(self) -> AbstractContextManager[None]:
        """Hold the lock under which a record is read and written again, and a message gets its place."""
        return held(self.folder / "lock")

    def _keep(self, identity: str, record: Record) -> None:
        """Write a record that was read a while ago: the recipients that came meanwhile stay."""
        recipients = (*self.record(identity).recipients, *record.recipients)
        write_record(self.folder, identity, record._replace(recipients=tuple(dict.fromkeys(recipients))))

    def _move(self, identity: str, before: State, after: State) -> None:
        try:
            self._place(before, identity).rename(self._place(after, identity))
        except OSError as error:
            message = _("{path} cannot be written: {reason}.")
            raise StorageError(message.format(path=error.filename, reason=error.strerror)) from error
        flush_folders({self.folder / before, self.folder / after})

    def _lock(self, state: State, identity: str) -> int | None:
        """Lock a message and move it to those that are claimed; None where another worker was faster.

        The lock belongs to the file, whatever its name, so at no moment is it claimed and free.
        """
        place = self._place(state, identity)
        try:
            descriptor = os.open(place, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(descriptor), place.stat()):
                if state is not State.CLAIMED:
                    place.rename(self._place(State.CLAIMED, identity))
                return descriptor
        except OSError:  # another worker holds it, or has taken it away
            pass
        os.close(descriptor)
        return None

    def _came(self, state: State) -> Iterator[tuple[int, str]]:
        """Yield when each message in a state came in, in nanoseconds, and its identity."""
        with suppress(FileNotFoundError):
            for entry in os.scandir(self.folder / state):
                if entry.name.endswith(_ENDING) and not entry.name.startswith("."):
                    with suppress(FileNotFoundError):
                        yield entry.stat().st_mtime_ns, entry.name.removesuffix(_ENDING)

    def _place(self, state: State, identity: str) -> Path:
        return self.folder / state / f"{identity}{_ENDING}"

    def _make_folders(self) -> None:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for name in (*State, "records"):
                (self.folder / name).mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            message = _("{path} cannot be written: {reason}.")
            raise StorageError(message.format(path=error.filename, reason=error.strerror)) from error
