"""What those who are not the desk's people may read of what is public: no value of a private field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tracker.mail.notices.readers import REQUESTER
from tracker.query.values import texts
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.mail.notices.readers import Reader
    from tracker.model.configuration import Configuration
    from tracker.model.entry import Entry

_MASK = "•••"
_SHORTEST = 4
"""What is shorter would be found in every text."""


def disclosed(configuration: Configuration, entry: Entry, reader: Reader, text: str) -> str:
    """Return a public text about a ticket as somebody may read it: what is their own is not private."""
    if reader.staff:
        return text
    hidden = {
        value
        for name in configuration.website.private
        for value in _values(entry, name)
        if len(value) >= _SHORTEST and not _is_own(entry, reader, name, value)
    }
    if not hidden:
        return text
    longest_first = sorted(hidden, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest_first)), _MASK, text, flags=re.IGNORECASE)


def author_for(configuration: Configuration, entry: Entry, reader: Reader, author: str) -> str:
    """Return what the author of a comment is called to somebody."""
    if author in configuration.people:
        return configuration.people[author].name
    asking = entry.ticket.requester
    asks = asking is not None and (asking.email or "").lower() == author.lower()
    name = asking.name if asks and asking else ""
    if reader.staff:
        return name or author
    private = {"requester", "requester.name"} & set(configuration.website.private)
    return (name if name and not private else "") or _("Somebody")


def _values(entry: Entry, name: str) -> Iterator[str]:
    """Yield the texts in a field, or in a part of one such as `requester.email`."""
    value: Any = entry.values
    for part in name.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    yield from texts(value)


def _is_own(entry: Entry, reader: Reader, name: str, value: str) -> bool:
    asking = entry.ticket.requester
    asks = asking is not None and (asking.email or "").lower() == reader.address.lower()
    mine = reader.part == REQUESTER or asks
    return value.lower() == reader.address.lower() or (mine and name.partition(".")[0] == "requester")
