"""What happened in a time, and how long it took: each number with its formula.

All of them look at the desk as it was at the end of the time, so what is said of a month does not change
with what happens later. A ticket that landed already done (imported, or closed before it was accepted) has
no known moment at which it was resolved: it is counted apart, in nothing else until it is opened again, and
never in the time to the resolution.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tracker.metrics.course import ASSIGNEE, DUE, LOCATION, STATUS
from tracker.metrics.spread import duration, spread, total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from zoneinfo import ZoneInfo

    from tracker.document import Value
    from tracker.hours import Hours
    from tracker.metrics.course import Course
    from tracker.metrics.spread import Duration, Spread


_LONGEST_DAY = timedelta(days=2)
"""Nowhere does a day begin or end so long before or after that in UTC."""


class Period(NamedTuple):
    """From a moment to before another; both in UTC, so that the time between them is that of the world."""

    start: datetime
    end: datetime

    def __contains__(self, moment: object) -> bool:
        """Whether a moment lies in it."""
        return isinstance(moment, datetime) and self.start <= moment < self.end


class Promise(NamedTuple):
    """A clock of a ticket's service level that came to its end: which one, when, and whether in time."""

    clock: str
    ended: datetime
    met: bool


class Kept(NamedTuple):
    """How many promises came to their end, and how many of those in time."""

    ended: int
    met: int

    @property
    def attainment(self) -> float | None:
        """The share of them that were in time."""
        return self.met / self.ended if self.ended else None


def _nothing_promised(_course: Course, _period: Period) -> Sequence[Promise]:
    return ()


class Customs(NamedTuple):
    """What a desk says of itself.

    Attributes:
        is_open: whether a status asks for work.
        hours_at: the working hours at a location; None where every hour counts.
        zone: in which its days end.
        promised: what was promised of a ticket by its service level and came to its end in a period, as it
            was known at the end of that.
        clocks: of service levels, those that are counted.
    """

    is_open: Callable[[str], bool]
    hours_at: Callable[[str | None], Hours | None]
    zone: ZoneInfo
    promised: Callable[[Course, Period], Iterable[Promise]] = _nothing_promised
    clocks: Sequence[str] = ()


class Numbers(NamedTuple):
    """A desk in a period.

    Attributes:
        created: tickets filed in it.
        resolved: how often a ticket stopped asking for work in it.
        reopened: how often one that was resolved became open again in it.
        open: tickets that ask for work at its end. It is what was open at its start, and created, and
            reopened, less resolved.
        landed_done: tickets that came in it already done.
        unanswered: open ones at its end that nobody of the desk has answered.
        reassigned: how often in it a ticket went from one person to another; the first to get it does not
            count, nor does a time without anybody between two.
        first_response: of the tickets first answered in it, from their filing to the answer: the first
            comment of one of the desk's people, other than the requester, that is public.
        resolution: of the tickets resolved in it and still so at its end, from their filing to the last time
            they were resolved. Times in which one was resolved before count, too.
        in_status: of the same tickets and the same time, how long they were in each status, all stays
            together; of those that were in it.
        age: of the tickets open at its end, from their filing to then.
        resolved_tickets: how many tickets were resolved in it at least once.
        reopened_tickets: how many of those became open again before its end.
        due: tickets whose due day ended in it, if that was still their due day then.
        met: how many of those were resolved at the end of that day.
        service_levels: of the clocks of service levels that ended in it, how many did in time; by clock. A
            resolution that was opened again before its end has not ended.
    """

    created: int
    resolved: int
    reopened: int
    open: int
    landed_done: int
    unanswered: int
    reassigned: int
    first_response: Spread
    resolution: Spread
    in_status: dict[str, Spread]
    age: Spread
    resolved_tickets: int
    reopened_tickets: int
    due: int
    met: int
    service_levels: dict[str, Kept]

    @property
    def reopen_rate(self) -> float | None:
        """The share of the tickets resolved in the period that became open again before its end."""
        return self.reopened_tickets / self.resolved_tickets if self.resolved_tickets else None

    @property
    def attainment(self) -> float | None:
        """The share of the tickets due in the period that were resolved at the end of that day."""
        return self.met / self.due if self.due else None


def numbers(courses: Iterable[Course], period: Period, customs: Customs) -> Numbers:
    """Return a desk in a period; what a ticket's hours are, its location at the end says."""
    told = [_Told(course, period, customs) for course in parted(courses, period, customs)[0]]
    fresh = [one for one in told if not one.landed_done]
    done = [stays for one in told if (stays := one.stays())]
    in_status: dict[str, list[Duration]] = defaultdict(list)
    for stays in done:
        for status, durations in stays.items():
            in_status[status].append(total(durations))
    whole = [total([part for parts in stays.values() for part in parts]) for stays in done]
    promises = [met for one in told for met in one.promises()]
    return Numbers(
        created=sum(one.course.start in period for one in fresh),
        resolved=sum(len(one.resolved) for one in told),
        reopened=sum(len(one.reopened) for one in told),
        open=sum(one.open for one in told),
        landed_done=sum(one.landed_done and one.course.landed in period for one in told),
        unanswered=sum(one.open and not one.answered for one in told),
        reassigned=sum(one.reassigned() for one in told),
        first_response=spread([one.since_start(one.course.answered) for one in told if one.answered_now]),
        resolution=spread(whole),
        in_status={status: spread(durations) for status, durations in in_status.items()},
        age=spread([one.since_start(period.end) for one in told if one.open]),
        resolved_tickets=sum(bool(one.resolved) for one in told),
        reopened_tickets=sum(one.reopened_after for one in told),
        due=len(promises),
        met=sum(promises),
        service_levels=_kept([one for course in told for one in course.promised()], customs.clocks),
    )


def parted(courses: Iterable[Course], period: Period, customs: Customs) -> tuple[list[Course], list[Course]]:
    """Return the tickets that may be in a number of a period, or of a part of one, and those at rest.

    The latter were done when it began, and nothing happened to them since; what came after it is in neither.
    """
    due_since = (period.start - _LONGEST_DAY).date().isoformat()
    busy: list[Course] = []
    resting: list[Course] = []
    for course in courses:
        if course.start < period.end:
            is_busy = _is_busy(course, period.start, customs, due_since)
            (busy if is_busy else resting).append(course)
    return busy, resting


def _is_busy(course: Course, start: datetime, customs: Customs, due_since: str) -> bool:
    status, answers = course.steps[STATUS][-1], course.answers
    return (
        customs.is_open(str(status.value))
        or max(course.landed, status.time, course.steps[ASSIGNEE][-1].time) >= start
        or (bool(answers) and answers[-1] >= start)
        or any(isinstance(step.value, str) and step.value >= due_since for step in course.steps[DUE])
    )


def _kept(promises: Iterable[Promise], clocks: Iterable[str]) -> dict[str, Kept]:
    """Return how many promises of each clock were kept."""
    ends: dict[str, list[bool]] = {clock: [] for clock in clocks}
    for promise in promises:
        if promise.clock in ends:
            ends[promise.clock].append(promise.met)
    return {clock: Kept(len(ended), sum(ended)) for clock, ended in ends.items()}


def grouped(courses: Iterable[Course], field: str, period: Period, customs: Customs) -> dict[str, Numbers]:
    """Return the numbers of the tickets of each value that a field had at the end; empty text for none.

    A ticket of several values is in several groups.
    """
    groups = sorted_by(courses, field, period)
    return {name: numbers(group, period, customs) for name, group in groups.items()}


def sorted_by(courses: Iterable[Course], field: str, period: Period) -> dict[str, list[Course]]:
    """Return the tickets of each value that a field had at the end of a period."""
    groups: dict[str, list[Course]] = defaultdict(list)
    for course in courses:
        names = names_of(course.at(field, period.end)) if course.start < period.end else ()
        for name in names:
            groups[name].append(course)
    return groups


def names_of(value: Value) -> list[str]:
    """Return the texts by which a value is grouped."""
    if isinstance(value, dict):
        return [", ".join(str(part) for part in value.values())]
    items: list[Value] = [*value] if isinstance(value, list) else [value]
    return list(dict.fromkeys("" if item is None else str(item) for item in items)) or [""]


class _Told:
    """A ticket, as it was known at the end of a period."""

    def __init__(self, course: Course, period: Period, customs: Customs) -> None:
        self.course, self._period, self._customs = course, period, customs
        turns = [turn for turn in course.turns(customs.is_open) if turn.time < period.end]
        self.resolved = [turn.time for turn in turns if not turn.opened and turn.time in period]
        self.reopened = [turn.time for turn in turns if turn.opened and turn.time in period]
        self.open = turns[-1].opened if turns else customs.is_open(str(course.steps[STATUS][0].value))
        self.landed_done = not customs.is_open(str(course.steps[STATUS][0].value))
        self.answered = course.answered is not None and course.answered < period.end
        first_opened = next((turn.time for turn in turns if turn.opened), None)
        self._known_from = first_opened if self.landed_done else course.start
        self.answered_now = self._counts(course.answered)
        self.reopened_after = bool(self.resolved) and any(
            turn.opened and turn.time > self.resolved[0] for turn in turns
        )
        self._last = turns[-1].time if turns else None

    def _counts(self, moment: datetime | None) -> bool:
        """Whether what happened at a moment happened in the period, and to a ticket that counts by then."""
        known = self._known_from
        return moment is not None and moment in self._period and known is not None and known <= moment

    @property
    def _hours(self) -> Hours | None:
        place = self.course.at(LOCATION, self._period.end)
        return self._customs.hours_at(place if isinstance(place, str) else None)

    def since_start(self, moment: datetime | None) -> Duration:
        """Return how long after its filing a moment was."""
        return duration(self.course.start, moment or self.course.start, self._hours)

    def stays(self) -> dict[str, list[Duration]]:
        """Return how long it was in each status until it was resolved; nothing unless the period has that."""
        end = self._last
        if self.open or end is None or end not in self._period or self.landed_done:
            return {}
        found: dict[str, list[Duration]] = {}
        all_steps, hours = self.course.steps[STATUS], self._hours
        steps = [step for step in all_steps if step.time < end] or all_steps[:1]  # resolved at once
        for step, until in zip(steps, [*(step.time for step in steps[1:]), end], strict=True):
            found.setdefault(str(step.value), []).append(duration(step.time, until, hours))
        return found

    def reassigned(self) -> int:
        """Return how often it went from one person to another in the period."""
        people = [(step.time, step.value) for step in self.course.steps[ASSIGNEE] if step.value is not None]
        return sum(
            self._counts(time) and person != former for (_time, former), (time, person) in pairwise(people)
        )

    def promised(self) -> Iterator[Promise]:
        """Yield the clocks of its service level that ended in the period."""
        known = self._customs.promised(self.course, self._period)
        yield from (promise for promise in known if promise.ended in self._period)

    def promises(self) -> Iterator[bool]:
        """Yield for each day at whose end in the period it was due, whether it was resolved then."""
        days = {step.value for step in self.course.steps[DUE] if isinstance(step.value, str)}
        for day in days:
            end = last_moment(day, self._customs.zone)
            if end and self._counts(end) and self.course.at(DUE, end) == day:
                yield not self._customs.is_open(str(self.course.at(STATUS, end)))


def last_moment(day: str, zone: ZoneInfo) -> datetime | None:
    """Return the last moment of a day, None where it is none."""
    try:
        return datetime.combine(date.fromisoformat(day), time.max, zone)
    except ValueError:
        return None
