"""Who gets copies of a message, and so watches its ticket."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.mail.correspondent import person_of
from tracker.model.address import EMAIL
from tracker.model.mail import without_tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.mail.arrival import Arrival
    from tracker.model.configuration import Configuration

_MOST = 20


def watching(configuration: Configuration, arrival: Arrival, known: Iterable[str] = ()) -> list[str]:
    """Return whom a message names beside the desk, as watchers; nobody, unless the desk wants that.

    Its sender must be verified, and known to the desk: who only claims to be somebody would read what the
    desk answers them, and a stranger could have it write to the world.

    Args:
        configuration: the desk's.
        arrival: the message.
        known: the handles and addresses of those who have a part in the ticket already.
    """
    mail, message = configuration.mail, arrival.message
    if mail.copies != "watch" or message.automatic or not arrival.is_verified(mail.verified_by):
        return []
    sender = message.sender.email.lower()
    if not person_of(configuration, sender) and not configuration.directory.keys() & {
        sender,
        _domain(sender),
    }:
        return []
    seen = {name.lower() for name in (*known, message.sender.email)}
    found = []
    for address in (one.email.lower() for one in (*message.to, *message.cc)):
        name = person_of(configuration, address) or address
        is_ours = not mail.own.isdisjoint((address, without_tag(address)))
        if (
            re.fullmatch(EMAIL, address)
            and not re.search("[,;]", address)
            and not is_ours
            and not {name, address} & seen
        ):
            seen |= {name, address}
            found.append(name)
    return found[:_MOST]


def _domain(address: str) -> str:
    return f"@{address.rpartition('@')[2]}"
