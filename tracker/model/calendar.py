"""Calendars: on which days of the week, and from when to when, a desk or a location works."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from tracker.hours import Hours
from tracker.model.public_holidays import Country, Holidays
from tracker.model.section import Section
from tracker.model.values import parse_date
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TIMES = re.compile(r"([01]?\d|2[0-3]):([0-5]\d) ?[-–] ?(?:([01]?\d|2[0-3]):([0-5]\d)|(24):(00))")
_LONGEST = 400
"""In days: a closure that is longer is a slip."""


def _times(value: object) -> object:
    """Read `09:00-12:30`, or several with commas between them or as a list, as minutes after midnight."""
    given = value.split(",") if isinstance(value, str) else value
    if not isinstance(given, list):
        return value
    windows = []
    for text in given:
        found = _TIMES.fullmatch(str(text).strip())
        if not found:
            hint = _("Write 09:00-12:30, or 09:00-12:30, 13:30-18:00 with a break.")
            raise _wrong(_("“{value}” is no working time.").format(value=text), hint)
        hour, minute, *rest = (int(part) for part in found.groups() if part)
        windows.append((hour * 60 + minute, rest[0] * 60 + rest[1]))
        if windows[-1][0] == windows[-1][1]:
            raise _wrong(_("“{value}” is no time at all.").format(value=text), _("All day is 00:00-24:00."))
    windows.sort()
    if any(one[1] > other[0] or one[1] < one[0] for one, other in pairwise(windows)):
        raise _wrong(_("The working times of a day overlap."), _("Write each hour once."))
    return windows


def _week(value: object) -> object:
    """Read the days of each key: `mon`, `mon-fri`, `tue, thu`."""
    if not isinstance(value, dict):
        return value
    week: dict[str, Any] = {}
    for key, times in value.items():
        windows = _times(times)
        for day in _days(str(key)):
            if day in week:
                raise _wrong(_("{day} is there twice.").format(day=day), _("Name each day once."))
            week[day] = windows
    return week


def _days(key: str) -> Iterator[str]:
    for part in key.lower().split(","):
        first, _hyphen, last = (end.strip() for end in part.partition("-"))
        last = last or first
        if first not in DAYS or last not in DAYS or DAYS.index(first) > DAYS.index(last):
            hint = _("Write mon, or mon-fri, or tue, thu, in this order: {days}.").format(
                days=", ".join(DAYS)
            )
            raise _wrong(_("“{value}” are no days of a week.").format(value=key), hint)
        yield from DAYS[DAYS.index(first) : DAYS.index(last) + 1]


def _closed(value: object) -> object:
    """Read a day, `2026-12-24`, or days from one to another, `2026-12-24/2027-01-01`."""
    if not isinstance(value, str):
        return value
    first, _slash, last = value.partition("/")
    span = parse_date(first.strip()), parse_date((last or first).strip())
    if not timedelta() <= span[1] - span[0] <= timedelta(days=_LONGEST):
        hint = _("The first day comes first, and the last within {number} days.").format(number=_LONGEST)
        raise _wrong(_("“{value}” are no closing days.").format(value=value), hint)
    return span


def _countries(value: object) -> object:
    """Accept one country where a list may stand, and its code where nothing else is to be said."""
    given = [value] if isinstance(value, str | dict) else value
    if not isinstance(given, list):
        return value
    return [{"country": country} if isinstance(country, str) else country for country in given]


def _wrong(message: str, hint: str) -> PydanticCustomError:
    return PydanticCustomError("tracker_value", "{message}", {"message": message, "hint": hint})


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


_TEXT = WithJsonSchema({"type": "string"})
Windows = Annotated[
    list[tuple[int, int]],
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
Closed = Annotated[tuple[date, date], BeforeValidator(_closed), _TEXT]


class Calendar(Section):
    """When work is done."""

    hours: Annotated[dict[str, Windows], BeforeValidator(_week)] = Field(
        min_length=1, description="The working times of days: {mon-fri: “09:00-12:30, 13:30-18:00”}."
    )
    closed: Annotated[
        list[Closed], BeforeValidator(_listed, json_schema_input_type=Closed | list[Closed])
    ] = Field(default_factory=list, description="Days without work: 2026-12-24, or 2026-12-24/2027-01-01.")
    holidays: Annotated[
        list[Holidays],
        BeforeValidator(_countries, json_schema_input_type=Country | Holidays | list[Country | Holidays]),
    ] = Field(
        default_factory=list,
        description="Public holidays, which are days without work: FR, or {country: CA, region: QC}.",
    )

    def in_zone(self, zone: ZoneInfo) -> Hours:
        """Return the hours of this calendar in a time zone."""
        return Hours(zone, [self.hours.get(day, []) for day in DAYS], self.is_closed)

    def is_closed(self, day: date) -> bool:
        """Whether no work begins on a day: the desk is closed, or it is a public holiday."""
        return any(first <= day <= last for first, last in self.closed) or any(
            holidays.have(day) for holidays in self.holidays
        )
