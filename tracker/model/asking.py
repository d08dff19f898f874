"""What a form asks for each field, by what the desk says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.model.form import Control, Element
from tracker.model.kind import Kind
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tracker.model.configuration import Configuration
    from tracker.model.fields import TicketField

NEVER_ASKED = ("id", "status", "resolution", "created", "source", "exceptions", "aliases", "links", "outage")
_CONTACT = ("name", "email")
CONTROLS = {
    Kind.TEXT: Control.LINE,
    Kind.NUMBER: Control.NUMBER,
    Kind.DATE: Control.DATE,
    Kind.CHOICE: Control.CHOICE,
    Kind.PERSON: Control.CHOICE,
    Kind.MULTIPLE_CHOICE: Control.CHOICES,
    Kind.PEOPLE: Control.CHOICES,
    Kind.LABELS: Control.ITEMS,
    Kind.TICKET: Control.LINE,
}


def wanted(fields: Mapping[str, TicketField], desk: Configuration) -> set[str]:
    """Return what a ticket needs to be accepted; the category only where neither rule nor person finds it."""
    known = set(NEVER_ASKED)
    if desk.cataloguing.rules or desk.assignment.dispatcher:
        known.add("category")
    return {
        name
        for name, field in fields.items()
        if (field.required or field.required_when) and name not in known
    } | {"title", "requester"}


def in_order(names: Iterable[str], fields: Mapping[str, TicketField]) -> list[str]:
    """Return fields as a form asks for them: the title, who asks, then the order of front matter."""
    first = ("title", "requester", "type")
    known = [name for name in fields if name in set(names) and name not in NEVER_ASKED]
    return sorted(known, key=lambda name: first.index(name) if name in first else len(first))


def elements_of(field: TicketField, given: Any, desk: Configuration) -> Iterator[Element]:
    """Yield what is asked for a field: for each part of it, where it has parts."""
    if field.kind in (Kind.CONTACT, Kind.DETAILS):
        held = given if isinstance(given, dict) else {}
        for part in dict.fromkeys((*(_CONTACT if field.kind is Kind.CONTACT else ()), *held)):
            yield _of_part(field, part, str(held.get(part) or ""))
    elif field.kind in CONTROLS:
        value = "\n".join(map(str, given)) if isinstance(given, list) else str(given or "")
        control = CONTROLS[field.kind]
        if control is Control.ITEMS:
            value = value.replace("\n", ", ")
        if not field.values and control in (Control.CHOICE, Control.CHOICES):
            control = Control.LINE if control is Control.CHOICE else Control.ITEMS
        must = field.name in wanted({field.name: field}, desk) and (field.required or field.name == "title")
        yield Element(
            field.name,
            control,
            field.label,
            field.help,
            value=value,
            options=options_of(field),
            required=must,
            is_field=True,
            beside=field.name != "title",
        )


def _of_part(field: TicketField, part: str, value: str) -> Element:
    contact = field.kind is Kind.CONTACT
    labels = {"name": _("Your name"), "email": _("Your e-mail address")} if contact else {}
    return Element(
        f"{field.name}.{part}",
        Control.MAIL if contact and part == "email" else Control.LINE,
        labels.get(part, f"{field.label}: {part}"),
        value=value,
        required=contact and part == "name",
        is_field=True,
        beside=True,
    )


def options_of(field: TicketField) -> dict[str, str]:
    """Return what may be chosen; what is below something else, with its name before it."""
    found = {}
    for key in field.values:
        parts = key.split("/")
        above = ("/".join(parts[: end + 1]) for end in range(len(parts)))
        found[key] = " / ".join(field.values.get(path, path.rpartition("/")[2]) for path in above)
    return found
