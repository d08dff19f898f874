"""Working hours: how much of a span of time somebody works."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    Window = tuple[int, int]
    """From a minute after midnight to another; one that is not later is on the next day."""

_DAY = 24 * 60
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
"""Nobody asks what was worked before there was Git; a ticket may claim any year."""


class _Year(NamedTuple):
    """The windows of a year, in seconds since 1970: their beginnings, ends, and the sums before each."""

    starts: list[float]
    ends: list[float]
    sums: list[float]


class Hours:
    """When somebody works.

    Args:
        zone: in which the hours are meant.
        week: the windows of each day, from Monday to Sunday.
        closed: days on which none begins.
    """

    def __init__(self, zone: ZoneInfo, week: Sequence[Sequence[Window]], closed: frozenset[date]) -> None:
        self._zone, self._week, self._closed = zone, week, closed
        self._years: dict[int, _Year] = {}

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return how much is worked from one moment to another, both aware; nothing if the second is earlier.

        An hour that the clocks skip is not worked, and one that they repeat is worked twice.
        """
        start = max(start, _FIRST)
        if end <= start:
            return timedelta()
        first, last = start.timestamp(), end.timestamp()
        years = range(max(start.year - 1, _FIRST.year - 1), min(end.year + 1, date.max.year - 1) + 1)
        return timedelta(seconds=sum(self._until(year, last) - self._until(year, first) for year in years))

    def _until(self, year: int, moment: float) -> float:
        """Return how much of a year's windows lies before a moment, in seconds."""
        known = self._years.get(year) or self._learn(year)
        place = bisect_right(known.starts, moment)
        if not place:
            return 0.0
        return known.sums[place - 1] + min(moment, known.ends[place - 1]) - known.starts[place - 1]

    def _learn(self, year: int) -> _Year:
        windows = [*self._windows(year)]
        sums = [0.0, *accumulate(end - start for start, end in windows)]
        known = _Year([start for start, _end in windows], [end for _start, end in windows], sums)
        self._years[year] = known
        return known

    def _windows(self, year: int) -> Iterator[tuple[float, float]]:
        """Yield the windows that begin in a year, each without what an earlier one has."""
        day, last = date(year - 1, 12, 31), 0.0
        while day.year <= year:
            windows = () if day in self._closed else self._week[day.weekday()]
            for opens, closes in windows:
                start = max(self._moment(day, opens), last)
                last = max(last, self._moment(day, closes if closes > opens else closes + _DAY))
                if last > start and day.year == year:
                    yield start, last
            day += timedelta(days=1)

    def _moment(self, day: date, minute: int) -> float:
        later, minute = divmod(minute, _DAY)
        at = time(*divmod(minute, 60), tzinfo=self._zone)
        return datetime.combine(day + timedelta(days=later), at).timestamp()
