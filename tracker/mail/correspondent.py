"""Who writes: what part they have in a ticket, which decides what they may do there."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tracker.model.configuration import Configuration
    from tracker.model.entry import Entry


class Part(StrEnum):
    """What part somebody has in a ticket."""

    STAFF = "staff"
    REQUESTER = "requester"
    WATCHER = "watcher"
    STRANGER = "stranger"


def staff_of(configuration: Configuration, address: str, moment: datetime) -> str:
    """Return the handle of the person with an address who works here at an aware moment; else it is empty."""
    handle = configuration.handle_of(address)
    person = configuration.people.get(handle)
    return handle if person and person.is_active(configuration.today_of(person, moment)) else ""


def addresses_of(configuration: Configuration, names: Iterable[str]) -> frozenset[str]:
    """Return all addresses, in lower case, of those whom some handles and addresses name."""
    found = set[str]()
    for name in names:
        person = configuration.people.get(name) or configuration.people.get(configuration.handle_of(name))
        found |= person.mail if person else {name.lower()}
    return frozenset(found)


def part_of(configuration: Configuration, entry: Entry, address: str, moment: datetime) -> Part:
    """Return what part whoever has an address then has in a ticket; staff may ask for something, too."""
    person, requester = staff_of(configuration, address, moment), entry.ticket.requester
    if requester and (requester.email or "").lower() == address.lower():
        return Part.REQUESTER
    if person:
        return Part.STAFF
    watchers = {watcher.lower() for watcher in entry.ticket.watchers}
    return Part.WATCHER if address.lower() in watchers else Part.STRANGER
