"""What a field of a ticket holds, as queries look at it."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

NOTHING: tuple[Any, ...] = (None, "", [], {})


def items(value: Any) -> list[Any]:
    """Return the values that a field has; of one that has none, that."""
    return value if isinstance(value, list) and value else [value]


def rank_in(order: Sequence[str], value: Any) -> int | None:
    """Return the place of a value in an order, whatever its capitals; None where it has none."""
    if not isinstance(value, str):
        return None
    if value in order:
        return order.index(value)
    lower = value.lower()
    return next((place for place, one in enumerate(order) if one.lower() == lower), None)


def number_in(value: Any) -> float | None:
    """Return the number that a value is; None where it is none that can be compared."""
    try:
        number = None if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if number is not None and isfinite(number) else None


def texts_at(values: Mapping[str, Any], name: str) -> Iterator[str]:
    """Yield the texts in a field, or in a part of one such as `requester.email`."""
    value: Any = values
    for part in name.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    yield from texts(value)


def texts(value: Any) -> Iterator[str]:
    """Yield every text in a value."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from texts(part)
    elif value is not None and value != "":
        yield str(value)
