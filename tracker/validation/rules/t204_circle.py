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


def check(desk: DeskFacts) -> Iterator[Finding]:
    """Yield a finding for each link that is part of a circle."""
    for entry in desk.entries:
        for position, link in enumerate(entry.ticket.links):
            target = desk.by_id.get(link.target)
            if link.kind not in DIRECTED or target is None or target.path == entry.path:
                continue
            way = path_between(target, entry, link.kind, desk.by_id)
            if way:
                yield desk.finding(RULE.code, entry, ("links", position), *circle(entry, link, way))


def circle(entry: Entry, link: Link, way: list[str]) -> tuple[str, str]:
    """Return what is wrong with a link from whose target a way leads back, given by its ids."""
    ids = " → ".join([entry.id, *way])
    message = _("The link “{link}” closes a circle: {circle}.").format(link=link, circle=ids)
    return message, _("Remove one of these links.")


def path_between(start: Entry, goal: Entry, kind: str, by_id: Mapping[str, Entry]) -> list[str]:
    """Return the ids on the way from one ticket to another along links of a kind; none without a way."""
    ways: dict[str, list[str]] = {start.path: [start.id]}
    waiting = [start]
    while waiting:
        entry = waiting.pop()
        if entry.path == goal.path:
            return ways[entry.path]
        for link in entry.ticket.links:
            target = by_id.get(link.target)
            if link.kind == kind and target is not None and target.path not in ways:
                ways[target.path] = [*ways[entry.path], target.id]
                waiting.append(target)
    return []
