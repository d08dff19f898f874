"""Moments as people write them: `2026`, `2026-11`, `2026-11-24`, `2026-11-24T10:00`, `today`, `-7d`, `3h`."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from tracker.errors import UsageError
from tracker.translation import _

_ABSOLUTE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d))?([Zz]|[+-]\d\d:?\d\d)?)?)?)?", re.ASCII
)
_DISTANCE = re.compile(r"([+-]?)(\d{1,5})(min|h|d|w|m|y)", re.ASCII)
_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_IN_DAYS = {"d": 1, "w": 7}
_MONTHS = {"m": 1, "y": 12}
_ANY_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


class Span(NamedTuple):
    """From a moment to before another, both aware; a single moment is a span of no length."""

    start: datetime
    end: datetime


def read_span(text: str, now: datetime) -> Span | None:
    """Return the time that a person means; None where it is none.

    Args:
        text: what was written. A distance such as `7d` is counted from now: to the future, or with a minus
            to the past. Of days, weeks, months and years, the whole day is meant.
        now: the present moment in the time zone in which days begin and end.
    """
    text = text.strip().lower()
    if text == "now":
        return Span(now, now)
    if text in _DAYS:
        return _whole_day(now + timedelta(days=_DAYS[text]))
    try:
        if found := _DISTANCE.fullmatch(text):
            return _far(found[1], int(found[2]), found[3], now)
        if found := _ABSOLUTE.fullmatch(text):
            return _absolute(text, found, now)
    except (ValueError, OverflowError):
        pass
    return None


def read_back(text: str, now: datetime) -> Span | None:
    """Return the time that a person means, as `read_span` does, but count a distance such as `7d` back."""
    return read_span(f"-{text.strip()}" if is_ahead(text) else text, now)


def is_ahead(text: str) -> bool:
    """Whether a text is a distance into the future, such as `7d`."""
    found = _DISTANCE.fullmatch(text.strip().lower())
    return found is not None and not found[1]


def whole_days(text: str) -> tuple[bool, int, int] | None:
    """Return the days that a text means, whenever and in whichever time zone it is read.

    Returns:
        Whether they are counted from today, else from the first of the calendar; the first of them; the one
        after the last. None where the text is no whole days, or which ones depends on the length of a month.
    """
    text = text.strip().lower()
    found = _DISTANCE.fullmatch(text)
    if text in _DAYS or (found and found[3] in _IN_DAYS):
        day = int(found[1] + found[2]) * _IN_DAYS[found[3]] if found else _DAYS[text]
        return True, day, day + 1
    span = None if found else read_span(text, _ANY_MOMENT)
    if span is None or span.start == span.end:
        return None
    return False, span.start.toordinal(), span.end.toordinal()


def read_past(text: str, now: datetime) -> Span:
    """Return the time in the past that a person means: a distance such as `7d` is counted back.

    Raises:
        UsageError: it is none.
    """
    span = read_back(text, now)
    if span is None:
        message = _("“{value}” is no time.").format(value=text)
        raise UsageError(message, _("Write 2026-11-24, 2026-11, yesterday, or 7d for seven days ago."))
    return span


def _far(sign: str, number: int, unit: str, now: datetime) -> Span:
    number = -number if sign == "-" else number
    if unit in ("min", "h"):
        length = timedelta(minutes=number) if unit == "min" else timedelta(hours=number)
        moment = _later(now, length)
        return Span(moment, moment)
    if unit in _MONTHS:
        return _whole_day(_months_later(now, number * _MONTHS[unit]))
    return _whole_day(now + timedelta(days=number * (7 if unit == "w" else 1)))


def _later(now: datetime, length: timedelta) -> datetime:
    """Return a moment so much later in the world, whatever the clocks do meanwhile."""
    return datetime.fromtimestamp(now.timestamp() + length.total_seconds(), now.tzinfo)


def _absolute(text: str, found: re.Match[str], now: datetime) -> Span:
    year, month, day, hour = found[1], found[2], found[3], found[4]
    if hour:
        moment = datetime.fromisoformat(text.replace(" ", "T").upper())
        moment = moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)
        return Span(moment, moment)
    start = datetime(int(year), int(month or 1), int(day or 1), tzinfo=now.tzinfo)
    if day:
        return _whole_day(start)
    return Span(start, _months_later(start, 1 if month else 12))


def _whole_day(moment: datetime) -> Span:
    start = moment.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    return Span(start, start + timedelta(days=1))


def _months_later(moment: datetime, months: int) -> datetime:
    """Return the same day of a later month, or its last where it is shorter."""
    years, month = divmod(moment.month - 1 + months, 12)
    year = moment.year + years
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
