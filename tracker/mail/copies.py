"""Who gets copies of a message, and so watches its ticket."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.model.address import EMAIL

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
    if not (configuration.handle_of(sender) or configuration.names_in_directory(sender)):
        return []
    seen = {name.lower() for name in (*known, message.sender.email)}
    found = []
    for address in (one.email.lower() for one in (*message.to, *message.cc)):
        name = configuration.handle_of(address) or address
        is_address = re.fullmatch(EMAIL, address) and not re.search("[,;]", address)
        if is_address and not mail.is_own(address) and not {name, address} & seen:
            seen |= {name, address}
            found.append(name)
    return found[:_MOST]
