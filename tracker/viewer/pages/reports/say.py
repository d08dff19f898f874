"""How numbers stand in tables and on axes: days, durations, shares."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tracker.metrics.words import NOTHING, in_words, percent
from tracker.translation import _
from tracker.viewer import formats

if TYPE_CHECKING:
    from collections.abc import Callable

MINUTE, HOUR, DAY = 60, 3_600, 86_400
_FEW = 2
"""Of less than so many hours, minutes are told; of less than so many days, hours."""


def number(value: float | None) -> str:
    """Return how many there are."""
    return NOTHING if value is None else str(value)


def duration(seconds: float | None) -> str:
    """Return how long it took."""
    return in_words(None if seconds is None else timedelta(seconds=seconds))


def working(seconds: float | None) -> str:
    """Return the same in working hours."""
    return in_words(None if seconds is None else timedelta(seconds=seconds), business=True)


def share(value: float | None) -> str:
    """Return a part of a whole."""
    return percent(value)


def day(moment: str) -> str:
    """Return the day of a moment in ISO 8601 as people say it in a few letters, without the year."""
    return formats.short_day(date.fromisoformat(moment[:10]))


def exact_day(moment: str) -> str:
    """Return the day of a moment in ISO 8601."""
    return moment[:10]


def count(value: float) -> str:
    """Return a whole number of an axis."""
    return f"{value:g}"


def unit_for(most: float) -> tuple[int, Callable[[float], str]]:
    """Return the unit of an axis of durations, in seconds, and what says a number of these.

    Args:
        most: the longest duration, in seconds.
    """
    if most < _FEW * HOUR:
        return MINUTE, lambda value: _("{minutes} min").format(minutes=f"{value:g}")
    if most < _FEW * DAY:
        return HOUR, lambda value: _("{hours} h").format(hours=f"{value:g}")
    return DAY, lambda value: _("{days} d").format(days=f"{value:g}")


def day_before(moment: str) -> str:
    """Return the last whole day before a moment in ISO 8601."""
    return (date.fromisoformat(moment[:10]) - timedelta(days=1)).isoformat()
