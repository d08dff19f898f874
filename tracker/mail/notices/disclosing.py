"""What those who are not the desk's people may read of what is public: no value of a private field."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from tracker.mail.notices.readers import REQUESTER
from tracker.query.masking import MASK, Mask, private_watchers
from tracker.query.values import texts_at
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.mail.notices.readers import Reader
    from tracker.model.configuration import Configuration
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace

_SHORTEST = 4
"""What is shorter would be found in every text."""


class Disclosure:
    """Knows what others may read of the texts of a desk.

    Args:
        desk: the desk.
    """

    def __init__(self, desk: Workspace) -> None:
        self._desk = desk
        self._private = desk.configuration.website.private

    def of(self, entry: Entry, reader: Reader, text: str) -> str:
        """Return a public text about a ticket as somebody may read it: what is their own is not private.

        No text names a private address of any other ticket either.
        """
        if reader.staff:
            return text
        hidden = {
            value
            for name in self._private
            for value in texts_at(entry.values, name)
            if len(value) >= _SHORTEST and not _is_own(entry, reader, name, value)
        }
        outsiders = private_watchers(entry.values, self._private)
        hidden |= {one for one in outsiders if one.lower() != reader.address.lower()}
        if hidden:
            longest_first = sorted(hidden, key=len, reverse=True)
            text = re.sub("|".join(map(re.escape, longest_first)), MASK, text, flags=re.IGNORECASE)
        return Mask(self._addresses - {reader.address.lower()}).over(text) if "@" in text else text

    @cached_property
    def _addresses(self) -> frozenset[str]:
        """The addresses in private fields of all tickets; every ticket is read for them."""
        values = (
            one
            for entry in self._desk.entries
            for some in (
                *(texts_at(entry.values, name) for name in self._private),
                private_watchers(entry.values, self._private),
            )
            for one in some
        )
        return frozenset(value.lower() for value in values if "@" in value)


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


def _is_own(entry: Entry, reader: Reader, name: str, value: str) -> bool:
    asking = entry.ticket.requester
    asks = asking is not None and (asking.email or "").lower() == reader.address.lower()
    mine = reader.part == REQUESTER or asks
    return value.lower() == reader.address.lower() or (mine and name.partition(".")[0] == "requester")
