"""Which mail addresses are hidden, and hiding them in texts, whatever stands beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_AROUND_AT = re.compile(r"([^\s@]+)@([^\s@]+)")
_GOES_ON = re.compile(r"[.-]*[^\W_]")
_OF_WHO_ASKS = frozenset(("requester", "requester.email"))
MASK = "•••"


def private_watchers(values: Mapping[str, Any], private: Iterable[str]) -> list[str]:
    """Return those who watch a ticket by an address: it is as private as that of whoever asks.

    Args:
        values: the ticket's.
        private: the fields, or parts of fields, that are private at its desk.
    """
    watchers = values.get("watchers")
    if not hides_watchers(private) or not isinstance(watchers, list):
        return []
    return [watcher for watcher in watchers if isinstance(watcher, str) and "@" in watcher]


def hides_watchers(private: Iterable[str]) -> bool:
    """Whether the addresses of those who watch are private, where some fields, or parts of them, are."""
    return not _OF_WHO_ASKS.isdisjoint(private)


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
