"""Links of one kind do not lead in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracker.finding import Finding
    from tracker.model.entry import Entry
    from tracker.model.values import Link
    from tracker.validation.facts import DeskFacts

RULE = Rule(
    "T204",
    "circle",
    asks=lambda: _("Links of one kind do not lead in a circle."),
    why=lambda: _("Tickets that block each other are never done; parents of each other have no top."),
    remedy=lambda: _("Remove one of the links that the message shows."),
)

DIRECTED = ("parent", "follows", "blocks", "duplicates")
"""The kinds of link that have a direction; `relates` may lead back."""


_SHOWN, _ENDS = 100, 5
"""So many circles are shown link by link, and so many tickets at each end of a long one."""


def check(desk: DeskFacts) -> Iterator[Finding]:
    """Yield a finding for each link that is part of a circle."""
    rings = {kind: _rings(_ways(desk, kind)) for kind in DIRECTED}
    shown = 0
    for entry in desk.linking:
        for position, link in enumerate(entry.ticket.links):
            target, ring = desk.by_id.get(link.target), rings.get(link.kind, {})
            if target is None or target.path == entry.path or entry.path not in ring:
                continue
            if ring[entry.path] == ring.get(target.path):
                near = shown < _SHOWN
                way = path_between(target, entry, link.kind, desk.by_id) if near else ["…", entry.id]
                yield desk.finding(RULE.code, entry, ("links", position), *circle(entry, link, way))
                shown += 1


def circle(entry: Entry, link: Link, way: list[str]) -> tuple[str, str]:
    """Return what is wrong with a link from whose target a way leads back, given by its ids."""
    shown = way if len(way) <= 2 * _ENDS else [*way[:_ENDS], "…", *way[-_ENDS:]]
    ids = " → ".join([entry.id, *shown])
    message = _("The link “{link}” closes a circle: {circle}.").format(link=link, circle=ids)
    return message, _("Remove one of these links.")


def path_between(start: Entry, goal: Entry, kind: str, by_id: Mapping[str, Entry]) -> list[str]:
    """Return the ids on the way from one ticket to another along links of a kind; none without a way."""
    came: dict[str, Entry | None] = {start.path: None}
    waiting = [start]
    while waiting:
        entry = waiting.pop()
        if entry.path == goal.path:
            return _way_to(entry, came)
        for link in entry.ticket.links:
            target = by_id.get(link.target)
            if link.kind == kind and target is not None and target.path not in came:
                came[target.path] = entry
                waiting.append(target)
    return []


def _way_to(entry: Entry, came: Mapping[str, Entry | None]) -> list[str]:
    ids, last = [], came[entry.path]
    while last is not None:
        ids.append(entry.id)
        entry, last = last, came[last.path]
    return [entry.id, *reversed(ids)]


def _ways(desk: DeskFacts, kind: str) -> dict[str, list[str]]:
    """Return the files of the tickets to which each links, by its file; those that link to none are left out."""
    ways: dict[str, list[str]] = {}
    for entry in desk.linking:
        targets = [desk.by_id.get(link.target) for link in entry.ticket.links if link.kind == kind]
        found = [target.path for target in targets if target]
        if found:
            ways[entry.path] = found
    return ways


def _rings(ways: Mapping[str, list[str]]) -> dict[str, int]:
    """Return a number for each point: that of the points from which and to which ways lead (Kosaraju, 1978).

    However long the ways are, each is gone twice.
    """
    back: dict[str, list[str]] = {}
    for start, targets in ways.items():
        for target in targets:
            back.setdefault(target, []).append(start)
    rings: dict[str, int] = {}
    for number, first in enumerate(reversed(_by_end(ways))):
        waiting = [first]
        while waiting:
            point = waiting.pop()
            if point not in rings:
                rings[point] = number
                waiting += back.get(point, ())
    return rings


def _by_end(ways: Mapping[str, list[str]]) -> list[str]:
    """Return the points in the order in which a walk along all ways leaves them for good."""
    known: set[str] = set()
    ended: list[str] = []
    for first in ways:
        walk = [] if first in known else [(first, iter(ways[first]))]
        known.add(first)
        while walk:
            target = next((target for target in walk[-1][1] if target not in known), None)
            if target is None:
                ended.append(walk.pop()[0])
            else:
                known.add(target)
                walk.append((target, iter(ways.get(target, ()))))
    return ended
