"""Which tickets hold a word, as text: short in a script, and found in it without reading the rest.

An entry is a word and, for each kind of place where it stands, a mark of that kind with the tickets that have
it there: `printer!+'%*` and so on. Tickets are numbers in rising order, and each stands as the distance from
the one before, written in the digits below. `assets/scripts/postings.js` reads them.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, product
from operator import sub
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

TITLE, PERSON, LABEL, BODY, COMMENT = MARKS = "!#$%&"
"""Where a word may stand, the best first."""
_DIGITS = [chr(code) for code in range(0x27, 0x7F) if chr(code) not in '"\\']
_BASE = 43
_LAST, _MORE = _DIGITS[:_BASE], _DIGITS[_BASE : 2 * _BASE]
"""The digits that end a number, and those after which it goes on: the most frequent distances have one."""
_LISTS = re.compile(f"([{re.escape(MARKS)}])([^{re.escape(MARKS)}]*)")
_NUMBER = re.compile(f"[{re.escape(''.join(_MORE))}]*[{re.escape(''.join(_LAST))}]")


def entry(word: str, places: Mapping[str, Sequence[int]]) -> str:
    """Return a word with the tickets that hold it, in rising order, by the kind of the place."""
    return word + "".join(mark + _encoded(places[mark]) for mark in MARKS if places.get(mark))


def places_in(found: str) -> dict[str, list[int]]:
    """Return the tickets that hold the word of an entry, by the kind of the place."""
    return {mark: list(_decoded(text)) for mark, text in _LISTS.findall(found)}


def word_of(found: str) -> str:
    """Return the word of an entry."""
    return re.split(f"[{re.escape(MARKS)}]", found, maxsplit=1)[0]


def order_of(word: str) -> bytes:
    """Return by what words are sorted: as a browser compares them."""
    return word.encode("utf-16-be", "surrogatepass")


def _encoded(numbers: Sequence[int]) -> str:
    codes = _codes()
    distances = map(sub, numbers, [-1, *islice(numbers, len(numbers) - 1)])
    try:
        return "".join([codes[distance] for distance in distances])
    except IndexError:
        return "".join(map(_code, map(sub, numbers, [-1, *islice(numbers, len(numbers) - 1)])))


@cache
def _codes() -> list[str]:
    """Return how the distances up to some thousands are written; nothing is at a distance of 0."""
    longer = (more + last for more, last in product(_MORE, _LAST))
    return ["", *_LAST, *longer]


def _code(distance: int) -> str:
    number = distance - 1
    digits = [_LAST[number % _BASE]]
    while number := number // _BASE:
        number -= 1
        digits.append(_MORE[number % _BASE])
    return "".join(reversed(digits))


def _decoded(text: str) -> Iterator[int]:
    before = -1
    for code in _NUMBER.findall(text):
        number = 0
        for digit in code[:-1]:
            number = (number + _values()[digit] + 1) * _BASE
        before += number + _values()[code[-1]] + 1
        yield before


@cache
def _values() -> dict[str, int]:
    return {digit: value for digits in (_LAST, _MORE) for value, digit in enumerate(digits)}


def changed(found: str, word: str, changes: Iterable[tuple[int, str, str]]) -> str:
    """Return the entry of a word after some changes; empty where no ticket holds it any more.

    Args:
        found: the entry; empty where there was none.
        word: the word.
        changes: a ticket, and the kinds of the place before and after; empty for none.
    """
    kinds = {ticket: mark for mark, tickets in places_in(found).items() for ticket in tickets}
    for ticket, _before, after in changes:
        if after:
            kinds[ticket] = after
        else:
            kinds.pop(ticket, None)
    places: dict[str, list[int]] = {}
    for ticket in sorted(kinds):
        places.setdefault(kinds[ticket], []).append(ticket)
    return entry(word, places) if places else ""
