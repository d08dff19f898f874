"""The rules that look at all tickets together: ids that two have, links that lead nowhere."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tracker.finding import Finding
from tracker.model.problem import nearest
from tracker.translation import _
from tracker.validation.cycles import check_cycles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tracker.model.entry import Entry
    from tracker.model.values import Link
    from tracker.position import Position

    LocateIn = Callable[[Entry, Sequence[str | int]], Position]
    """Where the value at a path of keys stands in an entry's file."""


def check_desk(entries: Sequence[Entry], locate: LocateIn) -> list[Finding]:
    """Return what is wrong between tickets."""
    owners = _owners(entries)
    by_id = {name: claims[0][0] for name, claims in owners.items()}
    return [
        *_duplicates(owners, locate),
        *_links(entries, owners, locate),
        *check_cycles(entries, by_id, locate),
    ]


def _owners(entries: Iterable[Entry]) -> dict[str, list[tuple[Entry, tuple[str | int, ...]]]]:
    """Return, for each id and alias, the tickets that claim it, with the keys where they do."""
    owners: dict[str, list[tuple[Entry, tuple[str | int, ...]]]] = defaultdict(list)
    for entry in entries:
        owners[entry.id].append((entry, ("id",)))
        for position, alias in enumerate(entry.ticket.aliases):
            owners[alias].append((entry, ("aliases", position)))
    return owners


def _duplicates(
    owners: dict[str, list[tuple[Entry, tuple[str | int, ...]]]], locate: LocateIn
) -> Iterator[Finding]:
    for ticket_id, claims in owners.items():
        for entry, keys in claims:
            rivals = {other.path for other, _keys in claims if other.path != entry.path}
            others = sorted(rivals - {other.path for other, _keys in claims if is_merged(entry, other)})
            if others or sum(other is entry for other, _keys in claims) > 1:
                message, hint = claimed(ticket_id, others or [entry.path])
                yield Finding(entry.path, "T201", message, locate(entry, keys), hint, str(keys[0]))


def is_merged(one: Entry, other: Entry) -> bool:
    """Whether one of two tickets is a duplicate of the other, which may then have its id as an alias."""
    pairs = ((one, other), (other, one))
    return any(
        link.kind == "duplicates" and link.target == target.id and source.id in target.ticket.aliases
        for source, target in pairs
        for link in source.ticket.links
    )


def _links(
    entries: Iterable[Entry],
    owners: dict[str, list[tuple[Entry, tuple[str | int, ...]]]],
    locate: LocateIn,
) -> Iterator[Finding]:
    for entry in entries:
        for position, link in enumerate(entry.ticket.links):
            keys = ("links", position)
            if link.target not in owners:
                message, hint = dangling(link, owners)
                yield Finding(entry.path, "T202", message, locate(entry, keys), hint, "links")
            elif any(owner is entry for owner, _keys in owners[link.target]):
                message, hint = leading_back(link)
                yield Finding(entry.path, "T203", message, locate(entry, keys), hint, "links")


def dangling(link: Link, names: Iterable[str]) -> tuple[str, str]:
    """Return what is wrong with a link that leads nowhere, and the nearest id or alias."""
    guess = nearest(link.target, names)
    hint = _("Did you mean {guess}?").format(guess=guess) if guess else ""
    return _("The link “{link}” leads to no ticket.").format(link=link), hint


def leading_back(link: Link) -> tuple[str, str]:
    """Return what is wrong with a link of a ticket to itself."""
    return _("The link “{link}” leads back to this ticket.").format(link=link), _("Remove it.")


def claimed(name: str, others: Iterable[str]) -> tuple[str, str]:
    """Return what is wrong with an id or alias that several tickets claim; the others are named by path."""
    message = _("{id} is also claimed by {others}.").format(id=name, others=", ".join(others))
    return message, _("Each leads to one ticket: “tracker renumber” gives the younger of two another number.")
