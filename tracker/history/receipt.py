"""That a message was taken in, as a line of the message of the commit that did it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KEY = "Received-Message: "
"""What such a line begins with."""
_LINE = re.compile(
    r"Received-Message: ([0-9a-f]{64}) ([0-9a-f]{32}|-) (created|appended) (\S{1,80})", re.ASCII
)


_IMPORTED = "Imported"
"""The trailer that names the tickets of messages from long ago."""


class Receipt(NamedTuple):
    """That a message was taken in.

    Attributes:
        identity: what the message is known by: the SHA-256 of what nobody changes on its way.
        message_id: a digest of its Message-ID, by which answers refer to it; empty where it has none.
        outcome: `created` or `appended`.
        ticket: the id of the ticket that it is in.
    """

    identity: str
    message_id: str
    outcome: str
    ticket: str

    def written(self) -> str:
        """Return it as a line. Nothing of what a person wrote is in it."""
        return f"{KEY}{self.identity} {self.message_id or '-'} {self.outcome} {self.ticket}"


def read_receipts(message: str) -> Iterator[Receipt]:
    """Yield the receipts in a commit's message, which may be anybody's: other lines say nothing."""
    if KEY in message:
        for line in message.split("\n"):
            found = _LINE.fullmatch(line.rstrip())
            if found:
                identity, message_id, outcome, ticket = found.groups()
                yield Receipt(identity, message_id.strip("-"), outcome, ticket)


def imported_trailer(tickets: Iterable[str]) -> dict[str, str]:
    """Return the trailer of a commit's message for tickets of messages from long ago; none for no tickets."""
    named = ", ".join(dict.fromkeys(tickets))
    return {_IMPORTED: named} if named else {}


def read_imported(message: str) -> set[str]:
    """Return the tickets that a commit's message says to be of messages from long ago."""
    lines = (line for line in message.split("\n") if line.startswith(f"{_IMPORTED}: "))
    return {one.strip() for line in lines for one in line.partition(":")[2].split(",")}
