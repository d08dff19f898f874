"""Our own signed names of tickets, in Message-IDs and addresses: an answer that has one is about it.

Whoever has one has read a mail of ours; that does not say who they are, nor what they may do.
"""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SIGNED = r"([A-Za-z][A-Za-z0-9]*-[0-9A-Za-z]+)\.([0-9a-z]{1,32})\.([a-z2-7]{20})@"
_MESSAGE_ID = re.compile(rf"<{_SIGNED}", re.ASCII)
_SUBADDRESS = re.compile(rf"[^+@]+\+{_SIGNED}", re.ASCII | re.IGNORECASE)
_REPLY = "r"


def message_id(secret: bytes, ticket: str, host: str, about: str = "") -> str:
    """Return a new Message-ID (RFC 5322, 3.6.4) of a mail about a ticket.

    Args:
        secret: the desk's.
        ticket: its id.
        host: what stands after the `@`.
        about: lower-case letters and digits that tell this mail from others; chosen where empty.
    """
    nonce = about or secrets.token_hex(8)
    return f"<{ticket}.{nonce}.{_signature(secret, ticket, nonce)}@{host}>"


def reply_address(secret: bytes, ticket: str, address: str) -> str:
    """Return the desk's address with the ticket in it (RFC 5233, subaddress)."""
    local, _at, host = address.rpartition("@")
    return f"{local}+{ticket.lower()}.{_REPLY}.{_signature(secret, ticket, _REPLY)}@{host}"


def signed_tickets(secret: bytes, message_ids: Iterable[str], addresses: Iterable[str]) -> Iterator[str]:
    """Yield the ids, perhaps in lower case, that some Message-IDs and addresses name with our signature."""
    found = [*map(_MESSAGE_ID.match, message_ids), *map(_SUBADDRESS.match, addresses)]
    for match in filter(None, found):
        ticket, nonce, signature = match.groups()
        if hmac.compare_digest(_signature(secret, ticket, nonce.lower()), signature.lower()):
            yield ticket


def _signature(secret: bytes, ticket: str, nonce: str) -> str:
    """Return 100 bits of HMAC (RFC 2104) in letters and digits that survive a change of case."""
    told = hmac.digest(secret, f"{ticket.lower()}\0{nonce}".encode(), sha256)
    return base64.b32encode(told[:13]).decode().lower()[:20]
