"""How long something could not be used: by location, department and asset."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from tracker.metrics.course import LOCATION, STATUS
from tracker.metrics.numbers import names_of
from tracker.metrics.spread import Duration, duration, total

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from tracker.document import Value
    from tracker.metrics.course import Course
    from tracker.metrics.numbers import Customs, Period


class Downtime(NamedTuple):
    """How long something could not be used in a period.

    Attributes:
        tickets: how many declared an outage of it.
        time: how long; what several of them declare at once counts once.
        availability: the share of the period in which it could be used.
    """

    tickets: int
    time: Duration
    availability: float


def downtime(courses: Iterable[Course], field: str, period: Period, customs: Customs) -> dict[str, Downtime]:
    """Return how long each value of a field could not be used; an empty text for tickets without one.

    An outage lasts from its `since`, else the ticket's filing, to its `until`, else the moment at which the
    ticket was last resolved, or landed where it was done by then; of one that is open, to the end of the
    period. Working hours are those of the location where all are at one, else the desk's.
    """
    spans: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    places: dict[str, set[str | None]] = defaultdict(set)
    for course in courses:
        for span in _span(course, period, customs):
            for name in names_of(course.at(field, period.end)):
                spans[name].append(span)
                places[name].add(_text(course.at(LOCATION, period.end)))
    whole = (period.end - period.start) / timedelta(seconds=1) or 1.0
    found = {}
    for name, known in spans.items():
        hours = customs.hours_at(next(iter(places[name])) if len(places[name]) == 1 else None)
        time = total([duration(start, end, hours) for start, end in _union(known)])
        found[name] = Downtime(len(known), time, 1 - time.wall / timedelta(seconds=1) / whole)
    return found


def _span(course: Course, period: Period, customs: Customs) -> Iterator[tuple[datetime, datetime]]:
    """Yield the part of a ticket's outage that lies in a period, if any does."""
    if course.outage is None:
        return
    since, until = course.outage
    turns = [turn for turn in course.turns(customs.is_open) if turn.time < period.end]
    landed = None if customs.is_open(str(course.steps[STATUS][0].value)) else course.landed
    done = landed if not turns else None if turns[-1].opened else turns[-1].time
    start, end = since or course.start, until or done or period.end
    if max(start, period.start) < min(end, period.end):
        yield max(start, period.start), min(end, period.end)


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None


def _union(spans: Sequence[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Return spans without what they have in common twice."""
    found: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
