"""What is certain of conditions whatever the tickets are: that one implies another, that none can meet one.

Either is asked by looking for a contradiction. What is assumed is taken apart until it speaks of single
fields; where one of several parts must hold, each is tried. Both are certain where they are said to be; a
search that takes too long ends without an answer.

Tickets are thought of whose fields hold what fits them, or nothing, or a text that nobody declared. Those
that hold several values where one belongs have findings of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.query.expression import Not
from tracker.query.extent import NO_VALUE, extents
from tracker.query.statement import Statements

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

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
    return _Search(known, lists).contradict(one, Not(other))


def is_never(condition: Condition, known: Mapping[str, Searchable], lists: Collection[str]) -> bool:
    """Whether certainly no ticket meets a condition; `known` and `lists` are those of `implies`."""
    return _Search(known, lists).contradict(condition)


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


class _Search:
    """Looks for a contradiction in conditions; the arguments are those of `implies`."""

    def __init__(self, known: Mapping[str, Searchable], lists: Collection[str]) -> None:
        self._known, self._lists = known, lists
        self._statements = Statements(known)
        self._extents: dict[int, list[Extent]] = {}
        self._steps = 0

    def contradict(self, *conditions: Condition) -> bool:
        """Return whether it is certain that no ticket meets all conditions."""
        assumed = [self._statements.number(condition) for condition in conditions]
        terms = self._statements.terms
        self._extents = {terms[term]: some for term, some in extents(terms, self._known, self._lists).items()}
        untried = [(_Branch(set(), {}, []), assumed)]
        while untried and self._steps < _MOST_STEPS:
            before, more = untried.pop()
            branch = _Branch({*before.facts}, {**before.left}, [*before.choices])
            if self._add(branch, more):
                options = self._fewest_options(branch)
                if options is None:
                    return False
                untried.extend((branch, [option]) for option in options)
        return not untried

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
