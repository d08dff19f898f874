"""Working hours: how much of a span of time somebody works, and by when so much is worked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from zoneinfo import ZoneInfo

    Window = tuple[int, int]
    """From a minute after midnight to another; one that is not later is on the next day."""

_MICROSECOND = timedelta(microseconds=1)
_SECOND = 1_000_000
"""Times are whole microseconds since 1970: what is counted with must be exact."""
_MINUTE, _DAY = 60 * _SECOND, 24 * 60 * 60 * _SECOND
_YEAR = 366 * _DAY
"""What is learnt at once; years are counted from 1970 in this length."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""Nobody asks what was worked before there was Git; a ticket may claim any year."""
_YEARS = (date.max.toordinal() - _EPOCH.toordinal()) * _DAY // _YEAR
_FAR = 100


class _Year(NamedTuple):
    """The spans of a year that are worked: beginnings, ends, and the sums before each; the last is of all."""

    starts: list[int]
    ends: list[int]
    sums: list[int]


class Hours:
    """When somebody works: while the clock on the wall shows a time of a window.

    An hour that the clocks skip is not worked, and one that they repeat is worked twice.

    Args:
        zone: in which the hours are meant.
        week: the windows of each day, from Monday to Sunday, the earliest first.
        closed: whether none begins on a day.
    """

    def __init__(
        self, zone: ZoneInfo, week: Sequence[Sequence[Window]], closed: Callable[[date], bool]
    ) -> None:
        self._zone, self._week, self._closed = zone, week, closed
        self._years: dict[int, _Year] = {}

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return how much is worked from one aware moment to another; nothing if the other is earlier."""
        first = max((start - _EPOCH) // _MICROSECOND, 0)
        last = min((end - _EPOCH) // _MICROSECOND, _YEARS * _YEAR - 1)
        years = range(first // _YEAR, last // _YEAR + 1) if first < last else ()
        worked = sum(self._until(year, last) - self._until(year, first) for year in years)
        return timedelta(microseconds=worked)

    def after(self, start: datetime, span: timedelta) -> datetime | None:
        """Return the first moment, in UTC, by which so much is worked from an aware one on.

        Returns:
            The start itself where nothing is to be worked; None if so much is not worked within 100 years.
        """
        if span <= timedelta():
            return start.astimezone(UTC)
        first, left = max((start - _EPOCH) // _MICROSECOND, 0), span // _MICROSECOND
        for year in range(first // _YEAR, min(first // _YEAR + _FAR, _YEARS)):
            left += self._until(year, first)
            known = self._years[year]
            if left <= known.sums[-1]:
                place = bisect_left(known.sums, left) - 1
                return _EPOCH + (known.starts[place] + left - known.sums[place]) * _MICROSECOND
            left -= known.sums[-1]
        return None

    def is_worked(self, moment: datetime) -> bool:
        """Whether somebody works at an aware moment; a window has its beginning, and not its end."""
        at = (moment - _EPOCH) // _MICROSECOND
        year = at // _YEAR
        if not 0 <= year < _YEARS:
            return False
        known = self._years.get(year) or self._learn(year)
        place = bisect_right(known.starts, at)
        return place > 0 and at < known.ends[place - 1]

    def _until(self, year: int, moment: int) -> int:
        """Return how much of a year is worked before a moment."""
        known = self._years.get(year) or self._learn(year)
        place = bisect_right(known.starts, moment)
        if not place:
            return 0
        return known.sums[place - 1] + min(moment, known.ends[place - 1]) - known.starts[place - 1]

    def _learn(self, year: int) -> _Year:
        spans = [*self._spans(year * _YEAR, (year + 1) * _YEAR)]
        sums = [0, *accumulate(end - start for start, end in spans)]
        known = _Year([start for start, _end in spans], [end for _start, end in spans], sums)
        self._years[year] = known
        return known

    def _spans(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield what is worked between two moments, each span without what an earlier one has."""
        for begin, end, offset in self._unchanged(first, last):
            known = begin
            # The night of the day before may reach into the first day.
            for number in range((begin + offset) // _DAY - 1, (end + offset - 1) // _DAY + 1):
                day, midnight = date.fromordinal(number + _EPOCH.toordinal()), number * _DAY - offset
                for opens, closes in () if self._closed(day) else self._week[day.weekday()]:
                    start = max(midnight + opens * _MINUTE, known)
                    until = midnight + closes * _MINUTE + (0 if closes > opens else _DAY)
                    known = max(known, min(until, end))
                    if known > start:
                        yield start, known

    def _unchanged(self, first: int, last: int) -> Iterator[tuple[int, int, int]]:
        """Yield the spans in which no clock is changed, each with its distance from UTC."""
        begin, offset = first, self._offset(first)
        for day in range(first, last, _DAY):
            if self._offset(day + _DAY) != offset:
                end = self._change(day)
                yield begin, end, offset
                begin, offset = end, self._offset(end)
        yield begin, last, offset

    def _change(self, day: int) -> int:
        """Return when the clocks are changed in the 24 hours after a moment."""
        before = self._offset(day)
        seconds = range(day, day + _DAY + 1, _SECOND)
        return seconds[bisect_left(seconds, True, key=lambda at: self._offset(at) != before)]

    def _offset(self, moment: int) -> int:
        local = datetime.fromtimestamp(moment // _SECOND, self._zone)
        return (local.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND - moment
