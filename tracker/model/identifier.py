"""Ticket ids: `HD-1042` once accepted, `HD-k7q3x` while a draft (Crockford's base32, lower case)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
"""Digits and letters without i, l, o, u: https://www.crockford.com/base32.html"""

DRAFT_LENGTH = 5
ALIAS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
"""What an id of another system may look like: safe as a file name and in an address."""


def id_pattern(prefix: str) -> re.Pattern[str]:
    """Return what every id of a desk looks like: a number, or drafted characters with a letter among them."""
    drafted = rf"(?=[0-9]*[a-z])[{CROCKFORD}]{{{DRAFT_LENGTH},}}"
    return re.compile(rf"{re.escape(prefix)}-(?:[1-9][0-9]*|{drafted})")


_DIGITS = 15
"""More than any desk will count to, and less than a machine can be kept busy with."""


def number_of(ticket_id: str) -> int | None:
    """Return the number of an accepted id, None for a drafted one or something else."""
    _prefix, separator, rest = ticket_id.rpartition("-")
    return int(rest) if separator and rest.isdecimal() and rest.isascii() and len(rest) <= _DIGITS else None


def numbered(prefix: str, number: int) -> str:
    """Return the accepted id with this number."""
    return f"{prefix}-{number}"


def draft_id(prefix: str, taken: Container[str]) -> str:
    """Return a random drafted id that is not among `taken`."""
    from secrets import choice  # it loads OpenSSL, and few commands draw an id

    while True:
        characters = "".join(choice(CROCKFORD) for _position in range(DRAFT_LENGTH))
        candidate = f"{prefix}-{characters}"
        if not characters.isdecimal() and candidate not in taken:
            return candidate


def sort_key(ticket_id: str) -> tuple[int, int, str]:
    """Order ids as people count: numbers first, by value, then drafted ids."""
    number = number_of(ticket_id)
    return (1, 0, ticket_id) if number is None else (0, number, ticket_id)
