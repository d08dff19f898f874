"""Numbers for a person at a terminal: durations in words, shares, bars, and sheets of them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tracker.cli.terminal import one_line
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

_EIGHTHS = " ▏▎▍▌▋▊▉"
_FULL = "█"
NOTHING = "–"


def in_words(duration: timedelta | None, *, business: bool = False) -> str:
    """Return a duration in its two largest units; working hours are no days."""
    if duration is None:
        return NOTHING
    minutes = round(duration.total_seconds() / 60)
    hours, minutes = divmod(minutes, 60)
    days, rest = (0, hours) if business else divmod(hours, 24)
    if days:
        return _("{days} d {hours} h").format(days=days, hours=rest)
    if hours:
        return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    return _("{minutes} min").format(minutes=minutes)


def percent(share: float | None, digits: int = 1) -> str:
    """Return a share of a whole in percent."""
    if share is None:
        return NOTHING
    mark = _("1.5")[1]  # the decimal mark
    return _("{number} %").format(number=f"{share * 100:.{digits}f}".replace(".", mark))


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
