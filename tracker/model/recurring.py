"""Tickets that come again and again."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from tracker.model.recurrence import TRIED, first, is_sound, latest
from tracker.model.rules import Values
from tracker.model.section import Section
from tracker.translation import _

_YEARS = range(1970, 3000)


def _local(value: object) -> object:
    """Read a day or a moment that is meant in the desk's time zone."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo or moment.year not in _YEARS:
        message = _("“{value}” is no day and no moment without an offset.").format(value=value)
        raise _wrong(message, _("Write 2026-01-05 or 2026-01-05T08:00; it is in the desk’s time zone."))
    return moment


def _rule(value: str, info: ValidationInfo) -> str:
    start = info.data.get("start")
    if not is_sound(value):
        message = _("“{value}” is no rule of recurrence.").format(value=value)
        hint = _("Write one of RFC 5545, such as FREQ=WEEKLY;BYDAY=MO or FREQ=MONTHLY;BYMONTHDAY=1.")
        raise _wrong(message, hint)
    if start and first(value, start) is None:
        message = _("By “{value}”, no ticket is made in the {count} years after its start.")
        raise _wrong(message.format(value=value, count=TRIED), _("Is there such a day, before its UNTIL?"))
    return value


def _wrong(message: str, hint: str = "") -> PydanticCustomError:
    return PydanticCustomError("tracker_value", "{message}", {"message": message, "hint": hint})


class Recurring(Section):
    """A ticket that is made at each of the moments of a rule."""

    start: Annotated[datetime, BeforeValidator(_local), WithJsonSchema({"type": "string"})] = Field(
        description="The first day, or moment, in the desk’s time zone."
    )
    rule: Annotated[str, StringConstraints(max_length=500), AfterValidator(_rule)] = Field(
        description="Such as FREQ=MONTHLY;BYDAY=1MO."
    )
    template: str | None = None
    ticket: Values = Field(description="Its fields; title is one of them.")
    text: str = Field("", description="What stands below its fields; left out: what its template says.")

    @model_validator(mode="after")
    def _titled(self) -> Self:
        if not self.ticket.get("title"):
            raise _wrong(_("A recurring ticket needs a title."))
        return self

    def latest(self, now: datetime) -> datetime | None:
        """Return the last moment of the rule that is not after `now`, on the clocks of that zone."""
        return latest(self.rule, self.start, now)
