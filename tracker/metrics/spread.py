"""Durations of many tickets, told by two of them."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tracker.hours import Hours


class Duration(NamedTuple):
    """From one moment to another: by the wall clock, and in working hours; None where there are none."""

    wall: timedelta
    business: timedelta | None


class Spread(NamedTuple):
    """How long it took.

    Attributes:
        number: how many tickets there are.
        median: half of them took so long or less.
        p90: nine of ten took so long or less (90th percentile).
        business_median: the same in working hours; None where some tickets have none.
        business_p90: likewise.
    """

    number: int
    median: timedelta | None
    p90: timedelta | None
    business_median: timedelta | None
    business_p90: timedelta | None


def duration(start: datetime, end: datetime, hours: Hours | None) -> Duration:
    """Return how long it is from one moment to another; not less than nothing."""
    business = hours.between(start, end) if hours else None
    return Duration(max(end - start, timedelta()), business)


def total(durations: Sequence[Duration]) -> Duration:
    """Return durations one after the other as one."""
    business = [one.business for one in durations if one.business is not None]
    wall = sum((one.wall for one in durations), timedelta())
    return Duration(wall, sum(business, timedelta()) if len(business) == len(durations) else None)


def spread(durations: Sequence[Duration]) -> Spread:
    """Return how long it took.

    The median of an even number is the mean of the two in the middle; the 90th percentile is the smallest of
    them that nine of ten do not exceed (nearest rank).
    """
    wall = [one.wall for one in durations]
    business = [one.business for one in durations if one.business is not None]
    known = business if len(business) == len(durations) else []
    return Spread(len(wall), _median(wall), _p90(wall), _median(known), _p90(known))


def _median(values: Sequence[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(value.total_seconds() for value in values)) if values else None


def _p90(values: Sequence[timedelta]) -> timedelta | None:
    return sorted(values)[ceil(len(values) * 9 / 10) - 1] if values else None
