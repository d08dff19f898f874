"""Places in a text as editors count them: lines and columns from 0, columns in units of some encoding.

The Language Server Protocol 3.17 ends a line at CR, LF and CRLF only, and counts UTF-16 code units unless
client and server agree on another encoding ("Text Documents", "PositionEncodingKind").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

BOM = "\ufeff"
_UNITS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


class Spot(NamedTuple):
    """A place in a text: line and character, both from 0."""

    line: int
    column: int


class Stretch(NamedTuple):
    """A part of a text, without the character at `end`."""

    start: Spot
    end: Spot


def data_of(text: str) -> bytes:
    """Return a text as the bytes of a file; half a character, which no file may hold, makes it unreadable."""
    return text.encode("utf-8", "surrogatepass")


def to_units(lines: Sequence[str], spot: Spot, encoding: str) -> tuple[int, int]:
    """Return line and column of a place, the column in code units of an encoding."""
    before = lines[spot.line][: spot.column] if spot.line < len(lines) else ""
    return spot.line, _length(before, encoding)


def from_units(lines: Sequence[str], line: int, units: int, encoding: str) -> Spot:
    """Return the place that an editor means; behind the end of a line or of the text, that end.

    A place within a character is that of the character.
    """
    if line >= len(lines):
        return Spot(len(lines) - 1, len(lines[-1]))
    column = 0
    for character in lines[line]:
        units -= _length(character, encoding)
        if units < 0:
            break
        column += 1
    return Spot(line, column)


def _length(text: str, encoding: str) -> int:
    codec, width = _UNITS[encoding]
    return len(text.encode(codec, "surrogatepass")) // width
