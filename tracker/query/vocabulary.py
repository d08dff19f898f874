"""What may be asked for on a desk: its fields, and what is known beside them. The website reads it, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict

from tracker.model.kind import LINK_KINDS, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.model.fields import TicketField

STATES = ("open", "closed", "late", "unassigned", "mine", "broken", "draft")
HELD = ("comment",)
NONE, ME = "none", "me"
ASKER = "\0me"
"""Stands for whoever asks in what a query says: a person may be called “me”."""
SHORT = {"label": "labels", "watcher": "watchers", "link": "links", "alias": "aliases"}
"""One item of a list may be called by the singular."""

_FORMS = {
    Kind.TEXT: "text",
    Kind.NUMBER: "number",
    Kind.CHOICE: "choice",
    Kind.MULTIPLE_CHOICE: "choice",
    Kind.DATE: "day",
    Kind.PERSON: "person",
    Kind.PEOPLE: "person",
    Kind.TICKET: "exact",
    Kind.IDENTIFIER: "id",
    Kind.TIME: "moment",
    Kind.CONTACT: "details",
    Kind.DETAILS: "details",
    Kind.OUTAGE: "details",
    Kind.LINKS: "link",
    Kind.IDENTIFIERS: "exact",
    Kind.LABELS: "exact",
}


class Searchable(TypedDict):
    """A field that can be asked for.

    `form` says how its values compare: `text` (holds the words), `details` (a part of it does), `exact` (is
    the value), `choice` (one of `values`, in order), `path` (a choice or what is below it), `person`,
    `number`, `day`, `moment`, `id`, `link`; `state` and `held` are of `is:` and `has:`. Values may be asked
    for by their `labels`, which stand in the same order.
    """

    form: str
    values: list[str]
    labels: NotRequired[list[str]]


def vocabulary(fields: Mapping[str, TicketField]) -> dict[str, Searchable]:
    """Return what can be asked for by name.

    Args:
        fields: the desk's fields by name.
    """
    known: dict[str, Searchable] = {}
    for name, field in fields.items():
        form = "path" if name == "category" else _FORMS[field.kind]
        if form == "choice" and not field.values:
            form = "exact"
        known[name] = {"form": form, "values": [*field.values], "labels": [*field.values.values()]}
    known |= {kind: {"form": "link", "values": []} for kind in LINK_KINDS}
    known["text"] = {"form": "text", "values": []}
    known["updated"] = {"form": "moment", "values": []}
    known["comments"] = {"form": "number", "values": []}
    known["is"] = {"form": "state", "values": list(STATES)}
    known["has"] = {"form": "held", "values": [*HELD, *fields]}
    return known


def united(vocabularies: Sequence[Mapping[str, Searchable]]) -> dict[str, Searchable]:
    """Return what can be asked for of several desks at once, in the order in which they know it.

    What is of different forms in two of them is looked at as text.
    """
    found: dict[str, Searchable] = {}
    for known in vocabularies:
        for name, searchable in known.items():
            found[name] = _united(found[name], searchable) if name in found else searchable
    return found


def _united(one: Searchable, other: Searchable) -> Searchable:
    if one["form"] != other["form"]:
        return {"form": "text", "values": []}
    labels = dict(zip(one["values"], one.get("labels", one["values"]), strict=True))
    for value, label in zip(other["values"], other.get("labels", other["values"]), strict=True):
        labels.setdefault(value, label)
    return {"form": one["form"], "values": [*labels], "labels": [*labels.values()]}
