"""Claiming messages of the spool: no two workers have the same, and what a dead one had is free again."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from tracker.store.files import read_bytes
from tracker.store.states import State

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from tracker.store.record import Record
    from tracker.store.states import States

try:
    import fcntl
except ImportError:  # pragma: no cover  # intake needs a system with file locks
    fcntl = None  # type: ignore[assignment]  # told where a message is claimed

_ENOUGH = 64 << 20
"""In bytes: no further message is claimed together with so many."""
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


@contextmanager
def claimed(states: States, most: int, without: Container[str]) -> Iterator[list[Claim]]:
    """Claim up to `most` messages for the block; what has no outcome at its end is new again.

    Messages that a dead worker had are taken first. No more are taken than fit into memory together.

    Args:
        states: the messages.
        most: so many.
        without: those that are left to others.

    Raises:
        StorageError: the disk refuses; what was claimed is free for others all the same.
    """
    states.make_folders()
    mine: set[str] = set()
    size = 0
    with ExitStack() as locks:
        try:
            for state, identity in [(one, each) for one in _WAITING for each in states.identities(one)]:
                if len(mine) >= most or size >= _ENOUGH:
                    break
                descriptor = None if identity in without else _lock(states, state, identity)
                if descriptor is not None:
                    locks.callback(os.close, descriptor)
                    mine.add(identity)
                    size += os.fstat(descriptor).st_size
            yield [
                Claim(identity, read_bytes(states.place(State.CLAIMED, identity)), states.record(identity))
                for identity in states.identities(State.CLAIMED)
                if identity in mine
            ]
        finally:
            with states.changing():  # else a delivery may find it neither here nor there
                for identity in mine:
                    with suppress(FileNotFoundError):
                        states.place(State.CLAIMED, identity).rename(states.place(State.NEW, identity))
                locks.close()


def _lock(states: States, state: State, identity: str) -> int | None:
    """Lock a message and move it to those that are claimed; None where another worker was faster.

    The lock belongs to the file, whatever its name, so at no moment is it claimed and free.
    """
    place = states.place(state, identity)
    try:
        descriptor = os.open(place, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(descriptor), place.stat()):
            if state is not State.CLAIMED:
                place.rename(states.place(State.CLAIMED, identity))
            return descriptor
    except OSError:  # another worker holds it, or has taken it away
        pass
    os.close(descriptor)
    return None
