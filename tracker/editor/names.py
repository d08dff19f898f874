"""The ticket or person that a text names at a cursor, and what somebody is about to name there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from tracker.editor.place import Place, Where
from tracker.editor.text import Spot, Stretch
from tracker.model.kind import Kind
from tracker.model.mention import PERSON, ticket_pattern, without_code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.model.fields import TicketField

What = Literal["ticket", "person"]
_OF_TICKETS = (Kind.TICKET, Kind.IDENTIFIER, Kind.IDENTIFIERS, Kind.LINKS)
_OF_PEOPLE = (Kind.PERSON, Kind.PEOPLE)
_LONGEST = 1_000
"""How much of a line around the cursor is looked at: a file may be one line of a megabyte."""


class Name(NamedTuple):
    """An id or a handle in a text, known or not.

    Attributes:
        what: whether it is that of a ticket or of a person.
        name: the id or the handle.
        stretch: where it stands.
    """

    what: What
    name: str
    stretch: Stretch


def name_at(
    lines: list[str], spot: Spot, place: Place, fields: Mapping[str, TicketField], prefix: str
) -> Name | None:
    """Return the ticket or person named at a cursor.

    Args:
        lines: the text.
        spot: the cursor.
        place: what stands there.
        fields: those that the front matter may have.
        prefix: that of the desk's ids.
    """
    return _in_field(place, fields) or _in_text(lines[spot.line], spot, prefix)


def _in_field(place: Place, fields: Mapping[str, TicketField]) -> Name | None:
    """Return what a value of a field for people or tickets names as a whole; aliases have any form."""
    field = fields.get(place.field)
    if place.where not in (Where.VALUE, Where.ITEM) or field is None or not place.word:
        return None
    if field.kind in _OF_PEOPLE:
        return Name("person", place.word, place.stretch)
    if field.kind not in _OF_TICKETS:
        return None
    name = place.word.split()[-1]
    if field.kind is Kind.LINKS and (name == place.word or len(place.typed) < len(place.word) - len(name)):
        return None  # the kind of the link
    start = Spot(place.stretch.end.line, place.stretch.end.column - len(name))
    return Name("ticket", name, Stretch(start, place.stretch.end))


def _in_text(line: str, spot: Spot, prefix: str) -> Name | None:
    start = max(spot.column - _LONGEST, 0)
    near = line[start : spot.column + _LONGEST]
    patterns: dict[What, str] = {"ticket": f"({ticket_pattern(prefix)})", "person": PERSON}
    for what, pattern in patterns.items():
        for found in re.finditer(pattern, near):
            if start + found.start() <= spot.column <= start + found.end():
                begin, end = Spot(spot.line, start + found.start()), Spot(spot.line, start + found.end())
                return Name(what, found[1], Stretch(begin, end))
    return None


def name_before(line: str, spot: Spot, prefix: str) -> Name | None:
    """Return the id or handle that is being typed before a cursor; it may still be empty."""
    start = max(spot.column - _LONGEST, 0)
    near = line[start : spot.column]
    patterns: dict[What, str] = {
        "ticket": rf"(?i)(?<![\w/-])({re.escape(prefix)}-[0-9a-z]*)$",
        "person": r"(?<![\w.@/+-])@([a-z0-9_.-]*)$",
    }
    for what, pattern in patterns.items():
        found = re.search(pattern, near)
        if found:
            return Name(what, found[1], Stretch(Spot(spot.line, start + found.start(1)), spot))
    return None


def in_code(lines: list[str], spot: Spot, first: int) -> bool:
    """Whether a cursor in a body, which begins at line `first`, is in code, where nothing is named."""
    line = lines[spot.line]
    marked = f"{line[: spot.column]}\0{line[spot.column :]}"
    text = "\n".join([*lines[first : spot.line], marked, *lines[spot.line + 1 :]])
    return "\0" not in without_code(text)
