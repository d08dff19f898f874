"""The messages of one desk on one machine: each comes in once, and gets one outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import StorageError
from tracker.store.claiming import Claim, claimed
from tracker.store.files import flush_folders, write_files
from tracker.store.record import Record, read_record, write_record
from tracker.store.states import State, States
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

__all__ = ["Claim", "Spool", "State"]

_ENDS = (State.DONE, State.HELD, State.QUARANTINE)


class Spool(States):
    """The messages of one desk on one machine.

    Args:
        folder: where they lie; made when the first one comes in.
    """

    def deliver(self, identity: str, data: bytes, record: Record, state: State = State.NEW) -> bool:
        """Put a message safely on the disk; return whether it is new here.

        Of one that is there already, a further recipient is noted. One that is done is known for good, even
        when its bytes are gone.

        Raises:
            StorageError: the disk refuses, so whoever brought it must keep it.
        """
        self.make_folders()
        with self.changing():
            known, is_here = read_record(self.folder, identity), self.state(identity) is not None
            if known and known.finished and not is_here:
                return False
            if known is None:
                write_record(self.folder, identity, record)
            elif missing := [one for one in record.recipients if one not in known.recipients]:
                write_record(self.folder, identity, known._replace(recipients=(*known.recipients, *missing)))
            if is_here:
                return False
            place = self.place(state, identity)
            write_files(place.parent, {place.name: data}, private=True)
            return True

    def claimed(self, most: int, without: Container[str] = ()) -> AbstractContextManager[list[Claim]]:
        """Claim up to `most` messages for the block, see `tracker.store.claiming`."""
        return claimed(self, most, without)

    def note(self, identity: str, record: Record) -> None:
        """Keep what is known of a message, wherever it is."""
        with self.changing():
            self._keep(identity, record)

    def finish(self, identity: str, record: Record, state: State) -> None:
        """Give a claimed message its outcome; afterwards it is in one of the last states."""
        with self.changing():
            self._keep(identity, record)
            self._move(identity, State.CLAIMED, state)

    def retry(self, identity: str, record: Record) -> None:
        """Make a message new again.

        Raises:
            StorageError: it is not here.
        """
        with self.changing():
            state = self.state(identity)
            if state not in _ENDS:
                raise StorageError(_("The message {identity} is at work.").format(identity=identity[:16]))
            self._keep(identity, record)
            self._move(identity, state, State.NEW)

    def drop(self, identity: str, record: Record) -> None:
        """Give a message up that is held or quarantined.

        Raises:
            StorageError: it is at work, or done.
        """
        with self.changing():
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
            with self.changing():
                if self.state(identity) is State.DONE:
                    write_record(self.folder, identity, self.record(identity).cleaned())
                    self.place(State.DONE, identity).unlink(missing_ok=True)
        return len(identities)

    def _keep(self, identity: str, record: Record) -> None:
        """Write a record that was read a while ago: the recipients that came meanwhile stay."""
        recipients = (*self.record(identity).recipients, *record.recipients)
        write_record(self.folder, identity, record._replace(recipients=tuple(dict.fromkeys(recipients))))

    def _move(self, identity: str, before: State, after: State) -> None:
        try:
            self.place(before, identity).rename(self.place(after, identity))
        except OSError as error:
            message = _("{path} cannot be written: {reason}.")
            raise StorageError(message.format(path=error.filename, reason=error.strerror)) from error
        flush_folders({self.folder / before, self.folder / after})
