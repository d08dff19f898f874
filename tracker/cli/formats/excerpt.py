"""A line of a file as a terminal can show it, with the place of a column in it.

Terminals count cells: a character of Chinese takes two, an accent of its own none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.terminal import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAB = "    "
_CUT = "…"


def excerpt(line: str, column: int, width: int) -> tuple[str, int]:
    """Return what of a line fits so many cells, and how many of them come before a column of the line.

    Args:
        line: without its line break.
        column: from 1, in characters; past the line's end it is the place after it.
        width: at least a few cells.
    """
    from rich.cells import cell_len

    before, after = _shown(line[: column - 1]), _shown(line[column - 1 :])
    if cell_len(before) + cell_len(after) > width:
        before = _last(before, max(width // 2, width - cell_len(after)))
        after = _first(after, width - cell_len(before))
    return before + after, cell_len(before)


def wrapped(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a text, broken between words; a word that is longer than a line stays whole."""
    from rich.cells import cell_len

    line = ""
    for word in text.split():
        if line and cell_len(line) + 1 + cell_len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    if line:
        yield line


def _shown(text: str) -> str:
    return clean(text.replace("\t", _TAB)).replace("\n", "␊")


def _first(text: str, width: int) -> str:
    from rich.cells import cell_len, set_cell_size

    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + _CUT


def _last(text: str, width: int) -> str:
    from rich.cells import cell_len, get_character_cell_size

    if cell_len(text) <= width:
        return text
    start, room = len(text), width - 1
    while start and (room := room - get_character_cell_size(text[start - 1])) >= 0:
        start -= 1
    return _CUT + text[start:]
