"""What goes to a terminal: tables as wide as it is, colour only there, no escape code of a stranger's."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import sys
import time
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

import click

from tracker.errors import UsageError
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_PATIENCE, _OFTEN = 1.0, 0.1
"""In seconds: when progress is first shown, and how often then."""
_AT_ONCE = 64
_NARROW = 30
"""In characters: notes are not wrapped to less than this."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """Return text with each control character shown as a symbol, so that none reaches the terminal."""
    return _CONTROL.sub(
        lambda match: chr(0x2400 + ord(match[0])) if match[0] < " " else "\N{REPLACEMENT CHARACTER}", text
    )


def one_line(text: str) -> str:
    """Return text as a single clean line."""
    return clean(" ".join(text.split()))


def interactive() -> bool:
    """Whether a person sits at the terminal and can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def read_text(file: IO[str]) -> str:
    """Return all of an open file.

    Raises:
        UsageError: it is not UTF-8.
    """
    try:
        return file.read()
    except UnicodeDecodeError:
        raise UsageError(_("The text is not UTF-8."), _("Save it in the encoding UTF-8.")) from None


def json_text(data: Any) -> str:
    """Return plain data as JSON (RFC 8259), readable for people, too; what commands a terminal is escaped."""
    text = json.dumps(data, ensure_ascii=False, indent=2, default=str)
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def print_json(data: Any) -> None:
    """Print plain data as JSON."""
    click.echo(json_text(data))


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]], styles: Sequence[str] = ()) -> None:
    """Print rows as `table` makes them."""
    click.echo(table(headings, rows, styles), nl=False)


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], styles: Sequence[str] = ()) -> str:
    """Return rows as text: a table at a terminal, else lines of values with a tab between them.

    Args:
        headings: one for each column; left out where the output is read by a program.
        rows: the values, which may be anybody's text.
        styles: rich's styles of the first columns.
    """
    if not sys.stdout.isatty():
        return "".join("\t".join(one_line(value) for value in row) + "\n" for row in rows)
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="dim")
    for position, heading in enumerate(headings):
        last = position == len(headings) - 1
        style = styles[position] if position < len(styles) else ""
        wide = max((len(row[0]) for row in rows), default=0) if position == 0 else None
        drawn.add_column(
            heading, style=style, no_wrap=not last, min_width=wide, overflow="fold" if last else "ellipsis"
        )
    for row in rows:
        drawn.add_row(*(Text(one_line(value)) for value in row))
    stream = io.StringIO()
    Console(file=stream, force_terminal=True, width=shutil.get_terminal_size().columns).print(drawn)
    return stream.getvalue()


def print_paged(text: str) -> None:
    """Print a long text, at a terminal through the pager that a person has chosen."""
    if sys.stdout.isatty():
        os.environ.setdefault("LESS", "FRX")  # as Git does: less stays away where all fits the screen
        click.echo_via_pager(text, color="NO_COLOR" not in os.environ)
        return
    lines = text.splitlines(keepends=True)
    for start in range(0, len(lines), _AT_ONCE):  # whoever reads may have had enough after some
        click.echo("".join(lines[start : start + _AT_ONCE]), nl=False)


def print_lines(lines: Sequence[Sequence[tuple[str, str]]], notes: Sequence[str] = ()) -> None:
    """Print lines of values: at a terminal in columns and through a pager, else with a tab between them.

    Args:
        lines: each of values, which may be anybody's text, with a style of click's: a colour, `bold`, `dim`.
        notes: for each line what is said of its last value, which may be anybody's text, too, or empty: it
            stands below it at a terminal, else behind it. Left out: nothing.
    """
    rows = [[(one_line(value), style) for value, style in line] for line in lines]
    remarks = [one_line(note) for note in notes or [""] * len(rows)]
    if not sys.stdout.isatty():
        noted = ([*row, (note, "")] if note else row for row, note in zip(rows, remarks, strict=True))
        print_paged("".join("\t".join(value for value, _style in row) + "\n" for row in noted))
        return
    widths = [max(len(value) for value, _style in column) for column in zip(*rows, strict=True)]
    widths[-1:] = [0]  # what stands last needs no room behind it
    indent = sum(width + 2 for width in widths[:-1])
    padded = (
        "  ".join(
            _styled(f"{value:<{width}}", style) for (value, style), width in zip(row, widths, strict=True)
        )
        + (_below(note, indent) if note else "")
        for row, note in zip(rows, remarks, strict=True)
    )
    print_paged("".join(f"{line}\n" for line in padded))


def _below(note: str, indent: int) -> str:
    """Return a note as further lines, which begin so far from the left."""
    from textwrap import wrap  # few lines have a note

    room = max(shutil.get_terminal_size().columns - indent, _NARROW)
    return "".join(f"\n{'':{indent}}{_styled(line, 'dim')}" for line in wrap(note, room))


def _styled(value: str, style: str) -> str:
    known = {"bold": {"bold": True}, "dim": {"dim": True}, "": {}}
    return click.style(value, **known.get(style, {"fg": style}))


@contextmanager
def progress(text: str) -> Iterator[Callable[[int], None]]:
    """Hand out what shows how far something is, at a terminal and after a second.

    Args:
        text: what is shown, with `{number}` in it.
    """
    started, shown = time.monotonic(), 0.0

    def show(number: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if now - started > _PATIENCE and now - shown > _OFTEN:
            shown = now
            click.echo(f"\r{text.format(number=number)}", err=True, nl=False)

    try:
        yield show if sys.stderr.isatty() else lambda _number: None
    finally:
        if shown:
            click.echo("\r\x1b[K", err=True, nl=False)


def print_diff(before: str, after: str) -> None:
    """Print the lines that a change took away and put there."""
    from difflib import unified_diff

    _old, _new, *lines = [*unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""), "", ""]
    for line in lines:
        if line.startswith(("+", "-")):
            click.secho(clean(line), fg="green" if line.startswith("+") else "red")
