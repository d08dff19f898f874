"""Numbers for a person at a terminal: bars, and sheets."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tracker.cli.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

_EIGHTHS = " ▏▎▍▌▋▊▉"
_FULL = "█"


def sheet(headings: Sequence[str], rows: Sequence[Sequence[str]], sides: str) -> str:
    """Return rows as text: at a terminal in columns, else with a tab between values.

    Args:
        headings: of the columns, the first of which is the title of all.
        rows: the values, which may be anybody's text.
        sides: for each column `<` or `>`, the side on which its values stand.
    """
    lines = [[one_line(value) for value in row] for row in rows]
    if not sys.stdout.isatty():
        titled = [headings, *lines] if any(headings) else lines
        return "".join("\t".join(filter(None, line)) + "\n" for line in titled)
    widths = [max(map(len, column)) for column in zip(headings, *lines, strict=True)]

    def padded(line: Sequence[str]) -> str:
        cells = zip(line, sides, widths, strict=True)
        return "  ".join(f"{value:{side}{width}}" for value, side, width in cells).rstrip()

    head = [click.style(padded(headings), dim=True)] if any(headings) else []
    return "".join(f"{line}\n" for line in (*head, *map(padded, lines)))


def bars(values: Sequence[int], most: int, width: int) -> list[str]:
    """Return a bar for each number, that of `most` of `width` characters."""
    return [_bar(value / (most or 1) * width) for value in values]


def _bar(length: float) -> str:
    whole, rest = divmod(round(length * 8), 8)
    return _FULL * whole + (_EIGHTHS[rest] if rest else "")
