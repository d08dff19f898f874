"""The values that a desk's rules give to fields: each must be one that a ticket can have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from tracker.model.fields import BUILT_IN, ticket_field
from tracker.model.problem import Problem, explain, unknown_value
from tracker.model.ticket import field_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.model.configuration import Configuration
    from tracker.model.rules import Values

    Keys = tuple[str | int, ...]

NEVER_SET = ("id", "created", "aliases", "exceptions", "links", "outage", "resolution", "status")
"""What no rule decides: how a ticket moves is said by the statuses."""


def value_problems(configuration: Configuration) -> Iterator[Problem]:
    """Yield each field that no rule can set, and each value that it cannot have."""
    known = [name for name in (*BUILT_IN, *configuration.fields) if name not in NEVER_SET]
    types: dict[str, TypeAdapter[object]] = {}
    for keys, values in given_values(configuration):
        for field, value in values.items():
            if field not in known:
                yield unknown_value((*keys, field), field, known)
                continue
            if field not in types:
                types[field] = TypeAdapter(field_type(configuration, ticket_field(configuration, field)))
            yield from _problems(types[field], (*keys, field), value)


def _problems(kind: TypeAdapter[object], keys: Keys, value: object) -> Iterator[Problem]:
    try:
        kind.validate_python(value)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            yield explain({**detail, "loc": (*keys, *detail["loc"])})


def list_single_values(configuration: Configuration) -> None:
    """Make a list of each single text that a rule gives to a field of several values."""
    for _keys, values in given_values(configuration):
        for field, value in values.items():
            if isinstance(value, str) and ticket_field(configuration, field).is_list:
                values[field] = [value]


def given_values(configuration: Configuration) -> Iterator[tuple[Keys, Values]]:
    """Yield the values that rules give to fields, with the keys at which they stand."""
    for place, rule in enumerate(configuration.cataloguing.rules):
        yield ("cataloguing", "rules", place, "set"), rule.set
    for name, level in configuration.service_levels.items():
        for place, escalation in enumerate(level.escalations):
            yield ("service_levels", name, "escalations", place, "set"), escalation.set
    for name, recurring in configuration.recurring.items():
        yield ("recurring", name, "ticket"), recurring.ticket
