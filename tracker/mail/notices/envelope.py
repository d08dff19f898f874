"""A mail in the outbox: who it is from and to, as the server is told, and then the mail itself.

What stands in its header is for people to read. It is never read back.
"""

from __future__ import annotations

import json
from typing import NamedTuple


class Envelope(NamedTuple):
    """What the server is told of a mail (RFC 5321, 2.3.1), and what we tell people.

    Attributes:
        sender: the address that it comes back to when it cannot be delivered.
        recipient: the address that it goes to.
        subject: its subject.
    """

    sender: str
    recipient: str
    subject: str


def sealed(envelope: Envelope, mail: bytes) -> bytes:
    """Return a mail with its envelope in the first line, as JSON."""
    return b"%b\n%b" % (json.dumps(envelope).encode(), mail)


def opened(data: bytes) -> tuple[Envelope, bytes]:
    """Return the envelope, and the mail.

    Raises:
        ValueError: there is none.
    """
    line, _end, mail = data.partition(b"\n")
    match json.loads(line):
        case [str(sender), str(recipient), str(subject)]:
            return Envelope(sender, recipient, subject), mail
        case _:
            raise ValueError(line)
