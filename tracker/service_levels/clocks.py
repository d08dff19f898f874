"""The clocks of a ticket: from when to when each of them runs."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

FIRST_RESPONSE, NEXT_UPDATE, RESOLUTION = "first_response", "next_update", "resolution"


class Stretch(NamedTuple):
    """From a moment to another; None for an end that has not come."""

    start: datetime
    end: datetime | None


class Clock(NamedTuple):
    """What measures how long somebody waits.

    Attributes:
        name: which one it is.
        start: when it began: what was promised then counts.
        end: when that came for which it waits; None where it has not.
        runs: the stretches in which it ran; the last one has no end where it runs on.
    """

    name: str
    start: datetime
    end: datetime | None
    runs: Sequence[Stretch]


class Statuses(NamedTuple):
    """What a desk says of its statuses: whether one asks for work, and whether clocks run in it."""

    is_open: Callable[[str], bool]
    runs: Callable[[str], bool]


def clocks(
    statuses: Iterable[tuple[datetime, str]], answers: Iterable[datetime], desk: Statuses, now: datetime
) -> list[Clock]:
    """Return the clocks of a ticket, as they are known at a moment, in order of their beginnings.

    The first response waits for a public answer, and ends when the ticket is resolved without one. The
    resolution waits until the ticket is resolved; when it is opened again, it goes on. From the first answer
    on, each answer begins a clock that waits for the next one, and so does each time that the ticket is
    opened again; the resolution ends it. A ticket that came resolved has none until it is opened again, and
    never one of its first response.

    Args:
        statuses: what the status was from when on, the oldest first; the first was when it was filed.
        answers: when somebody of the desk answered so that the requester can read it.
        desk: what it says of its statuses.
        now: what happens later is not known.
    """
    known = [(time, status) for time, status in statuses if time <= now]
    opened = _stretches(known, desk.is_open)
    if not opened:
        return []
    filed, runs = known[0][0], _stretches(known, desk.runs)
    said = sorted(time for time in answers if time <= now)
    found = [_clock(RESOLUTION, Stretch(filed, opened[-1].end), runs)]
    if opened[0].start == filed:
        ends = [time for time in (*said[:1], opened[0].end) if time is not None]
        found.append(_clock(FIRST_RESPONSE, Stretch(filed, min(ends, default=None)), runs))
    for place, stretch in enumerate(opened):
        fresh = place == 0 and stretch.start == filed
        waits = _waits(stretch, [] if fresh else [stretch.start], said)
        found += (_clock(NEXT_UPDATE, wait, runs) for wait in waits)
    return sorted(found, key=lambda clock: clock.start)


def _stretches(statuses: Sequence[tuple[datetime, str]], holds: Callable[[str], bool]) -> list[Stretch]:
    """Return from when to when something held of the status."""
    found: list[Stretch] = []
    since = None
    for time, status in statuses:
        held = holds(status)
        if held and since is None:
            since = time
        elif not held and since is not None:
            found.append(Stretch(since, time))
            since = None
    return found if since is None else [*found, Stretch(since, None)]


def _waits(opened: Stretch, first: list[datetime], answers: Iterable[datetime]) -> Iterator[Stretch]:
    """Yield what lies between two answers while a ticket is open."""
    inside = (time for time in answers if time >= opened.start and (opened.end is None or time < opened.end))
    marks: list[datetime | None] = [*first, *inside]
    for start, end in pairwise([*marks, opened.end]):
        if start is not None and start != end:
            yield Stretch(start, end)


def _clock(name: str, whole: Stretch, runs: Iterable[Stretch]) -> Clock:
    """Return a clock that runs while others do, within a stretch."""
    within = [
        Stretch(max(start, whole.start), _earlier(end, whole.end))
        for start, end in runs
        if (whole.end is None or start < whole.end) and (end is None or end > whole.start)
    ]
    return Clock(name, whole.start, whole.end, within)


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    """Return the end that comes first."""
    return min((end for end in (one, other) if end is not None), default=None)
