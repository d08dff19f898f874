"""Who has how much, and whose turn it is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass
class Ledger:
    """What people have, kept while tickets are given to them one after the other.

    Attributes:
        loads: the weight of the tickets that somebody has to work on, by handle.
        turns: when somebody was last given a ticket: the larger, the later; who is not there, never was.
    """

    loads: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    turns: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, held: Iterable[tuple[str, float]], turns: Mapping[str, float]) -> Ledger:
        """Return what people have.

        Args:
            held: a person and the weight of a ticket, for each that somebody has to work on.
            turns: when each was last given a ticket.
        """
        ledger = cls(turns=dict(turns))
        for handle, weight in held:
            ledger.loads[handle] += weight
        return ledger

    def give(self, handle: str, weight: float) -> None:
        """Note that somebody has a ticket from now on, and that it was their turn."""
        self.loads[handle] += weight
        self.turns[handle] = max(self.turns.values(), default=0) + 1

    def put(self, handle: str, weight: float) -> None:
        """Note that somebody has a ticket, or with a negative weight, that they have it no more."""
        self.loads[handle] += weight

    def last(self, handle: str) -> float:
        """Return when somebody was last given a ticket; before all others, who never was."""
        return self.turns.get(handle, float("-inf"))
