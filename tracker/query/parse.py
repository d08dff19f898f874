"""Reading a query: `status:open (location:lyon or priority:>=high) -assignee:none sort:-created`."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tracker.query.expression import COMPARISONS, EQUAL, RANGE, All, Any, Not, Query, Term
from tracker.query.moments import is_ahead, read_span
from tracker.query.problem import QueryError, Wrong
from tracker.query.tokens import tokens
from tracker.query.vocabulary import ASKER, ME, NONE, SHORT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.query.expression import Condition
    from tracker.query.tokens import Token
    from tracker.query.vocabulary import Searchable

_DEEPEST = 50
_ORDERED = ("number", "day", "moment", "choice")
_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?", re.ASCII)
_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
TEXT = "text"
_SORT, _GROUP = "sort", "group"
_NO_ORDER = ("state", "held", "link")
"""The forms of what is no value of a ticket that could be sorted by."""
_ALWAYS = ("state", "held")
"""The forms of what no ticket is without."""


def parse_query(text: str, known: Mapping[str, Searchable]) -> Query:
    """Return what a query says.

    Args:
        text: what a person wrote.
        known: what can be asked for, by name.

    Raises:
        QueryError: it cannot be understood; it shows where.
    """
    return _Parser(text, known).query()


class _Parser:
    """Reads one query by recursive descent."""

    def __init__(self, text: str, known: Mapping[str, Searchable]) -> None:
        self._text = text
        self._known = known
        self._tokens = list(tokens(text))
        self._next = 0
        self._sort: list[tuple[str, bool]] = []
        self._group = ""

    def query(self) -> Query:
        condition = self._any(0)
        token = self._peek()
        if token:
            raise self._error(Wrong.CLOSED, token)
        return Query(condition, tuple(self._sort), self._group)

    def _error(
        self, wrong: Wrong, token: Token | None, known: tuple[str, ...] = (), field: str = ""
    ) -> QueryError:
        start, end = (token.start, token.end) if token else (len(self._text), len(self._text))
        return QueryError(wrong, self._text, start, end, known, field)

    def _peek(self) -> Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _any(self, depth: int) -> Condition:
        parts = [self._all(depth)]
        while (token := self._peek()) and token.plain("or"):
            self._next += 1
            parts.append(self._all(depth))
            if All(()) in parts:
                raise self._error(Wrong.INCOMPLETE, token if parts[0] == All(()) else self._peek())
        if len(parts) == 1:
            return parts[0]
        return Any(
            tuple(each for part in parts for each in (part.parts if isinstance(part, Any) else (part,)))
        )

    def _all(self, depth: int) -> Condition:
        parts: list[Condition] = []
        while (token := self._peek()) and not (token.plain("or") or token.plain(")")):
            if token.plain("and") and parts:
                self._next += 1
                continue
            part = self._one(depth)
            if part is not None:
                parts.extend(part.parts if isinstance(part, All) else (part,))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _one(self, depth: int) -> Condition | None:
        """Return one condition; None for `sort:` and `group:`, which are none."""
        token = self._peek()
        if depth > _DEEPEST:
            raise self._error(Wrong.DEPTH, token)
        if token is None or token.plain("or") or token.plain(")"):
            raise self._error(Wrong.INCOMPLETE, token)
        self._next += 1
        if self._negates(token):
            part = self._one(depth + 1)
            return part.part if isinstance(part, Not) else Not(part) if part else None
        if token.plain("("):
            return self._parenthesis(token, depth)
        return self._term(token, depth)

    def _negates(self, token: Token) -> bool:
        """Whether a word negates what follows: a hyphen does where it stands right before it."""
        following = self._peek()
        sticks = following is not None and following.start == token.end
        return token.plain("not") or (token.plain("-") and sticks)

    def _parenthesis(self, token: Token, depth: int) -> Condition:
        inner = self._any(depth + 1)
        closing = self._peek()
        if closing is None:
            raise self._error(Wrong.OPENED, token)
        if inner == All(()):
            raise self._error(Wrong.INCOMPLETE, closing)
        self._next += 1
        return inner

    def _term(self, token: Token, depth: int) -> Condition | None:
        colon = token.find(":")
        if colon <= 0:
            if not token.text:
                raise self._error(Wrong.INCOMPLETE, token)
            return Term("", EQUAL, (token.text.lower(),))
        name, rest = token.part(0, colon), token.part(colon + 1)
        field = SHORT.get(name.text.lower(), name.text.lower())
        if field in (_SORT, _GROUP):
            self._clause(field, name, rest, depth)
            return None
        whole, dot, _part = field.partition(".")
        if whole not in self._known or (dot and self._known[whole]["form"] != "details"):
            raise self._error(Wrong.FIELD, name, (*self._known, _SORT, _GROUP))
        return self._test_of(field, self._known[whole], rest)

    def _clause(self, clause: str, name: Token, rest: Token, depth: int) -> None:
        """Note in which order or groups the tickets are to come."""
        if depth:
            raise self._error(Wrong.NESTED, name)
        if self._group if clause == _GROUP else self._sort:
            raise self._error(Wrong.TWICE, name)
        sortable = tuple(
            name for name, one in self._known.items() if one["form"] not in _NO_ORDER and name != TEXT
        )
        for part in rest_parts(rest) if clause == _SORT else [rest]:
            falls = clause == _SORT and part.text.startswith("-")
            word = part.part(1) if falls else part
            field = SHORT.get(word.text.lower(), word.text.lower())
            if not field:
                raise self._error(Wrong.EMPTY, word, field=clause)
            if field not in sortable:
                raise self._error(Wrong.FIELD, word, sortable)
            if clause == _GROUP:
                self._group = field
            else:
                self._sort.append((field, falls))

    def _test_of(self, field: str, searchable: Searchable, rest: Token) -> Term:
        ordered = searchable["form"] in _ORDERED
        sign = next((sign for sign in COMPARISONS if rest.find(sign) == 0), "")
        if sign:
            if not ordered:
                raise self._error(Wrong.ORDER, rest, field=field)
            value = self._value(field, searchable, rest.part(len(sign)), compared=True)
            return Term(field, sign, (value,))
        dots = rest.find(RANGE) if ordered else -1
        if dots >= 0:
            ends = rest.part(0, dots), rest.part(dots + len(RANGE))
            return Term(
                field, RANGE, tuple(self._value(field, searchable, end, compared=True) for end in ends)
            )
        parts = rest_parts(rest)
        values = [self._value(field, searchable, part, compared=False) for part in parts]
        return Term(field, EQUAL, tuple(values))

    def _value(self, field: str, searchable: Searchable, token: Token, *, compared: bool) -> str:
        """Return a value as tickets have it; an empty text for none.

        Args:
            field: the field's name.
            searchable: what is known of it.
            token: what was written.
            compared: whether it is one end of an order, where “none” has no place.
        """
        text, form = token.text.lower(), searchable["form"]
        labels = zip(searchable.get("labels", ()), searchable["values"], strict=False)
        spelt = {label.lower(): value for label, value in labels if label}
        spelt |= {value.lower(): value for value in searchable["values"]}
        if not token.text:
            raise self._error(Wrong.EMPTY, token, field=field)
        if token.plain(NONE) and NONE not in spelt and not compared and form not in _ALWAYS:
            return "0" if field == "comments" else ""
        wrong = {"state": Wrong.STATE, "held": Wrong.HELD}.get(form, Wrong.VALUE)
        if form == "held":
            text = SHORT.get(text, text)
            text = "comment" if text == "comments" else text
        if form == "person" and token.plain(ME) and ME not in spelt:
            return ASKER
        if form in ("choice", "path", "person", "state", "held") and spelt:
            if text not in spelt:
                raise self._error(wrong, token, tuple(searchable["values"]), field)
            return spelt[text]
        if form == "number" and not _is_number(text):
            raise self._error(Wrong.NUMBER, token, field=field)
        if form in ("day", "moment") and read_span(text, _SOME_DAY) is None:
            raise self._error(Wrong.TIME, token, field=field)
        if form == "moment" and is_ahead(text):
            raise self._error(Wrong.AHEAD, token, field=field)
        return text


def rest_parts(token: Token) -> list[Token]:
    """Return the values of a list with commas between them."""
    parts, start = [], 0
    while (comma := token.find(",", start)) >= 0:
        parts.append(token.part(start, comma))
        start = comma + 1
    return [*parts, token.part(start)]


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text))
