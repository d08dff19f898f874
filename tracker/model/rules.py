"""The desk's rules: what a request is about, who is given it, and by when it must be done."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from tracker.model.people import Skills, Weight
from tracker.model.section import Handle, Section, listed
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Mapping

_SPAN = re.compile(r"(?:(\d{1,5})d)?\s*(?:(\d{1,6})h)?\s*(?:(\d{1,7})m(?:in)?)?", re.IGNORECASE)
_LONGEST = timedelta(days=3_660)


def _span(value: object) -> object:
    """Read `30m`, `4h`, `1h 30m`, `14d` as a span of time."""
    if not isinstance(value, str):
        return value
    found = _SPAN.fullmatch(value.strip())
    days, hours, minutes = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    span = timedelta(days=days, hours=hours, minutes=minutes)
    if timedelta() < span <= _LONGEST:
        return span
    message = _("“{value}” is no span of time.").format(value=value)
    hint = _("Write 30m, 4h, 1h 30m or 14d.")
    raise PydanticCustomError("tracker_value", "{message}", {"message": message, "hint": hint})


def _without_days(value: object) -> object:
    if isinstance(value, str) and "d" in value.lower():
        message = _("“{value}” does not say how long a day is.").format(value=value)
        hint = _("Count hours of work, such as 16h for two days of eight hours.")
        raise PydanticCustomError("tracker_value", "{message}", {"message": message, "hint": hint})
    return value


_TEXT = WithJsonSchema({"type": "string"})
Span = Annotated[timedelta, BeforeValidator(_span), _TEXT]
Target = Annotated[timedelta, BeforeValidator(_span), BeforeValidator(_without_days), _TEXT]
When = Annotated[str, StringConstraints(max_length=2_000)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\r\n]+$")]
Values = dict[Handle, str | list[str] | dict[str, str]]
"""What fields are given, as it is written in a ticket."""


class CataloguingRule(Section):
    """What a request is about, if it meets a query."""

    name: Name | None = None
    when: When = Field("", description="A query; left out: every request.")
    set: Values = Field(min_length=1, description="The fields that it is given.")
    replace: bool = Field(False, description="Also where a draft says something else.")


class Cataloguing(Section):
    """How what is missing in a request is found."""

    match: Literal["first", "all"] = Field("first", description="Whether further rules count after a match.")
    rules: list[CataloguingRule] = Field(default_factory=list)


class AssignmentRule(Section):
    """Who is given a ticket, if it meets a query."""

    name: Name | None = None
    when: When = Field("", description="A query; left out: every ticket.")
    to: Annotated[list[Handle], BeforeValidator(listed)] = Field(
        default_factory=list, description="A person or a team, or several."
    )
    queue: Handle | None = Field(None, description="A team: whoever of it takes the ticket, has it.")
    strategy: Literal["least_load", "round_robin", "first", "lead"] = "least_load"
    same_location: bool = Field(False, description="Only someone at the ticket’s location.")
    skills: Skills = Field(default_factory=list)
    at_work: bool = Field(False, description="Only someone who works at this hour.")
    if_nobody: Literal["leave", "next"] = Field("leave", description="Whether the next rule is asked then.")


class Assignment(Section):
    """How tickets are given to people."""

    dispatcher: Annotated[list[Handle], BeforeValidator(listed)] = Field(
        default_factory=list, description="Who catalogues what the rules cannot place."
    )
    absences: Literal["keep", "reassign"] = Field(
        "keep", description="Whether tickets of those who are away go to their delegates."
    )
    weights: dict[Handle, Weight] = Field(
        default_factory=dict, description="How much a ticket of a priority weighs; left out: 1."
    )
    rules: list[AssignmentRule] = Field(default_factory=list)

    @property
    def decides(self) -> bool:
        """Whether the desk gives tickets to people by rules at all."""
        return bool(self.rules or self.dispatcher)

    def weight(self, priority: str) -> float:
        """Return how much a ticket of a priority weighs."""
        return self.weights.get(priority, 1)


CLOCKS = ("first_response", "next_update", "resolution")


class Escalation(Section):
    """What changes when a ticket is late, or about to be."""

    clock: Literal["first_response", "next_update", "resolution"]
    at: Annotated[int, Field(ge=1, le=1_000)] = Field(100, description="Percent of the target.")
    set: Values = Field(min_length=1)


class ServiceLevel(Section):
    """By when tickets that meet a query are answered and done."""

    when: When = Field("", description="A query; left out: every ticket.")
    first_response: Target | None = None
    next_update: Target | None = None
    resolution: Target | None = None
    hours: Literal["calendar", "always"] = Field(
        "calendar", description="Whether the hours of the location count, or all."
    )
    warn: Annotated[int, Field(ge=1, le=100)] = Field(75, description="Percent of the target.")
    escalations: list[Escalation] = Field(default_factory=list)

    @property
    def targets(self) -> Mapping[str, timedelta]:
        """The targets that it has, by the name of the clock."""
        found = {clock: getattr(self, clock) for clock in CLOCKS}
        return {clock: target for clock, target in found.items() if target is not None}
