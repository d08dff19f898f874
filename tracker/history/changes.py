"""How one version of a ticket differs from another, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracker.document import Value

TEXT = "text"
"""Stands for what is below the front matter, as if it were a field."""


class FieldChange(NamedTuple):
    """One field, part of a field, or item of a list that is not what it was."""

    field: str
    old: Value
    new: Value


def field_changes(old: Mapping[str, Value], new: Mapping[str, Value]) -> Iterator[FieldChange]:
    """Yield what differs between two front matters, in the order of the newer one, what is gone last.

    Of lists, each item that came or is gone is a change of its own; of mappings, each key.
    """
    for name in (*new, *(name for name in old if name not in new)):
        before, after = old.get(name), new.get(name)
        if before != after:
            yield from _changes(name, before, after)


def _changes(name: str, old: Value, new: Value) -> Iterator[FieldChange]:
    if isinstance(old, list) or isinstance(new, list):
        before, after = _items(old), _items(new)
        yield from (FieldChange(name, item, None) for item in _without(before, after))
        yield from (FieldChange(name, None, item) for item in _without(after, before))
    elif isinstance(old, dict) or isinstance(new, dict):
        if not isinstance(old, dict | None):
            yield FieldChange(name, old, None)
        was, is_ = (value if isinstance(value, dict) else {} for value in (old, new))
        parts = field_changes(was, is_)
        yield from (FieldChange(f"{name}.{part.field}", part.old, part.new) for part in parts)
        if not isinstance(new, dict | None):
            yield FieldChange(name, None, new)
    else:
        yield FieldChange(name, old, new)


def _items(value: Value) -> list[Value]:
    """Return the items of a list; a single value is a list of one."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _without(items: list[Value], others: list[Value]) -> list[Value]:
    """Return the items that are not among some others; where one is there twice, each stands for one."""
    left = list(others)
    found = []
    for item in items:
        if item in left:
            left.remove(item)
        else:
            found.append(item)
    return found
