"""An id or alias belongs to one ticket."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tracker.model.place import is_ticket_place
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.finding import Finding
    from tracker.model.entry import Entry
    from tracker.validation.facts import DeskFacts

RULE = Rule(
    "T201",
    "one-owner",
    asks=lambda: _("An id or alias belongs to one ticket."),
    why=lambda: _("A link, a mail or a colleague who says “HD-42” must mean one ticket."),
    remedy=lambda: _(
        "“tracker renumber” leaves the number to the older of two tickets, gives the younger a new one, and "
        "changes what refers to it."
    ),
)


def check(desk: DeskFacts) -> Iterator[Finding]:
    """Yield a finding at each claim of a name that another ticket, or the same one again, has."""
    for name, claims in desk.owners.items():
        if len(claims) == 1:
            continue
        entries = {entry.path: entry for entry, _keys in claims}
        times = Counter(entry.path for entry, _keys in claims)
        rivals = {path: _rivals(entry, entries.values()) for path, entry in entries.items()}
        for entry, keys in claims:
            others = rivals[entry.path]
            if others or times[entry.path] > 1:
                yield desk.finding(RULE.code, entry, keys, *claimed(name, others or [entry.path]))


def _rivals(entry: Entry, others: Iterable[Entry]) -> list[str]:
    """Return the files of those who may not have a name that a ticket has.

    What lies where no ticket may lie takes nothing from a ticket that lies where it may: it is wrong itself.
    Of two that are wrong, both must say that they have the name: what their files are called says little.
    """
    placed = is_ticket_place(entry.path)
    return sorted(
        other.path
        for other in others
        if other.path != entry.path
        and (is_ticket_place(other.path) or (not placed and entry.ticket.id and other.ticket.id))
        and not is_merged(entry, other)
    )


def is_merged(one: Entry, other: Entry) -> bool:
    """Whether one of two tickets is a duplicate of the other, which may then have its id as an alias."""
    pairs = ((one, other), (other, one))
    return any(
        link.kind == "duplicates" and link.target == target.id and source.id in target.ticket.aliases
        for source, target in pairs
        for link in source.ticket.links
    )


def claimed(name: str, others: Iterable[str]) -> tuple[str, str]:
    """Return what is wrong with an id or alias that several tickets claim; the others are named by path."""
    message = _("{id} is also claimed by {others}.").format(id=name, others=", ".join(others))
    return message, _("Each leads to one ticket: “tracker renumber” gives the younger of two another number.")
