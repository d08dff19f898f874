"""What an editor offers at a cursor: names of fields, their values, labels, tickets, people."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from tracker.document.scalar import scalar
from tracker.editor.known import fields_of, labels_in_use, one_line, status_label
from tracker.editor.names import Name, in_code, name_before
from tracker.editor.place import Place, Where, front_matter_end, place_at
from tracker.editor.text import Spot, Stretch
from tracker.model.fields import link_phrase
from tracker.model.identifier import sort_key
from tracker.model.kind import LINK_KINDS, Kind
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracker.model.fields import TicketField
    from tracker.workspace import Workspace

MOST = 200
"""So many tickets are offered at once; a longer list is asked for again with more of the id typed."""


class Sort(Enum):
    """What an offer is, for the symbol beside it."""

    FIELD = auto()
    VALUE = auto()
    LABEL = auto()
    RELATION = auto()
    TICKET = auto()
    PERSON = auto()


class Offer(NamedTuple):
    """Something that may be put at a cursor.

    Attributes:
        sort: what it is.
        text: what is shown, and found by what is typed.
        insert: what is put in place of `stretch`; lines end with a line feed.
        stretch: the part of the text that it replaces.
        detail: a word beside it, such as a label or a title; typing a part of it finds it, too.
        help: a sentence about it.
    """

    sort: Sort
    text: str
    insert: str
    stretch: Stretch
    detail: str = ""
    help: str = ""


def complete(workspace: Workspace, path: str, lines: list[str], spot: Spot) -> list[Offer]:
    """Return what is offered at a cursor in a ticket or comment, in the order to show it in."""
    place = place_at(lines, spot)
    fields = fields_of(workspace, path)
    match place.where:
        case Where.FIELD:
            return list(_fields(fields, lines, place))
        case Where.KEY if place.field == "requester":
            return list(_contact(lines, place))
        case Where.VALUE | Where.ITEM:
            field = fields.get(place.field)
            offers = _values(workspace, field, lines, place) if field else []
            return offers or _names(workspace, lines, spot)
        case Where.BODY if not in_code(lines, spot, front_matter_end(lines) + 1):
            return _names(workspace, lines, spot)
        case _:
            return []


def _fields(fields: Mapping[str, TicketField], lines: list[str], place: Place) -> Iterator[Offer]:
    there = _names_there(lines, place)
    for name, field in fields.items():
        if name not in there:
            insert = name + _entry_after(field) if place.bare else name
            yield Offer(Sort.FIELD, name, insert, place.stretch, field.label, field.help)


def _names_there(lines: list[str], place: Place) -> set[str]:
    """Return the fields that the front matter has on other lines than that of a place."""
    number = place.stretch.start.line
    others = [line for at, line in enumerate(lines[: front_matter_end(lines)]) if at != number]
    return {line.partition(":")[0].rstrip() for line in others if ":" in line and line[0].isalpha()}


def _entry_after(field: TicketField) -> str:
    if field.is_list:
        return ":\n  - "
    return {Kind.CONTACT: ":\n  name: ", Kind.DETAILS: ":\n  ", Kind.OUTAGE: ":\n  since: "}.get(
        field.kind, ": "
    )


def _contact(lines: list[str], place: Place) -> Iterator[Offer]:
    """Offer the keys of a requester that are not among the lines around."""
    number = place.stretch.start.line
    there = set()
    for step in (-1, 1):
        at = number + step
        while 0 < at < len(lines) and lines[at][:1] in (" ", "\t"):
            there.add(lines[at].partition(":")[0].strip())
            at += step
    for key, label in {"name": _("Name"), "email": _("Mail address")}.items():
        if key not in there:
            yield Offer(Sort.FIELD, key, f"{key}: " if place.bare else key, place.stretch, label)


def _values(workspace: Workspace, field: TicketField, lines: list[str], place: Place) -> list[Offer]:
    if field.kind is Kind.LINKS:
        return _links(workspace, place)
    if field.is_list is not (place.where is Where.ITEM):
        return []
    if field.name == "labels":
        known = dict.fromkeys(labels_in_use(workspace), "")
        sort = Sort.LABEL
    else:
        known = dict(field.values)
        sort = Sort.PERSON if field.kind in (Kind.PERSON, Kind.PEOPLE) else Sort.VALUE
    taken = _items_beside(lines, place) if place.where is Where.ITEM else set()
    space = " " if place.bare else ""
    return [
        Offer(sort, value, space + _written(value, lines, place), place.stretch, label)
        for value, label in known.items()
        if value not in taken
    ]


def _written(value: str, lines: list[str], place: Place) -> str:
    """Return a value as YAML; as it is between quotes that are there already."""
    line, start = lines[place.stretch.start.line], place.stretch.start.column
    quoted = line[start - 1 : start] in ("'", '"')
    return value if quoted and not set("'\"\\") & set(value) else scalar(value, flow="[" in line[:start])


def _items_beside(lines: list[str], place: Place) -> set[str]:
    """Return the items of the list around a place, except that of its own line."""
    number = place.stretch.start.line
    found = set()
    for step in (-1, 1):
        at = number + step
        while 0 < at < len(lines) and lines[at].lstrip().startswith("- "):
            found.add(lines[at].lstrip()[2:].strip().strip("'\""))
            at += step
    return found


def _links(workspace: Workspace, place: Place) -> list[Offer]:
    """Offer the kinds of links, and behind one the tickets."""
    kind, behind, target = place.typed.partition(" ")
    if behind and kind in LINK_KINDS:
        end = place.stretch.end
        start = Spot(end.line, place.stretch.start.column + len(place.typed) - len(target.lstrip()))
        return _tickets(workspace, target.strip(), Stretch(start, end))
    end = Spot(place.stretch.end.line, place.stretch.start.column + len(place.word.partition(" ")[0]))
    space, after = " " if place.bare else "", "" if " " in place.word else " "
    return [
        Offer(
            Sort.RELATION, kind, f"{space}{kind}{after}", Stretch(place.stretch.start, end), link_phrase(kind)
        )
        for kind in LINK_KINDS
    ]


def _names(workspace: Workspace, lines: list[str], spot: Spot) -> list[Offer]:
    name = name_before(lines[spot.line], spot, workspace.configuration.ids.prefix)
    if name is None:
        return []
    return _tickets(workspace, name.name, name.stretch) if name.what == "ticket" else _people(workspace, name)


def _people(workspace: Workspace, name: Name) -> list[Offer]:
    return [
        Offer(Sort.PERSON, handle, handle, name.stretch, person.name)
        for handle, person in workspace.configuration.people.items()
    ]


def _tickets(workspace: Workspace, typed: str, stretch: Stretch) -> list[Offer]:
    """Offer the tickets whose id or title has what is typed in it: open ones first, the newest of them."""
    wanted, is_open = typed.lower(), workspace.configuration.is_open
    found = [entry for entry in workspace.entries if wanted in f"{entry.id} {entry.title}".lower()]
    found.sort(key=lambda entry: sort_key(entry.id), reverse=True)
    found.sort(key=lambda entry: not is_open(entry.ticket.status))
    return [
        Offer(
            Sort.TICKET,
            entry.id,
            entry.id,
            stretch,
            one_line(entry.title),
            status_label(workspace, entry.ticket.status),
        )
        for entry in found[:MOST]
    ]
