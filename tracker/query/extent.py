"""The values of a field that meet a condition, as bits: so it is seen what several conditions leave."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from functools import reduce
from itertools import accumulate
from math import inf, nextafter
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from tracker.query.expression import EQUAL
from tracker.query.matching import folded
from tracker.query.moments import whole_days
from tracker.query.values import number_in
from tracker.query.vocabulary import ASKER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from tracker.query.expression import Term
    from tracker.query.vocabulary import Searchable

    Span = tuple[float, float]
    """From a place in an order to before another."""

NO_VALUE = 1
_TEXT: Searchable = {"form": "text", "values": []}
_ORDERED = ("choice", "number", "day", "moment")
_IN_PARTS = ("text", "details")
"""The forms of what is asked for by any part of it."""
_BETWEEN = "\u0300"
"""Stands in no text that has been folded."""
_WORDS = (*_IN_PARTS, "exact", "path", "person", "link", "id")
_MANIFOLD = (*_IN_PARTS, "link", "id")
"""The forms of what can meet many conditions at once, though a field holds one value."""


class Extent(NamedTuple):
    """Which values of a field meet a condition.

    Attributes:
        field: the field, and how its values are measured where that can be done in several ways.
        values: a bit for every value or stretch of values, the lowest for none; the conditions that are
            compared share their bits, and what no bit of theirs stands for is any other value.
        several: whether a ticket can have more than one of these values.
    """

    field: str
    values: int
    several: bool


def extents(
    terms: Iterable[Term], known: Mapping[str, Searchable], lists: Collection[str]
) -> dict[Term, list[Extent]]:
    """Return which values meet conditions on fields; nothing of a condition of which that is not known.

    Args:
        terms: all conditions that are to be compared.
        known: what can be asked for.
        lists: the names of the fields that hold several values.
    """
    by_field: dict[str, list[Term]] = defaultdict(list)
    for term in dict.fromkeys(terms):
        by_field[term.field].append(term)
    found: dict[Term, list[Extent]] = {}
    for field, some in by_field.items():
        searchable = known[field.partition(".")[0]] if field else _TEXT
        form, several = searchable["form"], field in lists or searchable["form"] in _MANIFOLD
        if form in _WORDS:
            found |= _of_words(some, form, several=several)
        elif form in _ORDERED:
            found |= _of_places(some, searchable, several=several)
    return found


def _of_words(terms: list[Term], form: str, *, several: bool) -> dict[Term, list[Extent]]:
    """Return which values meet conditions on texts: a bit for each text that is asked for."""
    spelt = folded if form in _IN_PARTS else str.lower
    asked = {
        term: [spelt(value) for value in term.values if value]
        for term in terms
        if term.operator == EQUAL and ASKER not in term.values
    }
    words = list(dict.fromkeys(word for some in asked.values() for word in some))
    bits: dict[str, int] = defaultdict(int)
    for part, place in _containing(words) if form in _IN_PARTS else _covering(words, form):
        bits[part] |= 1 << place
    found = {}
    for term, some in asked.items():
        none = NO_VALUE if "" in term.values and form != "id" else 0
        found[term] = [Extent(term.field, reduce(or_, (bits[word] for word in some), none), several)]
    return found


def _covering(words: list[str], form: str) -> Iterator[tuple[str, int]]:
    """Yield what is asked for, with the place from 1 of each of the words that is this or a path below it."""
    for place, word in enumerate(words, 1):
        yield word, place
        if form == "path":
            yield from ((word[:end], place) for end, sign in enumerate(word) if sign == "/")


def _containing(words: list[str]) -> Iterator[tuple[str, int]]:
    """Yield what is asked for, with the place from 1 of each of the words that contains it."""
    starts = [0, *accumulate(len(word) + len(_BETWEEN) for word in words)][:-1]
    text = _BETWEEN.join(words)
    for word in words:
        found = text.find(word)
        while found >= 0:
            place = bisect(starts, found)
            yield word, place
            found = text.find(word, starts[place]) if place < len(starts) else -1


def _of_places(terms: list[Term], searchable: Searchable, *, several: bool) -> dict[Term, list[Extent]]:
    """Return which values meet conditions on what has an order: a bit for each stretch between two bounds.

    How far days counted from today are from those of the calendar is not known: either are looked at alone.
    """
    form, order = searchable["form"], searchable["values"]
    if len({value.lower() for value in order}) < len(order):
        return {}
    ranks = {value: rank for rank, value in enumerate(order)}
    ends = (0, len(order)) if form == "choice" else (-inf, inf)
    places = {term: [_place(value, form, ranks) for value in term.values if value] for term in terms}
    found: dict[Term, list[Extent]] = defaultdict(list)
    for from_today in (False, True):
        asked = {
            term: _spans(term.operator, [(place[1], place[2]) for place in some if place], *ends)
            for term, some in places.items()
            if all(place and place[0] == from_today for place in some)
        }
        bounds = {bound for spans in asked.values() for span in spans for bound in span}
        below = {bound: (1 << place) - 1 for place, bound in enumerate(sorted(bounds), 1)}
        for term, spans in asked.items():
            none = NO_VALUE if "" in term.values else 0
            values = reduce(or_, (below[end] & ~below[start] for start, end in spans), none)
            found[term].append(Extent(f"{term.field} {from_today}", values, several))
    return found


def _place(value: str, form: str, ranks: Mapping[str, int]) -> tuple[bool, float, float] | None:
    """Return where a value lies in its order: whether that is counted from today, its start and its end."""
    if form in ("day", "moment"):
        return whole_days(value)
    if form == "number":
        number = number_in(value)
        return None if number is None else (False, number, nextafter(number, inf))
    return (False, ranks[value], ranks[value] + 1) if value in ranks else None


def _spans(operator: str, asked: list[Span], lowest: float, highest: float) -> list[Span]:
    """Return in which stretches of an order the values are that meet a condition."""
    if not asked or operator == EQUAL:
        return asked
    (start, end), (_start, last) = asked[0], asked[-1]
    match operator:
        case "..":
            return [(start, last)]
        case ">":
            return [(end, highest)]
        case ">=":
            return [(start, highest)]
        case "<":
            return [(lowest, start)]
        case _:
            return [(lowest, end)]
