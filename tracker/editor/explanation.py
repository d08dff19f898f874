"""What an editor says of the word under the pointer, and where that word leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.document import read_yaml
from tracker.editor.known import fields_of, one_line, person_name, status_label
from tracker.editor.names import Name, name_at
from tracker.editor.place import Place, Where, place_at
from tracker.editor.text import Spot, Stretch
from tracker.errors import UnknownTicketError
from tracker.model.fields import link_phrase
from tracker.model.kind import LINK_KINDS
from tracker.position import lines_of
from tracker.store.layout import CONFIGURATION
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.model.entry import Entry
    from tracker.model.fields import TicketField
    from tracker.workspace import Workspace


class Explanation(NamedTuple):
    """What is said of a part of a text: plain text, because titles are anybody's."""

    text: str
    stretch: Stretch


class Target(NamedTuple):
    """A place in a file of the desk.

    Attributes:
        path: the file, relative to the desk's root.
        spot: the place.
        lines: the file's text, where a column has to be counted.
    """

    path: str
    spot: Spot = Spot(0, 0)
    lines: tuple[str, ...] = ()


def explain(workspace: Workspace, path: str, lines: list[str], spot: Spot) -> Explanation | None:
    """Return what there is to say of the word at a place in a ticket or comment; None for nothing."""
    place = place_at(lines, spot)
    fields = fields_of(workspace, path)
    if place.where is Where.FIELD and place.word in fields:
        return Explanation(_of_field(fields[place.word]), place.stretch)
    name = name_at(lines, spot, place, fields, workspace.configuration.ids.prefix)
    told = _of_name(workspace, name) if name else ""
    if name and told:
        return Explanation(told, name.stretch)
    told = _of_value(fields.get(place.field), place)
    return Explanation(told, place.stretch) if told else None


def _of_field(field: TicketField) -> str:
    heading = field.label if field.label == field.name else f"{field.label} ({field.name})"
    told = [heading, field.help]
    if field.values:
        told.append(_("Allowed: {values}.").format(values=", ".join(field.values)))
    elif field.pattern:
        told.append(_("It must match {pattern}").format(pattern=field.pattern))
    return "\n\n".join(text for text in told if text)


def _of_value(field: TicketField | None, place: Place) -> str:
    if field is None or place.where not in (Where.VALUE, Where.ITEM):
        return ""
    kind = place.word.partition(" ")[0]
    if field.name == "links" and kind in LINK_KINDS and len(place.typed) <= len(kind):
        return link_phrase(kind)
    return field.values.get(place.word, "")


def _of_name(workspace: Workspace, name: Name) -> str:
    if name.what == "ticket":
        entry = ticket_named(workspace, name.name)
        return _of_ticket(workspace, entry) if entry else ""
    person = workspace.configuration.people.get(name.name)
    if person is None:
        return ""
    location = workspace.fields["location"].values.get(person.location or "", "")
    return f"{person.name} · {location}" if location else person.name


def _of_ticket(workspace: Workspace, entry: Entry) -> str:
    assignee = person_name(workspace, entry.ticket.assignee) or _("Unassigned")
    status = status_label(workspace, entry.ticket.status)
    facts = " · ".join(fact for fact in (entry.id, status, assignee) if fact)
    return f"{one_line(entry.title)}\n{facts}"


def ticket_named(workspace: Workspace, name: str) -> Entry | None:
    """Return the ticket that has just this id or alias, None where none or more than one has.

    A shorter id that somebody at the command line may type does not do: in a text, it names nothing.
    """
    try:
        entry = workspace.find_present(name)
    except UnknownTicketError:
        return None
    return entry if name in (entry.id, *entry.ticket.aliases) else None


def find_target(workspace: Workspace, path: str, lines: list[str], spot: Spot) -> Target | None:
    """Return where the id or handle at a place in a ticket or comment leads to; None for nowhere."""
    fields, prefix = fields_of(workspace, path), workspace.configuration.ids.prefix
    name = name_at(lines, spot, place_at(lines, spot), fields, prefix)
    if name is None:
        return None
    if name.what == "ticket":
        entry = ticket_named(workspace, name.name)
        return Target(entry.path) if entry else None
    if name.name not in workspace.configuration.people:
        return None
    settings = read_yaml(workspace.tree.read(CONFIGURATION), CONFIGURATION)
    line, column = settings.position(("people", name.name), key=True)
    return Target(CONFIGURATION, Spot(line - 1, column - 1), tuple(lines_of(settings.text)))
