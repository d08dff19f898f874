"""Who writes: what part they have in a ticket, which decides what they may do there."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.model.configuration import Configuration
    from tracker.model.entry import Entry


class Part(StrEnum):
    """What part somebody has in a ticket."""

    STAFF = "staff"
    REQUESTER = "requester"
    WATCHER = "watcher"
    STRANGER = "stranger"


def person_of(configuration: Configuration, address: str) -> str:
    """Return the handle of the desk's person who has an address; empty for nobody's."""
    known = configuration.people.items()
    return next((handle for handle, person in known if address.lower() in person.mail), "")


def addresses_of(configuration: Configuration, names: Iterable[str]) -> frozenset[str]:
    """Return all addresses, in lower case, of those whom some handles and addresses name."""
    found = set[str]()
    for name in names:
        person = configuration.people.get(name) or configuration.people.get(person_of(configuration, name))
        found |= person.mail if person else {name.lower()}
    return frozenset(found)


def part_of(configuration: Configuration, entry: Entry, address: str) -> Part:
    """Return what part whoever has an address has in a ticket; staff may ask for something, too."""
    person, requester = person_of(configuration, address), entry.ticket.requester
    if requester and (requester.email or "").lower() == address.lower():
        return Part.REQUESTER
    if person:
        return Part.STAFF
    watchers = {watcher.lower() for watcher in entry.ticket.watchers}
    return Part.WATCHER if address.lower() in watchers else Part.STRANGER
