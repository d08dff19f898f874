"""Conditions as numbers: what says the same has the same number, and its opposite the negative of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.query.expression import EQUAL, All, Any, Not, Term
from tracker.query.vocabulary import ASKER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.query.expression import Condition
    from tracker.query.vocabulary import Searchable

_OPEN = Term("is", EQUAL, ("open",))


class Statements:
    """The conditions that are reasoned about, and what they are made of.

    Args:
        known: what can be asked for.

    Attributes:
        terms: the number of each condition that has no parts.
        parts: of each other one, the numbers of what it says: all of that.
        entailed: of a condition without parts, or the opposite of one, what else holds where it does.
    """

    def __init__(self, known: Mapping[str, Searchable]) -> None:
        self._known = known
        self._all: dict[tuple[int, ...], int] = {}
        self.terms: dict[Term, int] = {}
        self.parts: dict[int, tuple[int, ...]] = {}
        self.entailed: dict[int, list[int]] = {}

    def number(self, condition: Condition) -> int:
        """Return the number of a condition."""
        match condition:
            case Not(part):
                return -self.number(part)
            case All(parts):
                return self._number_of_all([self.number(part) for part in parts])
            case Any(parts):
                return -self._number_of_all([-self.number(part) for part in parts])
            case Term():
                simpler = self._simpler(condition)
                return self._number_of(condition) if simpler is None else self.number(simpler)

    def _number_of_all(self, numbers: list[int]) -> int:
        parts = tuple(sorted({*numbers}))
        if len(parts) == 1:
            return parts[0]
        if parts not in self._all:
            self._all[parts] = self._next()
            self.parts[self._all[parts]] = parts
        return self._all[parts]

    def _number_of(self, term: Term) -> int:
        if term not in self.terms:
            self.terms[term] = number = self._next()
            self.entailed[number] = [self.number(other) for other in self._entailed(term)]
        return self.terms[term]

    def _next(self) -> int:
        return len(self.terms) + len(self._all) + 1

    def _simpler(self, term: Term) -> Condition | None:
        """Return other conditions that say the same as one of `is:` or `has:`; None where there are none."""
        match term:
            case Term("is" | "has", _, values) if len(values) > 1:
                return Any(tuple(term._replace(values=(value,)) for value in values))
            case Term("is", _, ("closed",)):
                return Not(_OPEN)
            case Term("is", _, ("unassigned",)):
                return _none("assignee")
            case Term("has", _, ("comment",)):
                return Term("comments", ">", ("0",))
            case Term("has", _, (name,)):
                return Not(_none(name))
            case _:
                return None

    def _entailed(self, term: Term) -> list[Condition]:
        """Return what holds wherever a condition does, of other fields or beyond the values that it names."""
        match term:
            case Term("is", _, ("late",)):
                return [_OPEN]
            case Term("is", _, ("mine",)):
                return [Not(_none("assignee"))]
            case Term("title", ":", values) if "" not in values:
                return [Any(tuple(Term("", EQUAL, (value,)) for value in values))]
            case Term(field, ":", values) if "" not in values:
                if ASKER in values:
                    return [Not(_none(field))]
                whole, dot, _part = field.partition(".")
                wider = whole if dot else "links" if self._form(whole) == "link" else field
                return [Term(wider, EQUAL, values)] if wider != field else []
            case _:
                return []

    def _form(self, name: str) -> str:
        return self._known[name]["form"] if name in self._known else ""


def _none(field: str) -> Term:
    return Term(field, EQUAL, ("",))
