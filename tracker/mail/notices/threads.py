"""What notices refer to, so that mail programs show them in one thread with what the requester wrote.

Gmail wants References and the same subject, Outlook and Thunderbird References (RFC 5322, 3.6.4). The first
of ours is the same for all notices about a ticket, whether or not anybody ever sent a mail with it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tracker.errors import StorageError
from tracker.mail.head import message_id_in
from tracker.mail.token import message_id
from tracker.store.spool import State

if TYPE_CHECKING:
    from tracker.mail.mailroom import Mailroom
    from tracker.model.entry import Entry

_SHOWN = 16
"""So much of a message's identity stands in the ticket that it became."""
_LONGEST = 250
_MOST_NAMES = 5


class Threads:
    """Knows what the notices about each ticket refer to.

    Args:
        room: where the desk's mail comes in.
        secret: what signs its tokens.
        host: what stands after the `@` of its Message-IDs.
    """

    def __init__(self, room: Mailroom, secret: bytes, host: str) -> None:
        self._spool, self._secret, self._host = room.spool, secret, host

    def references(self, entry: Entry) -> list[str]:
        """Return the Message-IDs that notices about a ticket refer to, the oldest first.

        A draft that was accepted had another id, by which its first notice was sent.
        """
        names = [*entry.ticket.aliases[:_MOST_NAMES], entry.id]
        roots = [message_id(self._secret, name, self._host, "root") for name in names]
        return [*self._original(entry), *roots]

    def _original(self, entry: Entry) -> list[str]:
        """Return the Message-ID of the message that a ticket was made of, as long as the spool has it."""
        shown = entry.ticket.source.get("mail")
        identity = self._identities.get(shown) if isinstance(shown, str) else None
        if identity is None:
            return []
        try:
            found = message_id_in(self._spool.data(identity))
        except StorageError:
            return []
        return [found] if 0 < len(found) <= _LONGEST else []

    @cached_property
    def _identities(self) -> dict[str, str]:
        return {one[:_SHOWN]: one for state in State for one in self._spool.identities(state)}
