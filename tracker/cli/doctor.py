"""`tracker doctor`: what keeps this desk from working here, and what to do about it."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.options import as_json
from tracker.cli.terminal import clean, one_line, print_json
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.checkup.answer import Checked

_BROKEN = 3
_WIDTH = 80
_MARKS = {"ok": ("✓", "v"), "advice": ("!", "!"), "problem": ("✗", "x")}
_COLOURS = {"ok": "green", "advice": "yellow", "problem": "red"}


@click.command(
    "doctor",
    help=_("""Check what a desk needs: Git, the clone, tracker.yml, the machine. Nothing is changed.

Each line says what was found, and below it what to do. Exits with 3 when something is broken;
what is only advice does not count."""),
)
@as_json
def command(as_json: bool) -> int:
    """Print the answer of each check and return the exit code."""
    from tracker.checkup import check_up
    from tracker.checkup.answer import State

    checked = list(check_up(Path.cwd()))
    if as_json:
        print_json([each.as_json() for each in checked])
    else:
        _print(checked)
    return _BROKEN if any(each.answer.state is State.PROBLEM for each in checked) else 0


def _print(checked: Sequence[Checked]) -> None:
    """Print a line for each check, its label in a column of its own, and its hint below."""
    column = max(len(each.label) for each in checked) + 2
    for each in checked:
        state, message, hint = each.answer
        mark = click.style(_mark(state), fg=_COLOURS[state], bold=True)
        first, *more = _wrapped(one_line(message), _WIDTH - column - 2)
        click.echo(f"{mark} {each.label:{column}}{first}")
        for line in more:
            click.echo(f"{'':{column + 2}}{line}")
        for line in hint.splitlines():
            for part in _wrapped(clean(line), _WIDTH - 4):
                click.secho(f"    {part}", dim=True)
    counts = {state: sum(each.answer.state == state for each in checked) for state in _MARKS}
    problems = ngettext("{number} problem", "{number} problems", counts["problem"])
    advised = ngettext("{number} piece of advice", "{number} pieces of advice", counts["advice"])
    summary = f"{problems.format(number=counts['problem'])}, {advised.format(number=counts['advice'])}."
    click.secho(summary, fg="red" if counts["problem"] else "green", err=True)


def _mark(state: str) -> str:
    """Return the mark of a state; a plain letter where the terminal has no sign for it."""
    sign, letter = _MARKS[state]
    try:
        sign.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return letter
    return sign


def _wrapped(text: str, width: int) -> list[str]:
    """Return the lines of a text; no word, path or option is taken apart."""
    if len(text) <= width:
        return [text]
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
