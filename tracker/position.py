"""Where something stands in a text: line and column, both counted from 1, in characters."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    starts = _line_starts(text)
    line = max(bisect_right(starts, index), 1)
    return Position(line, index - starts[line - 1] + 1)


@lru_cache(maxsize=4)
def _line_starts(text: str) -> Sequence[int]:
    """Return where each line begins; many findings of one text ask for it."""
    return array("L", [0, *(match.end() for match in _LINE_BREAK.finditer(text))])
