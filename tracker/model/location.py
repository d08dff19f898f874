"""The places of a company, and how the place of a request is known."""

from __future__ import annotations

from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from tracker.model.people import Active
from tracker.model.section import Handle, Label, Section, listed
from tracker.model.values import Address
from tracker.translation import _


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = _("“{value}” is not a time zone.").format(value=value)
        hint = _("Use a name of the IANA database, such as Europe/Paris.")
        raise PydanticCustomError("tracker_value", "{message}", {"message": message, "hint": hint}) from None
    return value


Zone = Annotated[str, AfterValidator(_zone)]
KNOWN_BY = r"^[^@\s]*@[^@\s]+\.[^@\s]+$"
"""An address, or a domain with the @ before it, which stands for all addresses of it."""


class Location(Section):
    """A place of the company."""

    label: Label | None = None
    time_zone: Zone | None = None
    calendar: str | None = None
    departments: Annotated[list[Handle], BeforeValidator(listed)] = Field(
        default_factory=list, description="The departments that are here."
    )
    addresses: Annotated[list[Address], BeforeValidator(listed)] = Field(
        default_factory=list, description="What is sent to these is about this location."
    )
    active: Active | None = None


class Employee(Section):
    """What the directory knows of somebody who asks for something."""

    location: str | None = None
    department: str | None = None
    language: Literal["en", "fr"] | None = Field(
        None, description="The language of their mail; left out: that of their domain, or of the desk."
    )


Correspondent = Annotated[str, StringConstraints(pattern=KNOWN_BY, to_lower=True, max_length=320)]
