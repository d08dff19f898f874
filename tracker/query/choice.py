"""The tickets that a query chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.query.expression import EQUAL, All, Any, Not, Term, terms_of
from tracker.query.matching import meets
from tracker.query.sorting import sort_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.query.expression import Condition, Query
    from tracker.query.matching import Context
    from tracker.query.row import Row

_OPEN = Term("is", EQUAL, ("open",))
_OF_ANY_STATUS = ("mine", "unassigned")


def choose(rows: Iterable[Row], query: Query, context: Context, *, everything: bool = False) -> list[Row]:
    """Return the tickets that meet a query, in its order; only open ones, unless it is about that.

    A word that is the whole id of a ticket means that ticket.

    Args:
        rows: all tickets, in the order that holds where the query has none.
        query: what is asked for.
        context: what it is asked in.
        everything: whether closed tickets are meant, too.
    """
    tickets = list(rows)
    ids = {name.lower() for row in tickets for name in (row["id"], *row["aliases"])}
    condition = _with_ids(query.condition, ids)
    if asks_for_open(query._replace(condition=condition), everything=everything):
        condition = All((condition, _OPEN))
    fits = meets(condition, context)
    return sort_rows([row for row in tickets if fits(row)], query, context)


def asks_for_open(query: Query, *, everything: bool = False) -> bool:
    """Whether a query is about open tickets alone, unless a word of it is an id."""
    return not everything and not any(map(_says_whether_open, terms_of(query.condition)))


def words_in(query: Query) -> list[str]:
    """Return the words of a query that may be ids, in lower case."""
    return [value for term in terms_of(query.condition) if not term.field for value in term.values]


def _says_whether_open(term: Term) -> bool:
    """Whether a condition tells by itself which tickets are meant: those that are open, or others."""
    if term.field == "is":
        return any(state not in _OF_ANY_STATUS for state in term.values)
    return term.field in ("status", "id")


def _with_ids(condition: Condition, ids: set[str]) -> Condition:
    """Return a condition in which words that are ids mean these tickets."""
    match condition:
        case Term("", _operator, (word,)) if word in ids:
            return Term("id", EQUAL, (word,))
        case Not(part):
            return Not(_with_ids(part, ids))
        case All(parts):
            return All(tuple(_with_ids(part, ids) for part in parts))
        case Any(parts):
            return Any(tuple(_with_ids(part, ids) for part in parts))
        case _:
            return condition
