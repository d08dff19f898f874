"""Addresses that a bounce said cannot be reached: nothing more is sent there until somebody forgets it.

Each of our mails comes back to an address of its own, which names whom it was for, signed: so a bounce says
something of that address only, whatever else it names.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from tracker.mail.headers import printable
from tracker.mail.token import reply_address, signed_meanings
from tracker.store.files import write_files
from tracker.store.lock import held

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_FILE = "bounced.json"
_LONGEST = 300


class Bounced(NamedTuple):
    """Why an address gets nothing more: since when (ISO 8601, UTC), and what was said."""

    time: str
    reason: str


def return_address(secret: bytes, ticket: str, recipient: str, address: str) -> str:
    """Return where a mail comes back to that cannot be delivered (RFC 5321, 4.5.5).

    Args:
        secret: the desk's.
        ticket: the id of the ticket that it is about.
        recipient: whom it is to.
        address: the desk's.
    """
    return reply_address(secret, ticket, address, _meaning(recipient))


def returned(secret: bytes, recipients: Iterable[str], named: Iterable[str]) -> tuple[str, ...]:
    """Return those for whom mail came back.

    Args:
        secret: the desk's.
        recipients: the addresses that a bounce was delivered to.
        named: the addresses that it says cannot be reached.
    """
    meant = {about for _ticket, about in signed_meanings(secret, recipients)}
    return tuple(address for address in named if _meaning(address) in meant)


def bounced(folder: Path) -> dict[str, Bounced]:
    """Return the addresses, in lower case, that cannot be reached; none from a damaged file.

    Args:
        folder: the spool's.
    """
    with suppress(OSError, ValueError, TypeError, AttributeError):
        kept = json.loads((folder / _FILE).read_bytes())
        return {address: Bounced(str(one["time"]), str(one["reason"])) for address, one in kept.items()}
    return {}


def mark_bounced(folder: Path, addresses: Iterable[str], reason: str) -> None:
    """Note that addresses cannot be reached; of one that is known, what was said first stays.

    Raises:
        StorageError: the disk refuses.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    said = Bounced(now, printable(reason)[:_LONGEST])
    with held(folder / f"{_FILE}.lock"):
        known = bounced(folder)
        fresh = {address.lower(): said for address in addresses if address.lower() not in known}
        if fresh:
            _keep(folder, {**known, **fresh})


def forget_bounced(folder: Path, address: str) -> bool:
    """Send to an address again; whether nothing was.

    Raises:
        StorageError: the disk refuses.
    """
    with held(folder / f"{_FILE}.lock"):
        known = bounced(folder)
        if known.pop(address.lower(), None) is None:
            return False
        _keep(folder, known)
    return True


def _meaning(address: str) -> str:
    return f"b{sha256(address.lower().encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _keep(folder: Path, known: Mapping[str, Bounced]) -> None:
    told = {address: one._asdict() for address, one in known.items()}
    write_files(folder, {_FILE: json.dumps(told, indent=1).encode()}, private=True)
