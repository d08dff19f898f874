"""Where something stands in a text: line and column, both counted from 1, in characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINE_BREAK = re.compile(r"\r\n|\n|\r")


class Position(NamedTuple):
    """A place in a text as editors show it."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"


START = Position(1, 1)


def lines_of(text: str) -> list[str]:
    """Return the lines of a text without their ends, at least one; they end where `position_at` ends them."""
    return _LINE_BREAK.split(text)


def line_end_of(text: str) -> str:
    """Return how the first line of a text ends; a line feed where there is only one."""
    found = _LINE_BREAK.search(text)
    return found[0] if found else "\n"


def position_at(text: str, index: int) -> Position:
    """Return the position of the character at `index` of `text`.

    Only CR, LF and CRLF end a line, as editors and forges count; YAML's further line
    separators (U+0085, U+2028, U+2029) do not, so a YAML parser's own line numbers are not used.
    """
    line, line_start = 1, 0
    for match in _LINE_BREAK.finditer(text, 0, max(index, 0)):
        line += 1
        line_start = match.end()
    return Position(line, index - line_start + 1)


def positions_at(text: str, indexes: Iterable[int]) -> list[Position]:
    """Return the position of each of many characters, as `position_at` does, in one look at the text."""
    starts = [0, *(match.end() for match in _LINE_BREAK.finditer(text))]
    lines = ((bisect_right(starts, index), index) for index in indexes)
    return [Position(line, index - starts[line - 1] + 1) for line, index in lines]
