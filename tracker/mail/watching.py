"""Keeping mailboxes in sight: what comes is fetched at once, and a server that fails is tried again."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import BrokenEnvironmentError, TrackerError
from tracker.mail.collecting import collect
from tracker.mail.fetching import Fetched, connect, fetch_new
from tracker.mail.stop import pause_after
from tracker.store.layout import CONFIGURATION

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator, Mapping

    from tracker.mail.imap import Connection
    from tracker.mail.mailroom import Mailroom
    from tracker.mail.stop import Stop
    from tracker.model.mailbox import Mailbox


class Look(NamedTuple):
    """What was found in a mailbox, and what went wrong."""

    name: str
    fetched: Fetched
    error: TrackerError | None = None


def look_into(room: Mailroom, mailboxes: Mapping[str, Mailbox]) -> Iterator[Look]:
    """Fetch from each mailbox once; what is wrong with one does not keep the others."""
    for name, mailbox in mailboxes.items():
        watched = _Watched(room, name, mailbox)
        yield watched.look()
        watched.leave()


def watch(
    room: Mailroom, chosen: Callable[[Mailroom], Mapping[str, Mailbox]], every: float, stop: Stop
) -> Iterator[Look]:
    """Fetch from mailboxes until somebody asks to stop.

    A server that can tell what comes is listened to, and asked all the same; others, and folders, are
    looked into at intervals. After a failure it takes longer each time. The settings are those of the moment,
    or the last sound ones.

    Args:
        room: where the messages go.
        chosen: returns the mailboxes by their names.
        every: seconds between two looks.
        stop: whether somebody has asked.
    """
    watched = dict[str, _Watched]()
    try:
        while not stop.is_asked:
            try:
                _follow(watched, room.again(), chosen)
            except TrackerError as error:
                yield Look(CONFIGURATION, Fetched(), error)
            for one in watched.values():
                if one.is_due() and not stop.is_asked:
                    look = one.look()
                    yield look
                    one.settle(0 if look.fetched.new else every)
            sockets = [one.listening for one in watched.values() if one.listening]
            due = min((one.due for one in watched.values()), default=monotonic() + every)
            ready = stop.wait(due - monotonic(), sockets)
            for one in watched.values():
                if one.listening in ready:
                    one.due = 0
    finally:
        for one in watched.values():
            one.leave()


def _follow(
    watched: dict[str, _Watched], room: Mailroom, chosen: Callable[[Mailroom], Mapping[str, Mailbox]]
) -> None:
    """Watch what the settings say now; a mailbox that is as it was keeps its connection."""
    mailboxes = chosen(room)
    for name in [name for name, one in watched.items() if one.mailbox != mailboxes.get(name)]:
        watched.pop(name).leave()
    for name, mailbox in mailboxes.items():
        watched.setdefault(name, _Watched(room, name, mailbox)).room = room


class _Watched:
    """A mailbox that is looked into again and again, on one connection while that lasts."""

    def __init__(self, room: Mailroom, name: str, mailbox: Mailbox) -> None:
        self.room, self.name, self.mailbox = room, name, mailbox
        self.connection: Connection | None = None
        self.listening: socket.socket | None = None
        self.due = 0.0
        self.failures = 0

    def is_due(self) -> bool:
        return self.due <= monotonic()

    def look(self) -> Look:
        """Fetch what is new."""
        self.listening = None
        try:
            fetched = self._fetch()
        except BrokenEnvironmentError as error:
            self.leave()
            self.failures += 1
            return Look(self.name, Fetched(), error)
        self.failures = 0
        return Look(self.name, fetched, fetched.refusal)

    def _fetch(self) -> Fetched:
        if self.mailbox.host is None:
            return collect(self.room, self.name, self.mailbox)
        if self.connection is None:
            self.connection = connect(self.room, self.name, self.mailbox)
        else:
            self.connection.end_waiting()
        return fetch_new(self.room, self.name, self.connection)

    def settle(self, pause: float) -> None:
        """Say when to look again: after a pause, or, if the server tells of something, at once."""
        if self.connection and pause and not self.failures:
            try:
                self.listening = self.connection.begin_waiting()
            except BrokenEnvironmentError:  # if it lasts, the next look tells it
                self.leave()
                pause = pause_after(1)
        self.due = monotonic() + (pause_after(self.failures) if self.failures else pause)

    def leave(self) -> None:
        """Hang up."""
        if self.connection:
            self.connection.close()
        self.connection = self.listening = None
