"""Hiding mail addresses in texts, whatever stands beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_AROUND_AT = re.compile(r"([^\s@]+)@([^\s@]+)")
_GOES_ON = re.compile(r"[.-]*[^\W_]")
MASK = "•••"


class Mask:
    """Hides some addresses.

    Args:
        addresses: in lower case.
    """

    def __init__(self, addresses: Collection[str]) -> None:
        self.addresses = frozenset(addresses)
        self._domains = frozenset(address.partition("@")[2] for address in addresses)

    def over(self, text: str) -> str:
        """Return a text without the addresses."""
        return _AROUND_AT.sub(self._around, text) if "@" in text and self.addresses else text

    def _around(self, match: re.Match[str]) -> str:
        """Return what is around an @ without the address in it: one that is a part of another stays."""
        local, domain = match[1].lower(), match[2].lower()
        for end in range(len(domain), 0, -1):
            if domain[:end] not in self._domains or _GOES_ON.match(domain, end):
                continue
            for start in range(len(local)):
                apart = start == 0 or not local[start - 1].isalnum()
                if apart and f"{local[start:]}@{domain[:end]}" in self.addresses:
                    return f"{match[1][:start]}{MASK}{match[2][end:]}"
        return match[0]
