"""A date is one that the calendar has. Found by the desk's model: tracker.model.values."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from re import Match

RULE = Rule(
    "T104",
    "real-date",
    asks=lambda: _("A date is one that the calendar has, written as year, month and day."),
    why=lambda: _("A due date that does not exist never comes, and 03/04 is another day to each reader."),
    remedy=lambda: _("Write days as 2026-11-28, moments as 2026-11-24T09:12:00+01:00 (ISO 8601)."),
    fixable=True,
)

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_POINTS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def repaired(value: str) -> str | None:
    """Return a day in ISO 8601 that is written otherwise but can mean one day only; None where it cannot.

    With points, the day stands first wherever that is usual (EN 28601); with slashes it may be the month.
    """
    written = _YEAR_FIRST.fullmatch(value.strip())
    if written:
        return _day(written, 1, 3, 4)
    written = _POINTS.fullmatch(value.strip())
    return _day(written, 3, 2, 1) if written else None


def _day(written: Match[str], year: int, month: int, day: int) -> str | None:
    try:
        return date(int(written[year]), int(written[month]), int(written[day])).isoformat()
    except ValueError:
        return None
