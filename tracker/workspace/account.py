"""What the history tells of a ticket as it is now, and how that is kept."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.history.event import Event, Kind
from tracker.history.reason import Reason
from tracker.service_levels.reading import Reading, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_WATCHERS = '"watchers"'
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Landed(NamedTuple):
    """What one commit did to a ticket.

    Attributes:
        time: when it landed; aware.
        who: the name of its author.
        events: what happened. Those about a comment that is gone or changed have what its file said when it
            came as `old`.
    """

    time: datetime
    who: str
    events: Sequence[Event]


class Account(NamedTuple):
    """What the history tells of a ticket.

    Attributes:
        reasons: why its fields hold what they do, or nothing, by their names.
        readings: what each of its clocks says, the last time that it ran. Of one that runs, the state and the
            moments are those of now; what is used of its target is what was when that was counted.
        landed: what commits did to it, the oldest first.
    """

    reasons: Mapping[str, Reason]
    readings: Sequence[Reading]
    landed: Sequence[Landed] = ()


def watched(landed: Iterable[Landed]) -> set[str]:
    """Return the addresses that came to the watchers of a ticket, or went, by what commits did to it."""
    events = (event for one in landed for event in one.events if event.field == "watchers")
    return {
        value
        for event in events
        for value in (event.old, event.new)
        if isinstance(value, str) and "@" in value
    }


class Kept(NamedTuple):
    """An account as JSON has it.

    Attributes:
        digest: of the ticket's file.
        until: when it must be told anew, in seconds since 1970; None for never.
        reasons: why.
        readings: what the clocks say.
        landed: what commits did, as one text of JSON: it is read where a page is made, which is seldom.
        latest: when the last of them landed, in seconds since 1970; None where there is none.
    """

    digest: str
    until: float | None
    reasons: Sequence[Any]
    readings: Sequence[Any]
    landed: str
    latest: int | None

    def holds(self, digest: str, now: datetime) -> bool:
        """Whether it is about a file of this digest at a moment."""
        return self.digest == digest and (self.until is None or now.timestamp() < self.until)

    def account(self) -> Account:
        """Return the account."""
        given = {field: Reason(ticket, field, *rest) for ticket, field, *rest in self.reasons}
        return Account(given, [*map(_reading, self.readings)], [*map(_landed, json.loads(self.landed))])


class Accounts:
    """What the history tells of the tickets of a desk.

    Args:
        kept: of each, by its file.
    """

    def __init__(self, kept: Mapping[str, Kept]) -> None:
        self._kept = kept

    @cached_property
    def digest(self) -> str:
        """Changes with everything that is told."""
        return digest_of([(path, self.state(path)) for path in sorted(self._kept)])

    def state(self, path: str) -> object:
        """Return what changes whenever that does which is told of the ticket in a file."""
        kept = self._kept.get(path)
        return kept and kept[2:]

    def updated(self, path: str) -> datetime | None:
        """Return when the ticket in a file last changed on the branch; None where that is not told."""
        kept = self._kept.get(path)
        return datetime.fromtimestamp(kept.latest, UTC) if kept and kept.latest is not None else None

    def readings(self, path: str) -> list[Reading]:
        """Return what the clocks of the ticket in a file say, without the rest of what is told."""
        kept = self._kept.get(path)
        return [*map(_reading, kept.readings)] if kept else []

    def watchers(self) -> Iterator[tuple[str, str]]:
        """Yield the addresses by which somebody ever watched a ticket, each with the ticket’s file."""
        for path, kept in self._kept.items():
            if _WATCHERS in kept.landed and "@" in kept.landed:
                yield from ((path, address) for address in watched(kept.account().landed))

    def of(self, path: str) -> Account:
        """Return what is told of the ticket in a file."""
        kept = self._kept.get(path)
        return kept.account() if kept else Account({}, ())


def kept(digest: str, account: Account, until: datetime | None) -> Kept:
    """Return an account as it is kept, of a file of this digest, until a moment."""
    reasons = [[*reason] for reason in account.reasons.values()]
    landed = [
        [int(time.timestamp()), who, [_plain_event(event) for event in events]]
        for time, who, events in account.landed
    ]
    seconds = until.timestamp() if until else None
    latest = int(account.landed[-1].time.timestamp()) if account.landed else None
    return Kept(digest, seconds, reasons, [*map(_plain, account.readings)], _encode(landed), latest)


def digest_of(value: object) -> str:
    """Return a digest of a value, which changes with what Python writes of it."""
    return blake2b(repr(value).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _plain(reading: Reading) -> list[Any]:
    spans = [span.total_seconds() for span in (reading.target, reading.elapsed, reading.warn)]
    moments = [moment and moment.isoformat() for moment in (reading.start, reading.due, reading.ended)]
    return [reading.clock, reading.policy, reading.state.value, spans, moments]


def _reading(plain: Sequence[Any]) -> Reading:
    clock, policy, state, spans, moments = plain
    target, elapsed, warn = (timedelta(seconds=span) for span in spans)
    start, due, ended = (moment and datetime.fromisoformat(moment) for moment in moments)
    return Reading(clock, policy, State(state), target, elapsed, start, due, ended, warn)


def _plain_event(event: Event) -> list[Any]:
    return [event.kind.value, event.field, event.old, event.new, *map(list, event.reasons)]


def _landed(plain: Sequence[Any]) -> Landed:
    time, who, events = plain
    told = (
        Event(0, Kind(kind), field, old, new, tuple(map(Reason._make, reasons)))
        for kind, field, old, new, *reasons in events
    )
    return Landed(datetime.fromtimestamp(time, UTC), who, [*told])
