"""A ticket as typed values. The type is made from the desk's configuration, so its rules are the desk's."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from tracker.model.identifier import ALIAS, id_pattern, numbered
from tracker.model.kind import Kind
from tracker.model.problem import Problem, explain, missing, nearest, unknown_key
from tracker.model.values import (
    Contact,
    Day,
    Line,
    Link,
    Number,
    Outage,
    Text,
    TicketLink,
    matching,
    moment_in,
    one_of,
    one_of_or_address,
    outage_in,
)
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tracker.model.configuration import Configuration
    from tracker.model.fields import TicketField

_NOTHING_SET: set[str] = set()
_MOST, _MOST_KEYS = 100, 500
"""Whoever puts so much right is told the rest; a file that is made to be wrong holds up nobody."""


class Ticket(BaseModel):
    """The fields that every desk has. A value that does not fit is left out, so all have a default."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True, defer_build=True)

    id: str = ""
    title: str = ""
    type: str = ""
    status: str = ""
    resolution: str | None = None
    category: str = ""
    priority: str = ""
    created: datetime | None = None
    assignee: str | None = None
    requester: Contact | None = None
    source: dict[str, Any] = Field(default_factory=dict)
    due: date | None = None
    department: str | None = None
    team: str | None = None
    location: str | None = None
    work: str | None = None
    labels: list[str] = Field(default_factory=list)
    system: dict[str, Any] = Field(default_factory=dict)
    outage: Outage | None = None
    links: list[Link] = Field(default_factory=list)
    watchers: list[str] = Field(default_factory=list)
    visibility: str | None = None
    exceptions: list[str] = Field(default_factory=list)
    aliases: list[str] = Field(default_factory=list)

    def value(self, name: str) -> Any:
        """Return the value of a field, built in or the desk's own; None where it has none."""
        return getattr(self, name if name in Ticket.model_fields else _attribute(name), None)


@cache
def empty_ticket() -> Ticket:
    """Return the ticket of a file from which no value can be taken; all of these share it."""
    return Ticket()


def _attribute(name: str) -> str:
    """Keep a desk's own field apart from whatever names pydantic uses."""
    return f"own_{name}"


def ticket_type(configuration: Configuration, fields: Mapping[str, TicketField]) -> type[Ticket]:
    """Make the type of a desk's tickets: each field with the values that the configuration allows."""
    definitions: dict[str, Any] = {}
    for name, field in fields.items():
        annotation = field_type(configuration, field)
        if name in Ticket.model_fields:
            default = Ticket.model_fields[name]
            definitions[name] = (annotation, default)
        else:
            definitions[_attribute(name)] = (annotation | None, Field(default=None, alias=name))
    return create_model("DeskTicket", __base__=Ticket, **definitions)


def field_type(configuration: Configuration, field: TicketField) -> Any:  # noqa: C901, PLR0911, PLR0912  # one case a kind
    """Return the type of a field's value: what a ticket may have there."""
    choice = one_of(field.values) if field.values else Line
    ids = matching(id_pattern(configuration.ids.prefix), lambda: id_hint(configuration.ids.prefix))
    match field.kind:
        case Kind.TEXT:
            plain = Line if field.name == "title" else Text
            return Annotated[plain, Field(pattern=f"^(?:{field.pattern})$")] if field.pattern else plain
        case Kind.NUMBER:
            return Number
        case Kind.DATE:
            return Day
        case Kind.TIME:
            return moment_in(configuration.zone)
        case Kind.CHOICE | Kind.PERSON:
            return choice
        case Kind.PEOPLE if field.name == "watchers" and field.values:
            return list[one_of_or_address(field.values)]  # type: ignore[misc]  # made at run time
        case Kind.MULTIPLE_CHOICE | Kind.PEOPLE:
            return list[choice]  # type: ignore[valid-type]  # made at run time
        case Kind.IDENTIFIER:
            return ids
        case Kind.TICKET:
            return matching(ALIAS, lambda: id_hint(configuration.ids.prefix))
        case Kind.IDENTIFIERS:
            return list[matching(ALIAS, lambda: id_hint(configuration.ids.prefix))]  # type: ignore[misc]  # made at run time
        case Kind.CONTACT:
            return Contact
        case Kind.DETAILS:
            return dict[str, Any]
        case Kind.LINKS:
            return list[TicketLink]
        case Kind.LABELS:
            return list[Line]
        case Kind.OUTAGE:
            return outage_in(configuration.zone)


def id_hint(prefix: str) -> str:
    """Say what ids look like at a desk."""
    return _("An id looks like {number} or {draft}.").format(
        number=numbered(prefix, 1042), draft=f"{prefix}-k7q3x"
    )


class TicketReader(NamedTuple):
    """Reads tickets of one desk.

    Attributes:
        fields: the desk's fields, in canonical order.
        type: the type of its tickets, made from them.
        rank: each field's place in the order.
        rules: `error`, `warning` or `off` by a rule's code, where the desk says.
    """

    fields: Mapping[str, TicketField]
    type: type[Ticket]
    rank: Mapping[str, int]
    rules: Mapping[str, str]

    @classmethod
    def of(cls, configuration: Configuration, fields: Mapping[str, TicketField]) -> TicketReader:
        """Return what reads the tickets of a desk."""
        rank = {name: place for place, name in enumerate(fields)}
        return cls(fields, ticket_type(configuration, fields), rank, configuration.rules)

    def read(self, values: Mapping[str, Any], required: Iterable[str]) -> tuple[Ticket, list[Problem]]:
        """Return the ticket that `values` make, and what does not fit.

        Args:
            values: the front matter, each scalar as the author's text; None counts as absent.
            required: the fields that must be there, beside those the configuration demands.

        Returns:
            The ticket without the values that do not fit, and a problem for each of these.
        """
        present = {key: value for key, value in values.items() if value is not None}
        problems: list[Problem] = []
        try:
            ticket = self.type.model_validate(present, by_alias=True)
        except ValidationError as error:
            details = error.errors(include_url=False)
            problems = [explain(detail) for detail in details[:_MOST]]
            wrong = {detail["loc"][0] for detail in details}
            rest = {key: value for key, value in present.items() if key not in wrong}
            ticket = self.type.model_validate(rest, by_alias=True)
        forget_what_was_set(ticket, ticket.requester)
        problems.extend(self._missing(present, frozenset(required)))
        problems.extend(islice(self._misspelled(islice(present, _MOST_KEYS)), _MOST))
        return ticket, problems

    def _missing(self, present: Mapping[str, Any], required: frozenset[str]) -> Iterator[Problem]:
        for name, field in self.fields.items():
            if name in present:
                continue
            if name in required:
                yield missing((name,))
            elif field.required_when and all(
                present.get(other) in values for other, values in field.required_when.items()
            ):
                pairs = (f"{other}: {present[other]}" for other in field.required_when)
                yield missing(
                    (name,), _("It is required when {condition}.").format(condition=", ".join(pairs))
                )

    def _misspelled(self, present: Iterable[str]) -> Iterator[Problem]:
        for key in present:
            if key not in self.fields and nearest(key, [name for name in self.fields if _is_slip(key, name)]):
                yield unknown_key((key,), [name for name in self.fields if _is_slip(key, name)])


def forget_what_was_set(*models: BaseModel | None) -> None:
    """Let models share what pydantic keeps of each, which fields were given: nobody asks, and it is large."""
    for model in models:
        if model is not None:
            object.__setattr__(model, "__pydantic_fields_set__", _NOTHING_SET)


def _is_slip(key: str, name: str) -> bool:
    """Whether `key` is so near to `name` that it must be a slip of the keyboard, not a key of its own."""
    if re.sub(r"[^a-z]", "", key.lower()) == re.sub(r"[^a-z]", "", name):
        return True
    long_enough = len(name) > 4  # noqa: PLR2004  # with shorter words, a near one is often another word
    return long_enough and abs(len(key) - len(name)) <= 1 and _distance_is_one(key.lower(), name)


def _distance_is_one(left: str, right: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours turns one word into the other."""
    start = next(
        (i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right))
    )
    rest_left, rest_right = left[start:], right[start:]
    swapped = rest_left[1:2] + rest_left[:1] + rest_left[2:]
    return (
        rest_left[1:] == rest_right
        or rest_left == rest_right[1:]
        or rest_left[1:] == rest_right[1:]
        or swapped == rest_right
    )
