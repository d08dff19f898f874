"""What a clock says: how much of its target is used, and when it is used up."""

from __future__ import annotations

from datetime import UTC, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from tracker.model.rules import CLOCKS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tracker.hours import Hours
    from tracker.service_levels.clocks import Clock

_WHOLE = 100


class State(StrEnum):
    """How a clock stands, the most urgent first."""

    LATE = "late"
    WARNING = "warning"
    RUNNING = "running"
    PAUSED = "paused"
    MISSED = "missed"
    MET = "met"


class Target(NamedTuple):
    """What was promised.

    Attributes:
        policy: the name of the service level that says so.
        time: how long it may take.
        warn: at how many percent of that somebody is warned.
    """

    policy: str
    time: timedelta
    warn: int


class Reading(NamedTuple):
    """What a clock says at a moment.

    Attributes:
        clock: its name.
        policy: the name of the service level.
        state: how it stands.
        target: how long it may take.
        elapsed: how long it took so far, or at its end.
        start: when it began.
        due: when the target is used up, or was; of one that is not, as if the clock ran on. None while it is
            paused, and where that is never.
        ended: when that came for which it waited; None where it has not.
        warn: how long it may take before somebody is warned.
    """

    clock: str
    policy: str
    state: State
    target: timedelta
    elapsed: timedelta
    start: datetime
    due: datetime | None
    ended: datetime | None
    warn: timedelta

    @property
    def left(self) -> timedelta:
        """How much of the target is left; less than nothing where it took longer."""
        return self.target - self.elapsed


def read(clock: Clock, target: Target, hours: Hours | None, now: datetime) -> Reading:
    """Return what a clock says at a moment.

    Args:
        clock: as it is known then.
        target: what was promised.
        hours: in which it is counted; None where every hour counts.
        now: the moment, in UTC.
    """
    until, elapsed, due = clock.end or now, timedelta(), None
    for start, end in clock.runs:
        took = _between(start, min(end or until, until), hours)
        if due is None and elapsed + took >= target.time:
            due = _after(start, target.time - elapsed, hours)
        elapsed += took
    paused = clock.end is None and not (clock.runs and clock.runs[-1].end is None)
    if due is None and not paused:
        due = _after(until, target.time - elapsed, hours)
    warn = target.time * target.warn / _WHOLE
    over = elapsed > target.time or (due is not None and until > due)
    state = _state(clock, target, elapsed, over=over, paused=paused)
    return Reading(clock.name, target.policy, state, target.time, elapsed, clock.start, due, clock.end, warn)


def newest(readings: Iterable[Reading]) -> list[Reading]:
    """Return the last reading of each clock: of those that began anew, what was before is past."""
    known = {reading.clock: reading for reading in readings}
    return [known[clock] for clock in CLOCKS if clock in known]


def _state(clock: Clock, target: Target, elapsed: timedelta, *, over: bool, paused: bool) -> State:
    """Return how a clock stands; what is late stays so while it is paused.

    Its target is missed once the moment has passed at which it was used up, though no work is done then.
    """
    if clock.end is not None:
        return State.MISSED if over else State.MET
    if over:
        return State.LATE
    if paused:
        return State.PAUSED
    return State.WARNING if elapsed * _WHOLE >= target.time * target.warn else State.RUNNING


def _between(start: datetime, end: datetime, hours: Hours | None) -> timedelta:
    return hours.between(start, end) if hours else max(end - start, timedelta())


def _after(start: datetime, span: timedelta, hours: Hours | None) -> datetime | None:
    if hours:
        return hours.after(start, span)
    try:
        return start.astimezone(UTC) + span
    except OverflowError:  # at the end of the calendar
        return None
