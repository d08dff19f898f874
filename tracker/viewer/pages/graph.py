"""What a ticket depends on and what depends on it, two steps far: which tickets, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.viewer.pages.relations import linked, shown_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.viewer.publish import Placed

_FIRST_IS_BEFORE = {"blocks": True, "parent": False, "follows": False}
"""Whether the ticket that has a link of a kind comes before the one that it names."""
_FAR, _MOST, _FEWEST = 2, 12, 3


class Edge(NamedTuple):
    """A link between two tickets, by their places in the graph: the first comes before the second."""

    before: int
    after: int
    kind: str


class Graph(NamedTuple):
    """Tickets around one, which is the first; `levels` tells how far before or after it each comes."""

    tickets: list[Placed]
    levels: list[int]
    edges: list[Edge]

    def state(self) -> list[object]:
        """Return what changes when the drawing does."""
        return [[shown_of(ticket) for ticket in self.tickets], self.levels, self.edges]


def graph_around(ticket: Placed) -> Graph | None:
    """Return the tickets around one; None where the list of its links says as much."""
    if not any(True for _each in _neighbours(ticket)):
        return None
    tickets, levels, steps = [ticket], [0], [0]
    places, edges = {_key(ticket): 0}, dict[Edge, None]()
    for place, one in enumerate(tickets):  # the list grows while it is walked
        for other, kind, is_after in _neighbours(one):
            if _key(other) not in places and len(tickets) < _MOST and steps[place] < _FAR:
                places[_key(other)] = len(tickets)
                tickets.append(other)
                levels.append(levels[place] + (1 if is_after else -1))
                steps.append(steps[place] + 1)
            known = places.get(_key(other), place)
            if known != place:
                edges[Edge(place, known, kind) if is_after else Edge(known, place, kind)] = None
    return Graph(tickets, levels, list(edges)) if len(tickets) >= _FEWEST else None


def _neighbours(ticket: Placed) -> Iterator[tuple[Placed, str, bool]]:
    """Yield the tickets before or after one, with the kind of the link, and whether they come after."""
    for kind, reverse, _target, other in linked(ticket.publication, ticket.entry):
        if other is not None and kind in _FIRST_IS_BEFORE:
            yield other, kind, _FIRST_IS_BEFORE[kind] is not reverse


def _key(ticket: Placed) -> tuple[str, str]:
    return ticket.publication.guest, ticket.entry.path
