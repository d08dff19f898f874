"""What came and went from one day, week or month to the next, and what lay there: the cumulative flow."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from tracker.metrics.course import STATUS
from tracker.metrics.numbers import Period, parted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zoneinfo import ZoneInfo

    from tracker.metrics.course import Course
    from tracker.metrics.numbers import Customs

STEPS = ("day", "week", "month")
MOST = 5_000
"""More steps than these, nobody reads."""


class Interval(NamedTuple):
    """One day, week or month.

    Attributes:
        period: from when to when.
        created: tickets filed in it.
        resolved: how often one stopped asking for work in it.
        reopened: how often one that was resolved became open again in it.
        statuses: how many tickets were in each status at its end, all that ever came among them.
        open: how many of those ask for work.
    """

    period: Period
    created: int
    resolved: int
    reopened: int
    statuses: dict[str, int]
    open: int


def intervals(period: Period, step: str, zone: ZoneInfo) -> list[Period]:
    """Return the days, weeks (from Monday) or months of a period; the first and the last may be shorter."""
    edges = [period.start]
    edge = _beginning(period.start.astimezone(zone), step)
    while (edge := _next(edge, step)) < period.end and len(edges) <= MOST:
        edges.append(edge)
    moments = [moment.astimezone(UTC) for moment in (*edges, period.end)]
    return [Period(start, end) for start, end in pairwise(moments)]


def flow(courses: Iterable[Course], periods: list[Period], customs: Customs) -> list[Interval]:
    """Return what came, went and lay there in some periods that follow one another."""
    busy, resting = (
        parted(courses, Period(periods[0].start, periods[-1].end), customs) if periods else ([], [])
    )
    moves = sorted((move for course in busy for move in _moves(course, customs)), key=itemgetter(0))
    lying = Counter(str(course.steps[STATUS][-1].value) for course in resting)
    found, place = [], 0
    for period in periods:
        counts: Counter[str] = Counter()
        while place < len(moves) and moves[place][0] < period.end:
            moment, old, new, kind = moves[place]
            lying[new] += 1
            if old is not None:
                lying[old] -= 1
            counts[kind] += moment >= period.start
            place += 1
        statuses = {status: number for status, number in lying.items() if number}
        work = sum(number for status, number in statuses.items() if customs.is_open(status))
        found.append(
            Interval(period, counts["created"], counts["resolved"], counts["reopened"], statuses, work)
        )
    return found


def _moves(course: Course, customs: Customs) -> Iterator[tuple[datetime, str | None, str, str]]:
    """Yield when a ticket came to each status, from which (None for nowhere), and what that was."""
    steps = course.steps[STATUS]
    first = str(steps[0].value)
    fresh = customs.is_open(first)
    yield course.start if fresh else course.landed, None, first, "created" if fresh else "landed done"
    for before, step in pairwise(steps):
        old, new = str(before.value), str(step.value)
        was, is_ = customs.is_open(old), customs.is_open(new)
        kind = "" if was == is_ else "reopened" if is_ else "resolved"
        yield step.time, old, new, kind


def _beginning(moment: datetime, step: str) -> datetime:
    day = datetime.combine(moment.date(), time(), moment.tzinfo)
    if step == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if step == "week" else day


def _next(edge: datetime, step: str) -> datetime:
    if step == "month":
        return edge.replace(year=edge.year + edge.month // 12, month=edge.month % 12 + 1)
    return edge + timedelta(days=7 if step == "week" else 1)
