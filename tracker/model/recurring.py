"""Tickets that come again and again, by the rules of iCalendar (RFC 5545, section 3.3.10)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from tracker.model.rules import Values
from tracker.model.section import Section
from tracker.translation import _

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


def _rule(value: str) -> str:
    parts = dict(part.partition("=")[::2] for part in value.upper().split(";"))
    if parts.get("FREQ") in FREQUENCIES and not {"BYSECOND", "DTSTART"} & {*parts} and "\n" not in value:
        try:
            _parsed(value, datetime(2026, 1, 1))
        except (ValueError, TypeError, KeyError, OverflowError):
            pass
        else:
            return value
    message = _("“{value}” is no rule of recurrence.").format(value=value)
    hint = _("Write one of RFC 5545, such as FREQ=WEEKLY;BYDAY=MO or FREQ=MONTHLY;BYMONTHDAY=1.")
    raise PydanticCustomError("tracker_value", "{message}", {"message": message, "hint": hint})


def _local(value: object) -> object:
    """Read a day or a moment that is meant in the desk's time zone."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo:
        message = _("“{value}” is no day and no moment without an offset.").format(value=value)
        hint = _("Write 2026-01-05 or 2026-01-05T08:00; it is in the desk’s time zone.")
        raise PydanticCustomError("tracker_value", "{message}", {"message": message, "hint": hint})
    return moment


def _parsed(rule: str, start: datetime) -> Any:
    from dateutil.rrule import rrulestr  # only who has such tickets waits for it

    return rrulestr(rule, dtstart=start)


class Recurring(Section):
    """A ticket that is made at each of the moments of a rule."""

    rule: Annotated[str, StringConstraints(max_length=500), AfterValidator(_rule)] = Field(
        description="Such as FREQ=MONTHLY;BYDAY=1MO."
    )
    start: Annotated[datetime, BeforeValidator(_local), WithJsonSchema({"type": "string"})] = Field(
        description="The first day, or moment, in the desk’s time zone."
    )
    template: str | None = None
    ticket: Values = Field(description="Its fields; title is one of them.")
    text: str = Field("", description="What stands below its fields; left out: what its template says.")

    @model_validator(mode="after")
    def _titled(self) -> Self:
        if not self.ticket.get("title"):
            message = _("A recurring ticket needs a title.")
            raise PydanticCustomError("tracker_value", "{message}", {"message": message, "hint": ""})
        return self

    def latest(self, now: datetime) -> datetime | None:
        """Return the last moment of the rule that is not after another; both are without a zone."""
        found: datetime | None = _parsed(self.rule, self.start).before(now, inc=True)
        return found
