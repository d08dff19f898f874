"""Whether a ticket meets a query."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from typing import Any as Anything
from unicodedata import normalize

from tracker.query.expression import EQUAL, All, Any, Not, Term
from tracker.query.timing import time_test
from tracker.query.values import items, number_in, rank_in, texts
from tracker.query.vocabulary import ASKER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from tracker.query.expression import Condition
    from tracker.query.row import Row
    from tracker.query.vocabulary import Searchable

    Meets = Callable[[Row], bool]

_MARKS = re.compile("[\u0300-\u036f]")


class Context(NamedTuple):
    """What a query is asked in.

    Attributes:
        known: what can be asked for.
        now: the present moment in the time zone in which days begin and end.
        me: the handle of who asks; empty for nobody known.
    """

    known: Mapping[str, Searchable]
    now: datetime
    me: str = ""


def meets(condition: Condition, context: Context) -> Meets:
    """Return what tells whether a ticket meets a condition."""
    match condition:
        case Term():
            return _term(condition, context)
        case Not(part):
            inner = meets(part, context)
            return lambda row: not inner(row)
        case All(parts):
            every = [meets(part, context) for part in parts]
            return lambda row: all(one(row) for one in every)
        case Any(parts):
            some = [meets(part, context) for part in parts]
            return lambda row: any(one(row) for one in some)


def _term(term: Term, context: Context) -> Meets:
    field, values = term.field, term.values
    if not field:
        word = folded(values[0])
        return lambda row: word in folded(row["id"]) or word in folded(row["title"])
    searchable = context.known[field.partition(".")[0]]
    form = searchable["form"]
    one_of = [_lacks(field, form)] if "" in values else []
    some = tuple(filter(None, values))
    if some and (form in ("day", "moment", "number") or term.operator != EQUAL):
        one_of.append(_compared(term._replace(values=some), form, searchable["values"], context))
    else:
        one_of += [_equal(field, form, value, context) for value in some]
    return one_of[0] if len(one_of) == 1 else lambda row: any(one(row) for one in one_of)


def _lacks(field: str, form: str) -> Meets:
    """Return whether a ticket has no value in a field; an id is always there."""
    match form:
        case "id":
            return lambda _row: False
        case "link":
            return lambda row: not any(field in ("links", link) for link, _target in row["linked"])
        case _:
            return lambda row: next(texts(_part(row, field)), None) is None


def _compared(term: Term, form: str, order: list[str], context: Context) -> Meets:
    """Return what compares a field's value with others: numbers, times, or the order of its choices."""
    field, operator = term.field, term.operator
    if form in ("day", "moment"):
        fits = time_test(operator, term.values, context.now, whole_days=form == "day")
        return lambda row: fits(row.get(field))
    measure = number_in if form == "number" else partial(rank_in, order)
    wanted = [measure(value) for value in term.values]

    def fits_one(value: Anything) -> bool:
        held = measure(value)
        return held is not None and _compare(held, operator, wanted)

    return lambda row: any(fits_one(value) for value in items(row.get(field)))


def _compare(held: float, operator: str, wanted: list[float | None]) -> bool:
    first = wanted[0]
    match operator:
        case ":":
            return held in wanted
        case "..":
            return first is not None and wanted[1] is not None and first <= held <= wanted[1]
        case ">":
            return first is not None and held > first
        case ">=":
            return first is not None and held >= first
        case "<":
            return first is not None and held < first
        case _:
            return first is not None and held <= first


def _equal(field: str, form: str, value: str, context: Context) -> Meets:
    match form:
        case "state":
            return _state(value, context.me)
        case "held":
            return _held(value, context)
        case "link":
            return _link(field, value)
        case "id":
            return lambda row: any(_is_id(name, value) for name in (row["id"], *row["aliases"]))
        case _:
            return _holds(field, form, value, context)


def _holds(field: str, form: str, value: str, context: Context) -> Meets:
    """Return whether a field holds a text."""
    wanted = (context.me if value == ASKER else value).lower()
    if form in ("text", "details"):
        word = folded(value)
        return lambda row: any(word in folded(text) for text in texts(_part(row, field)))
    if form == "path":
        below = f"{wanted}/"
        return lambda row: any(text == wanted or text.startswith(below) for text in _lower(_part(row, field)))
    return lambda row: wanted in _lower(_part(row, field))


def folded(text: str) -> str:
    """Return a text as it is searched: without capitals, accents, and special apostrophes and spaces."""
    lower = text.lower()
    if lower.isascii():
        return lower
    return _MARKS.sub("", normalize("NFKD", lower).lower()).replace("\u2019", "'")


def _state(state: str, me: str) -> Meets:
    match state:
        case "closed":
            return lambda row: not row["open"]
        case "unassigned":
            return _lacks("assignee", "person")
        case "mine":
            return lambda row: bool(me) and row.get("assignee") == me
        case _:
            return lambda row: bool(row[state])


def _held(name: str, context: Context) -> Meets:
    if name == "comment":
        return lambda row: row["comments"] > 0
    lacks = _lacks(name, context.known[name]["form"])
    return lambda row: not lacks(row)


def _link(kind: str, target: str) -> Meets:
    """Return whether a ticket links to another: in some way for `links`, else in this one."""

    def linked(row: Row) -> bool:
        return any(kind in ("links", link) and _is_id(held, target) for link, held in row["linked"])

    return linked


def _is_id(name: str, typed: str) -> bool:
    """Whether an id is meant by what was typed, with its prefix or without."""
    lower = name.lower()
    return typed in (lower, lower.partition("-")[2])


def _part(row: Row, field: str) -> Anything:
    whole, dot, part = field.partition(".")
    value = row.get(whole)
    if not dot:
        return value
    return value.get(part) if isinstance(value, dict) else None


def _lower(value: Anything) -> list[str]:
    if isinstance(value, str):
        return [value.lower()] if value else []
    return [text.lower() for text in texts(value)]
