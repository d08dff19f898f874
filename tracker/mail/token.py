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
_SUBADDRESS = re.compile(rf"[^@]+\+{_SIGNED}", re.ASCII | re.IGNORECASE)
_REPLY, INTERNAL = "r", "i"
"""What an address means: an answer, and one for the desk’s people only; so Message-IDs begin, too."""


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


def reply_address(secret: bytes, ticket: str, address: str, about: str = _REPLY) -> str:
    """Return the desk's address with the ticket in it (RFC 5233, subaddress).

    Args:
        secret: the desk's.
        ticket: its id.
        address: the desk's.
        about: lower-case letters and digits that say what a mail to this address means.
    """
    local, _at, host = address.rpartition("@")
    return f"{local}+{ticket.lower()}.{about}.{_signature(secret, ticket, about)}@{host}"


def signed_tickets(secret: bytes, message_ids: Iterable[str], addresses: Iterable[str]) -> Iterator[str]:
    """Yield the ids, perhaps in lower case, that some Message-IDs and addresses name with our signature."""
    found = [*map(_MESSAGE_ID.match, message_ids), *map(_SUBADDRESS.match, addresses)]
    yield from (ticket for ticket, _about in _sound(secret, filter(None, found)))


def signed_meanings(secret: bytes, addresses: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the id, in lower case, and the meaning that each address with our signature has."""
    found = _sound(secret, filter(None, map(_SUBADDRESS.match, addresses)))
    yield from ((ticket.lower(), about) for ticket, about in found)


def is_internal(secret: bytes, message_ids: Iterable[str], addresses: Iterable[str]) -> bool:
    """Whether Message-IDs and addresses with our signature are those of what only the desk’s people got."""
    found = [*map(_MESSAGE_ID.match, message_ids), *map(_SUBADDRESS.match, addresses)]
    return any(about.startswith(INTERNAL) for _ticket, about in _sound(secret, filter(None, found)))


def _sound(secret: bytes, matches: Iterable[re.Match[str]]) -> Iterator[tuple[str, str]]:
    for match in matches:
        ticket, nonce, signature = match.groups()
        if hmac.compare_digest(_signature(secret, ticket, nonce.lower()), signature.lower()):
            yield ticket, nonce.lower()


def _signature(secret: bytes, ticket: str, nonce: str) -> str:
    """Return 100 bits of HMAC (RFC 2104) in letters and digits that survive a change of case."""
    told = hmac.digest(secret, f"{ticket.lower()}\0{nonce}".encode(), sha256)
    return base64.b32encode(told[:13]).decode().lower()[:20]
