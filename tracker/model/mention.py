"""Naming people and tickets in a text: `@omar`, `HD-1042`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_RUN = re.compile(r"(?m)^(?:`{3,}+|~{3,}+)|`++")
_BLANK = re.compile(r"[ \t]*+$", re.MULTILINE)
_FENCE = 3
PERSON = r"(?<![\w.@/+-])@([a-z0-9](?:[a-z0-9_.-]{0,62}[a-z0-9_])?)(?![\w@])"
"""A handle after `@`; in `omar@example.org` there is none."""


class Mentions(NamedTuple):
    """Who and what a text names, in order, each once."""

    people: tuple[str, ...]
    tickets: tuple[str, ...]


def ticket_pattern(prefix: str) -> str:
    """Return what matches an id of a desk in a text."""
    return rf"(?<![\w/-]){re.escape(prefix)}-[0-9a-z]+(?![\w-])"


def without_code(text: str) -> str:
    """Return a text in Markdown with blanks in the place of code; all else stays in its place."""
    return _replaced(text, lambda code: re.sub(r"[^\n]", " ", code))


def mentions(text: str, prefix: str) -> Mentions:
    """Return the handles and ids that a text in Markdown names outside of code; they may be unknown."""
    plain = _replaced(text, lambda _code: " ")
    people = dict.fromkeys(re.findall(PERSON, plain))
    tickets = dict.fromkeys(re.findall(ticket_pattern(prefix), plain))
    return Mentions(tuple(people), tuple(tickets))


def _replaced(text: str, blank: Callable[[str], str]) -> str:
    if "`" not in text and "~~~" not in text:
        return text
    pieces: list[str] = []
    place = 0
    for start, end in _code(text):
        pieces += (text[place:start], blank(text[start:end]))
        place = end
    return "".join((*pieces, text[place:]))


def _code(text: str) -> Iterator[tuple[int, int]]:
    """Yield where code begins and ends: between fences, and between as many backticks (CommonMark 4.5, 6.1).

    Each run of backticks or tildes is looked at twice, however many of them nothing closes.
    """
    runs = list(_RUN.finditer(text))
    closes = _closings(text, runs)
    number = 0
    while number < len(runs):
        closing = closes[number]
        if closing is not None:
            yield runs[number].start(), runs[closing].end()
        number = number + 1 if closing is None else closing + 1


def _closings(text: str, runs: list[re.Match[str]]) -> list[int | None]:
    """Return the number of the run that closes each, from the last to the first; None where nothing does."""
    closes: list[int | None] = [None] * len(runs)
    same: dict[str, int] = {}
    fences: dict[str, list[int]] = {"`": [], "~": []}
    for number in range(len(runs) - 1, -1, -1):
        run = runs[number][0]
        longer = fences[run[0]]
        if len(run) >= _FENCE and _begins_line(text, runs[number].start()):
            shorter = [other for other in longer[-1:] if len(runs[other][0]) < len(run)]
            while shorter:
                longer.pop()
                shorter = [other for other in longer[-1:] if len(runs[other][0]) < len(run)]
            closes[number] = longer[-1] if longer else None
            if _BLANK.match(text, runs[number].end()):
                longer.append(number)
        if closes[number] is None and run[0] == "`":
            closes[number] = same.get(run)
        same[run] = number
    return closes


def _begins_line(text: str, place: int) -> bool:
    return place == 0 or text[place - 1] == "\n"
