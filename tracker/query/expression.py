"""What a query says, as plain values: conditions, and in which order and groups their tickets come."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

EQUAL, RANGE = ":", ".."
COMPARISONS = (">=", "<=", ">", "<")


class Term(NamedTuple):
    """One condition.

    Attributes:
        field: a field's name, `requester.email` for a part of one; `is`, `has` and `text` are fields, too,
            and so is a kind of link; empty for a word of the id or title.
        operator: `:` for one of the values, a comparison with one value, `..` for from one to another.
        values: what it is held against, in lower case where case does not count; empty texts mean none,
            and `ASKER` means whoever asks.
    """

    field: str
    operator: str
    values: tuple[str, ...]


class All(NamedTuple):
    """Every one of the parts holds."""

    parts: tuple[Condition, ...]


class Any(NamedTuple):
    """At least one of the parts holds."""

    parts: tuple[Condition, ...]


class Not(NamedTuple):
    """The part does not hold."""

    part: Condition


Condition: TypeAlias = "Term | All | Any | Not"


class Query(NamedTuple):
    """A whole query.

    Attributes:
        condition: what a ticket must meet; `All(())` for every ticket.
        sort: fields with whether the largest come first; empty for the order of the queue.
        group: the field by whose values the tickets are grouped; empty for no groups.
    """

    condition: Condition = All(())
    sort: tuple[tuple[str, bool], ...] = ()
    group: str = ""


def terms_of(condition: Condition) -> list[Term]:
    """Return every condition within another."""
    match condition:
        case Term():
            return [condition]
        case Not(part):
            return terms_of(part)
        case All(parts) | Any(parts):
            return [term for part in parts for term in terms_of(part)]
