"""New front matter: fields in canonical order, one item of a list a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tracker.document.scalar import scalar
from tracker.document.value import SPECIAL

if TYPE_CHECKING:
    from typing_extensions import TypeIs

    from tracker.document.value import NewScalar, NewValue

STEP = "  "


def compose(fields: Mapping[str, NewValue], body: str, order: Sequence[str]) -> str:
    """Return the text of a new file.

    Args:
        fields: the front matter; what is empty is left out.
        body: the text under it.
        order: the canonical order of fields; others follow.

    Raises:
        EditError: a text holds bytes that are no UTF-8.
    """
    names = [name for name in order if name in fields] + [name for name in fields if name not in order]
    lines = [
        line for name in names if not is_empty(fields[name]) for line in entry_lines(name, fields[name], "")
    ]
    return "\n".join(["---", *lines, "---", body])


def is_empty(value: NewValue) -> bool:
    """Whether a value holds nothing, so that its field is left out."""
    return value is None or not (is_scalar(value) or value)


def entry_lines(key: str, value: NewValue, indent: str) -> list[str]:
    """Return the lines of one key with its value, without line ends, in block style."""
    name = indent + scalar(key)
    if is_scalar(value):
        return _scalar_lines(name, value, indent)
    return [f"{name}:", *inner_lines(value, indent + STEP)]


def inner_lines(value: Sequence[NewValue] | Mapping[str, NewValue], indent: str) -> list[str]:
    """Return the lines of a list's items or a mapping's entries."""
    if isinstance(value, Mapping):
        return [line for key, part in value.items() for line in entry_lines(key, part, indent)]
    return [line for item in value for line in _item_lines(item, indent)]


def _item_lines(item: NewValue, indent: str) -> list[str]:
    if is_scalar(item):
        return [f"{indent}- {scalar(item)}".rstrip()]
    first, *rest = inner_lines(item, indent + STEP)
    return [f"{indent}- {first.removeprefix(indent + STEP)}", *rest]


def _scalar_lines(name: str, value: NewScalar, indent: str) -> list[str]:
    if isinstance(value, str) and _fits_literal(value):
        mark, text = ("|", value[:-1]) if value.endswith("\n") else ("|-", value)
        return [f"{name}: {mark}", *(f"{indent}{STEP}{line}" if line else "" for line in text.split("\n"))]
    return [f"{name}: {scalar(value)}".rstrip()]


def _fits_literal(text: str) -> bool:
    """Whether a text of several lines can stand as it is, below its key."""
    lines = text.removesuffix("\n").split("\n")
    plain = len(lines) > 1 and not SPECIAL.search(text.replace("\n", ""))
    return plain and all((lines[0], lines[-1])) and not any(line.strip() != line for line in lines)


def is_scalar(value: NewValue) -> TypeIs[NewScalar]:
    """Whether a value is a single one, neither list nor mapping."""
    return isinstance(value, str) or not isinstance(value, Sequence | Mapping)
