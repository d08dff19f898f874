"""Tickets as tables that programs read: CSV, TSV, Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.terminal import one_line
from tracker.spreadsheet import csv_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FORMATS = ("csv", "tsv", "markdown")


def as_table(form: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows as text.

    Args:
        form: `csv` (RFC 4180, with lines that end with a line feed), `tsv` (one line each), `markdown`.
        headings: the first row.
        rows: their values, exactly as they are; who opens them in a spreadsheet imports them as text.
    """
    if form == "csv":
        return "".join(map(csv_line, (headings, *rows)))
    if form == "tsv":
        return "".join("\t".join(map(one_line, row)) + "\n" for row in (headings, *rows))
    lines = [headings, ["---"] * len(headings), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(text: str) -> str:
    """Return a text as it stands in a table of Markdown, where nothing of it is a sign."""
    escaped = "".join(f"\\{sign}" if sign in "\\|`*_[]<>&#!~" else sign for sign in one_line(text))
    return escaped or " "
