"""The words of a command line that are a query."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.query.row import Row
    from tracker.workspace import Workspace

_SHORT = 2


def query_text(words: Sequence[str]) -> str:
    """Return the query that the words of a command line make: one is a query, of several each is a part.

    A shell takes quotation marks away; of several words, one with spaces and without a colon is a phrase.
    """
    if len(words) == 1:
        return words[0]
    return " ".join(f'"{word}"' if " " in word and not {*":()'"} & {*word} else word for word in words)


def refuse_options(words: Sequence[str], known: Sequence[str]) -> None:
    """A condition may begin with a hyphen, so click lets every such word pass: a slip of an option, too.

    Args:
        words: of the query.
        known: the options that the command has.

    Raises:
        NoSuchOption: one of the words looks like an option.
    """
    for word in words:
        if word.startswith("--") or (word.startswith("-") and len(word) == _SHORT):
            raise click.NoSuchOption(word, possibilities=get_close_matches(word, known))


def chosen_rows(workspace: Workspace, words: Sequence[str]) -> list[Row] | None:
    """Return the tickets that a query chooses, closed ones included; None without a query."""
    if not words:
        return None
    from tracker.cli.identity import who_asks
    from tracker.workspace.asking import ask

    text = query_text(words)
    return ask(workspace, text, me=who_asks(workspace, text), everything=True).rows
