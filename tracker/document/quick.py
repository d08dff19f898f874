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

_PLAIN = r"(?:[^\W_]|[/(«“])(?:[^:#\n]|:(?=[!-~])|(?<=[!-~])#)*(?<! )"
_SINGLE = r"'(?:[^'\n]|'')*'"
_DOUBLE = r'"[^\\"\n]*"'
_VALUE = f"({_PLAIN}|{_SINGLE}|{_DOUBLE})"
_LINE = re.compile(rf"(?:(  )?([A-Za-z_]\w{{0,60}}):(?: {_VALUE})?|  - {_VALUE})\n")


def read_values(text: str) -> dict[str, Value] | None:
    """Return the values of a mapping in YAML; None where there is something to complain about."""
    odd = "\t" in text or SPECIAL.search(text.replace("\n", ""))
    return _read_strictly(text) if odd else _read_lines(text)


def _read_lines(text: str) -> dict[str, Value] | None:
    values: dict[str, Value] = {}
    last, bare, end = "", False, 0
    for line in _LINE.finditer(text):
        if line.start() != end:
            return _read_strictly(text)
        end = line.end()
        nested, key, value, item = line.groups()
        if key is not None and not nested:
            if key in values:
                return _read_strictly(text)
            values[key], last, bare = _text(value), key, value is None
            continue
        if bare:  # only a key without anything after its colon may have lines below it
            values[last], bare = [] if key is None else {}, False
        parts = values.get(last)
        if isinstance(parts, list) and key is None:
            parts.append(_text(item))
        elif isinstance(parts, dict) and key is not None and key not in parts:
            parts[key] = _text(value)
        else:
            return _read_strictly(text)
    return values if end == len(text) else _read_strictly(text)


def _text(written: str | None) -> str | None:
    """Return what a scalar means."""
    if written is None or written in NULLS:
        return None
    if written[0] == "'":
        return written[1:-1].replace("''", "'")
    return written[1:-1] if written[0] == '"' else written


def _read_strictly(text: str) -> dict[str, Value] | None:
    parsed = parse(text)
    return None if parsed.complaints else parsed.values
