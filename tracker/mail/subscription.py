"""Ending to watch a ticket by mail: an address of the desk that names the ticket and the watcher, signed.

No web server is needed: the mail program sends an empty mail there (RFC 2369, 3.2).
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from tracker.mail.token import reply_address, signed_meanings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.model.entry import Entry


def unsubscribe_address(secret: bytes, ticket: str, watcher: str, address: str) -> str:
    """Return where a mail goes that ends watching a ticket.

    Args:
        secret: the desk's.
        ticket: its id.
        watcher: as the ticket names them: a handle, or an address.
        address: the desk's.
    """
    return reply_address(secret, ticket, address, _meaning(watcher))


def unsubscribed(secret: bytes, entry: Entry, recipients: Iterable[str]) -> str | None:
    """Return the watcher, as a ticket names them, who does not want to watch it any longer; None for none.

    Args:
        secret: the desk's.
        entry: the ticket that a message is about.
        recipients: the addresses that it was delivered to.
    """
    names = {name.lower() for name in (entry.id, *entry.ticket.aliases)}
    meant = {about for ticket, about in signed_meanings(secret, recipients) if ticket in names}
    return next((watcher for watcher in entry.ticket.watchers if _meaning(watcher) in meant), None)


def _meaning(watcher: str) -> str:
    return f"u{sha256(watcher.lower().encode()).hexdigest()[:16]}"
