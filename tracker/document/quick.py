"""The values of front matter that is written as almost all is, in a fraction of the time.

`key: value` lines, and below a key without a value either such lines or `- item` lines, indented by two:
what our own writer makes, and most people. Nothing is decided here: a text with any other line is left
to the strict reading, which gives the same values wherever both read a text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.document.nodes import parse
from tracker.document.value import NULLS, SPECIAL

if TYPE_CHECKING:
    from tracker.document.value import Value

_PLAIN = r"(?:[^\W_]|[/(«“])(?:[^:#\n]++|:(?=[!-~])|(?<=[!-~])#)*+(?<! )"
_SINGLE = r"'(?:[^'\n]++|'')*+'"
_DOUBLE = r'"[^\\"\n]*+"'
_VALUE = f"({_PLAIN}|{_SINGLE}|{_DOUBLE})"
_LINE = re.compile(rf"(?:(  )?([A-Za-z_]\w{{0,60}}+):(?: {_VALUE})?|  - {_VALUE})\n|([\s\S]+)")
"""A line: whether it is nested, its key, its value; or an item; or all that follows anything else."""


def read_values(text: str) -> dict[str, Value] | None:
    """Return the values of a mapping in YAML; None where there is something to complain about."""
    odd = "\t" in text or SPECIAL.search(text.replace("\n", ""))
    return _read_strictly(text) if odd else _read_lines(text)


def _read_lines(text: str) -> dict[str, Value] | None:
    values: dict[str, Value] = {}
    last, bare = "", False
    for nested, key, value, item, odd in _LINE.findall(text):
        if odd:
            return _read_strictly(text)
        if key and not nested:
            if key in values:
                return _read_strictly(text)
            values[key], last, bare = _text(value), key, not value
            continue
        if bare:  # only a key without anything after its colon may have lines below it
            values[last], bare = {} if key else [], False
        parts = values.get(last)
        if isinstance(parts, list) and not key:
            parts.append(_text(item))
        elif isinstance(parts, dict) and key and key not in parts:
            parts[key] = _text(value)
        else:
            return _read_strictly(text)
    return values


def _text(written: str) -> str | None:
    """Return what a scalar means; one that is not there means nothing."""
    if not written or written in NULLS:
        return None
    if written[0] == "'":
        return written[1:-1].replace("''", "'")
    return written[1:-1] if written[0] == '"' else written


def _read_strictly(text: str) -> dict[str, Value] | None:
    parsed = parse(text)
    return None if parsed.complaints else parsed.values
