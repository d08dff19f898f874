"""The types of single values, made from the text that an author wrote. Text in, exact values out."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    WrapValidator,
    create_model,
)
from pydantic_core import PydanticCustomError

from tracker.model.address import EMAIL
from tracker.model.kind import LINK_KINDS
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LONGEST_ADDRESS = 320
Address = Annotated[str, StringConstraints(pattern=EMAIL, max_length=LONGEST_ADDRESS)]
"""A mail address. A length in the pattern would repeat Unicode's classes as often: 4 ms of each command."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)? ?([Zz]|[+-]\d{2}:?\d{2})?")
_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,6})?", re.ASCII)


class Contact(BaseModel):
    """Someone who may not be one of the desk's people: a name, an address, or both."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    name: str = ""
    email: Address | None = None


class Outage(BaseModel):
    """When something could not be used: since the ticket was created, and until it was done, if not said."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    since: datetime | None = None
    until: datetime | None = None


class Link(NamedTuple):
    """One side of a relation between tickets: what this ticket is to `target`."""

    kind: str
    target: str

    def __str__(self) -> str:
        return f"{self.kind} {self.target}"


def parse_date(value: object) -> date:
    """Return the day that `value` names in ISO 8601 (`2026-11-28`).

    Raises:
        PydanticCustomError: it is written otherwise, or the calendar has no such day.
    """
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise _wrong_date(_("“{value}” is not a date.").format(value=value))
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise _wrong_date(_("There is no day {value}.").format(value=value)) from None


def parse_time(value: object, zone: tzinfo) -> datetime:
    """Return the aware moment that `value` names in ISO 8601; without an offset it is in `zone`.

    Raises:
        PydanticCustomError: it is written otherwise, or does not exist.
    """
    if isinstance(value, str) and _TIME.fullmatch(value):
        try:
            moment = datetime.fromisoformat(value.upper().replace(" +", "+"))
        except ValueError:
            raise _wrong_time(_("There is no moment {value}.").format(value=value)) from None
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    if isinstance(value, str) and _DATE.fullmatch(value):
        day = parse_date(value)
        return datetime(day.year, day.month, day.day, tzinfo=zone)
    raise _wrong_time(_("“{value}” is not a date with a time.").format(value=value))


def parse_number(value: object) -> Decimal:
    """Return an exact decimal number; `1.10` keeps its zero.

    Raises:
        PydanticCustomError: it is no number.
    """
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise PydanticCustomError("tracker_number", "not a number")
    return Decimal(value)


def parse_link(value: object) -> Link:
    """Return the link that a text such as `follows HD-990` names.

    Raises:
        PydanticCustomError: it is no kind of link followed by an id.
    """
    kind, _space, target = value.strip().partition(" ") if isinstance(value, str) else ("", "", "")
    if kind in LINK_KINDS and target.strip() and " " not in target.strip():
        return Link(kind, target.strip())
    message = _("“{value}” is not a link.").format(value=value)
    hint = _("Write a kind and an id, such as “follows HD-990”. Kinds: {kinds}.").format(
        kinds=", ".join(LINK_KINDS)
    )
    raise PydanticCustomError("tracker_value", "{message}", {"message": message, "hint": hint})


def one_of(known: Iterable[str]) -> Any:
    """Return the type of a text that is one of `known`."""
    return Literal[*known]


def one_of_or_address(known: Iterable[str]) -> Any:
    """Return the type of a text that is one of `known`, or a mail address."""
    names = list(known)

    def check(value: object, known_value: Callable[[object], object]) -> object:
        if not isinstance(value, str) or "@" not in value[1:]:  # “@omar” is a handle that is written wrong
            return known_value(value)
        if len(value) > LONGEST_ADDRESS or not re.search(EMAIL, value):
            raise PydanticCustomError("tracker_address", "wrong form")
        return value

    schema = {"anyOf": [{"enum": names}, {"type": "string", "pattern": EMAIL}]}
    return Annotated[Literal[*names], WrapValidator(check), WithJsonSchema(schema)]


def matching(pattern: re.Pattern[str], hint: Callable[[], str]) -> Any:
    """Return the type of a text that `pattern` matches whole; `hint` says what it should look like."""

    def check(value: object) -> object:
        if isinstance(value, str) and not pattern.fullmatch(value):
            raise PydanticCustomError("tracker_pattern", "wrong form", {"hint": hint()})
        return value

    schema = {"type": "string", "pattern": f"^(?:{pattern.pattern})$"}
    return Annotated[str, BeforeValidator(check), WithJsonSchema(schema)]


def moment_in(zone: tzinfo) -> Any:
    """Return the type of a moment in time; one written without an offset is in `zone`."""
    schema = {"type": "string", "format": "date-time"}
    return Annotated[datetime, BeforeValidator(lambda value: parse_time(value, zone)), WithJsonSchema(schema)]


def outage_in(zone: tzinfo) -> Any:
    """Return the type of an outage; its moments without an offset are in `zone`."""
    moment = (moment_in(zone) | None, None)
    return create_model("TicketOutage", __base__=Outage, since=moment, until=moment)


def _one_line(value: object) -> object:
    if isinstance(value, str) and ("\n" in value or "\r" in value or not value.strip()):
        raise PydanticCustomError("tracker_text", "not one line")
    return value


Line = Annotated[str, BeforeValidator(_one_line)]
Text = Annotated[str, Field(min_length=1)]
Day = Annotated[date, BeforeValidator(parse_date), WithJsonSchema({"type": "string", "format": "date"})]
Number = Annotated[Decimal, BeforeValidator(parse_number), WithJsonSchema({"type": "number"})]
TicketLink = Annotated[
    Link,
    BeforeValidator(parse_link),
    WithJsonSchema({"type": "string", "pattern": f"^({'|'.join(LINK_KINDS)}) \\S+$"}),
]
Visibility = Literal["public", "internal"]


def _wrong_date(message: str) -> PydanticCustomError:
    hint = _("Write it as year, month and day: 2026-11-28.")
    return PydanticCustomError("tracker_date", "{message}", {"message": message, "hint": hint})


def _wrong_time(message: str) -> PydanticCustomError:
    hint = _("Write it as 2026-11-24T09:12:00+01:00.")
    return PydanticCustomError("tracker_date", "{message}", {"message": message, "hint": hint})
