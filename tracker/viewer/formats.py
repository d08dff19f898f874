"""Days, moments and numbers as the reader's language writes them."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from tracker.translation import current_language

if TYPE_CHECKING:
    from datetime import datetime, time


def day(value: date) -> str:
    """Return a day: `Nov 24, 2026`, `24 nov. 2026`."""
    return _day(value.year, value.month, value.day, "medium", current_language())


def short_day(value: date) -> str:
    """Return a day without its year, in a few letters: `24 Nov`, `24 nov.`."""
    return _day(value.year, value.month, value.day, "d MMM", current_language())


def moment(value: datetime) -> str:
    """Return a moment to the minute, in the zone that it is given in: `Nov 24, 2026 9:12 AM`."""
    return f"{day(value)} {_clock(value.time().replace(second=0, microsecond=0), current_language())}"


def day_in(text: str) -> str:
    """Return the day that a text in ISO 8601 tells, and any other text as it is."""
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text


def number(value: float) -> str:
    """Return a number: `1,234.5`, `1 234,5`."""
    return format_decimal(value, locale=current_language())


@cache
def _day(year: int, month: int, number_: int, pattern: str, language: str) -> str:
    return format_date(date(year, month, number_), pattern, locale=language)


@cache
def _clock(value: time, language: str) -> str:
    return format_time(value, "short", locale=language)
