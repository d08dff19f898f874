"""What is certain of conditions whatever the tickets are: that one implies another, that none can meet one.

Either is asked by looking for a contradiction. What is assumed is taken apart until it speaks of single
fields; where one of several parts must hold, each is tried. Both are certain where they are said to be; a
search that takes too long ends without an answer.

Tickets are thought of whose fields hold what fits them, or nothing, or a text that nobody declared. Those
that hold several values where one belongs have findings of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.query.expression import All, Not
from tracker.query.extent import NO_VALUE, extents
from tracker.query.statement import Statements

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from tracker.query.expression import Condition
    from tracker.query.extent import Extent
    from tracker.query.vocabulary import Searchable

_MOST_STEPS = 10_000


def implies(
    one: Condition, other: Condition, known: Mapping[str, Searchable], lists: Collection[str]
) -> bool:
    """Whether every ticket that meets one condition certainly meets another.

    Args:
        one: what is met.
        other: what must then be met, too.
        known: what can be asked for.
        lists: the names of the fields that hold several values; no other holds more than one.
    """
    return is_never(All((one, Not(other))), known, lists)


def is_never(condition: Condition, known: Mapping[str, Searchable], lists: Collection[str]) -> bool:
    """Whether certainly no ticket meets a condition; `known` and `lists` are those of `implies`."""
    return Reach([condition], known, lists).is_never(0)


class _Left(NamedTuple):
    """What conditions leave of the values of a field.

    Attributes:
        possible: those that it can have.
        some: sets of values; it has at least one of each.
    """

    possible: int = -1
    some: tuple[int, ...] = ()


class _Branch(NamedTuple):
    """What is assumed together.

    Attributes:
        facts: statements that hold.
        left: what is left of the values of fields.
        choices: facts of which one part or another must be wrong.
    """

    facts: set[int]
    left: dict[str, _Left]
    choices: list[int]

    def copy(self) -> _Branch:
        """Return the same, to which more can be added."""
        return _Branch({*self.facts}, {**self.left}, [*self.choices])


class Reach:
    """What is certain of some conditions, which are named by their places.

    Args:
        conditions: all that will be asked about.
        known: what can be asked for.
        lists: the names of the fields that hold several values.
    """

    def __init__(
        self, conditions: Iterable[Condition], known: Mapping[str, Searchable], lists: Collection[str]
    ) -> None:
        self._statements = Statements(known)
        self._numbers = [self._statements.number(condition) for condition in conditions]
        terms = self._statements.terms
        self._extents = {terms[term]: some for term, some in extents(terms, known, lists).items()}
        self._cases: dict[int, _Branch | None] = {}
        self._steps = 0

    def is_never(self, place: int) -> bool:
        """Whether certainly no ticket meets a condition."""
        return self._case(self._numbers[place]) is None

    def implies(self, place: int, other: int) -> bool:
        """Whether every ticket that meets one condition certainly meets another."""
        one, opposite = self._numbers[place], -self._numbers[other]
        case = self._case(one)
        return case is None or not (self._allows(case, opposite) or self._possible(one, opposite))

    def _case(self, one: int) -> _Branch | None:
        """Return what may be so where a statement holds; None if it certainly never does."""
        if one not in self._cases:
            self._cases[one] = self._possible(one)
        return self._cases[one]

    def _allows(self, case: _Branch, more: int) -> bool:
        """Whether a statement can be added to a case as it is: most conditions have little in common."""
        parts = self._statements.parts.get(-more)
        if parts:
            return any(self._allows(case, -part) for part in parts)
        branch = case.copy()
        return self._add(branch, [more]) and self._fewest_options(branch) is None

    def _possible(self, *assumed: int) -> _Branch | None:
        """Return what may be so where some statements hold; None if they certainly never do together."""
        untried: list[tuple[_Branch, list[int]]] = [(_Branch(set(), {}, []), [*assumed])]
        self._steps = 0
        while untried:
            before, more = untried.pop()
            branch = before.copy()
            if self._steps >= _MOST_STEPS:
                return branch
            if self._add(branch, more):
                options = self._fewest_options(branch)
                if options is None:
                    return branch
                untried.extend((branch, [option]) for option in options)
        return None

    def _add(self, branch: _Branch, statements: list[int]) -> bool:
        """Add statements and what follows from them to what is assumed; return whether that is possible."""
        todo = [*statements]
        while todo:
            self._steps += 1
            one = todo.pop()
            if -one in branch.facts:
                return False
            if one in branch.facts:
                continue
            branch.facts.add(one)
            if abs(one) not in self._statements.parts:
                left = self._left(branch, one)
                if left is None:
                    return False
                branch.left.update(left)
                todo += self._statements.entailed.get(one, ())
            elif one > 0:
                todo += self._statements.parts[one]
            else:
                branch.choices.append(one)
        return True

    def _fewest_options(self, branch: _Branch) -> list[int] | None:
        """Return the statements of which one must hold, where they are fewest; None if there is no choice."""
        parts = self._statements.parts
        branch.choices[:] = [
            choice for choice in branch.choices if not any(-part in branch.facts for part in parts[-choice])
        ]
        fewest: list[int] | None = None
        for choice in branch.choices:
            options = [-part for part in parts[-choice] if not self._is_refuted(branch, -part)]
            if fewest is None or len(options) < len(fewest):
                fewest = options
            if len(fewest) <= 1:
                break
        return fewest

    def _is_refuted(self, branch: _Branch, one: int) -> bool:
        """Whether a statement contradicts by itself what is assumed."""
        self._steps += 1
        if -one in branch.facts:
            return True
        parts = self._statements.parts.get(abs(one))
        if parts is None:
            follows = self._statements.entailed.get(one, ())
            return self._left(branch, one) is None or any(self._is_refuted(branch, each) for each in follows)
        if one > 0:
            return any(self._is_refuted(branch, part) for part in parts)
        return all(self._is_refuted(branch, -part) for part in parts)

    def _left(self, branch: _Branch, one: int) -> dict[str, _Left] | None:
        """Return what a statement without parts leaves of the values of its field; None if nothing."""
        found = {}
        for extent in self._extents.get(abs(one), ()):
            left = _left_by(branch.left.get(extent.field, _Left()), extent, met=one > 0)
            if left is None:
                return None
            found[extent.field] = left
        return found


def _left_by(left: _Left, extent: Extent, *, met: bool) -> _Left | None:
    """Return what a condition leaves of the values of its field, met or not; None where that is nothing."""
    possible, some = left
    if not met:
        possible &= ~extent.values
    elif not extent.several:
        possible &= extent.values
    else:
        some = (*some, extent.values)
        if not extent.values & NO_VALUE:
            possible &= ~NO_VALUE
    doubtful = some if possible != left.possible else some[-1:]
    return _Left(possible, some) if possible and all(map(possible.__and__, doubtful)) else None
