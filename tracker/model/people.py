"""The desk's people and teams: who may be given what, and when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from tracker.model.section import Handle, Label, Section, listed
from tracker.model.values import Address, Day
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable

Skills = Annotated[list[Handle], BeforeValidator(listed)]
Weight = Annotated[float, Field(ge=0, le=1_000)]


class Active(Section):
    """From when to when someone, or something, is there; both days included."""

    since: Day | None = None
    until: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since and self.until and self.since > self.until:
            message = _("{until} is before {since}.").format(until=self.until, since=self.since)
            raise PydanticCustomError("tracker_value", "{message}", {"message": message})
        return self

    def includes(self, day: date) -> bool:
        """Whether a day is one of these."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Absence(Active):
    """Days on which somebody is away."""

    delegate: str | None = Field(None, description="Who stands in.")


class Cover(Active):
    """Days on which somebody is at another location, too."""

    location: str


class Person(Section):
    """Someone who works on tickets."""

    name: Annotated[str, StringConstraints(min_length=1)]
    email: Address | None = None
    addresses: Annotated[list[Address], BeforeValidator(listed)] = Field(
        default_factory=list, description="Further addresses that are theirs."
    )
    forge: str | None = None
    location: str | None = None
    department: str | None = None
    remote: bool = Field(False, description="They work from afar, so never on the spot.")
    also_covers: list[Cover] = Field(
        default_factory=list, description="Other locations where they are, such as on a visit."
    )
    skills: Skills = Field(default_factory=list)
    capacity: Weight | None = Field(None, description="So many open tickets at most, or so much weight.")
    calendar: str | None = Field(None, description="When they work; left out: as their location does.")
    absences: list[Absence] = Field(default_factory=list)
    language: Literal["en", "fr"] | None = Field(
        None, description="Of the mail that they get; left out: the desk's."
    )
    notices: Literal["none", "own", "all"] = Field(
        "all",
        description="What mail they get: none, about tickets of their own, or also of those they watch.",
    )
    active: Active | None = None

    def is_active(self, day: date) -> bool:
        """Whether they work here at all on a day."""
        return self.active is None or self.active.includes(day)

    def absence(self, day: date) -> Absence | None:
        """Return the absence that a day falls into; of several, the one that ends last."""
        found = [absence for absence in self.absences if absence.includes(day)]
        return max(found, key=lambda absence: absence.until or date.max) if found else None

    def places(self, day: date) -> set[str]:
        """Return the locations at which they can be on the spot on a day."""
        visited = {cover.location for cover in self.also_covers if cover.includes(day)}
        return visited | ({self.location} if self.location and not self.remote else set())

    @property
    def mail(self) -> set[str]:
        """All their addresses, in lower case."""
        return {address.lower() for address in (self.email, *self.addresses) if address}


class Team(Section):
    """People among whom work is shared."""

    label: Label | None = None
    members: Annotated[list[Handle], BeforeValidator(listed)] = Field(default_factory=list)
    lead: Handle | None = None


def handles(names: Iterable[str], teams: dict[str, Team]) -> list[str]:
    """Return the people that some names of people and teams mean, each once, in this order."""
    found = (member for name in names for member in (teams[name].members if name in teams else [name]))
    return list(dict.fromkeys(found))
