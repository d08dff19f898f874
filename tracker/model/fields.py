"""The fields of a desk's tickets, built-in and its own, in canonical order.

The order puts a field that every ticket has and nobody changes between any two that change often, so
that Git merges changes to different fields cleanly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.model.kind import LINK_KINDS, Kind
from tracker.model.section import EVERY_LANGUAGE, text_in
from tracker.translation import _, current_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.model.configuration import Configuration
    from tracker.model.section import Label

BUILT_IN = (
    *("id", "title", "type", "status", "resolution", "category", "priority", "created", "assignee"),
    *("requester", "source", "due", "department", "team", "location", "work"),
    *("labels", "system", "outage", "links", "watchers", "visibility", "exceptions", "aliases"),
)
_CUSTOM_BEFORE = "labels"
ALWAYS_REQUIRED = ("id", "title", "type", "status", "category", "priority", "created", "requester")
REQUIRED_OF_DRAFTS = ("title",)
WORK = ("onsite", "remote", "triage")
_KINDS = {
    "id": Kind.IDENTIFIER,
    "title": Kind.TEXT,
    "created": Kind.TIME,
    "assignee": Kind.PERSON,
    "requester": Kind.CONTACT,
    "source": Kind.DETAILS,
    "due": Kind.DATE,
    "labels": Kind.LABELS,
    "system": Kind.DETAILS,
    "outage": Kind.OUTAGE,
    "links": Kind.LINKS,
    "watchers": Kind.PEOPLE,
    "exceptions": Kind.LABELS,
    "aliases": Kind.IDENTIFIERS,
}
LIST_KINDS = (Kind.MULTIPLE_CHOICE, Kind.LABELS, Kind.LINKS, Kind.PEOPLE, Kind.IDENTIFIERS)


class TicketField(NamedTuple):
    """What a desk knows about one field.

    Attributes:
        name: its key in the front matter.
        kind: what it holds.
        label: its name for people, in the language asked for.
        help: a sentence for whoever fills it in; may be empty.
        values: for choices, each allowed value with its label; empty where any text will do.
        required: whether every accepted ticket must have it.
        required_when: it must be there when each of these fields has one of these values.
        pattern: what its text must match; empty for anything.
    """

    name: str
    kind: Kind
    label: str
    help: str = ""
    values: Mapping[str, str] = {}
    required: bool = False
    required_when: Mapping[str, list[str]] = {}
    pattern: str = ""

    @property
    def is_list(self) -> bool:
        """Whether it holds several values."""
        return self.kind in LIST_KINDS


def ticket_fields(configuration: Configuration) -> dict[str, TicketField]:
    """Return the desk's fields by name, in canonical order, with labels in the current language."""
    own = [name for name in configuration.fields if name not in BUILT_IN]
    before = BUILT_IN.index(_CUSTOM_BEFORE)
    names = (*BUILT_IN[:before], *own, *BUILT_IN[before:])
    return {name: ticket_field(configuration, name) for name in names}


def ticket_field(configuration: Configuration, name: str) -> TicketField:
    """Return one of the desk's fields."""
    given, language = configuration.fields.get(name), current_language()
    kind = Kind(given.kind) if given and given.kind else _KINDS.get(name, Kind.CHOICE)
    label = given.label if given else None
    return TicketField(
        name=name,
        kind=kind,
        label=text_in(label, language, name) if label or name not in BUILT_IN else built_in_label(name),
        help=text_in(given.help, language, "") if given and given.help else "",
        values=known_values(configuration, name, kind),
        required=name in ALWAYS_REQUIRED or bool(given and given.required),
        required_when=given.required_when if given else {},
        pattern=(given.pattern or "") if given else "",
    )


def known_values(configuration: Configuration, name: str, kind: Kind) -> dict[str, str]:
    """Return the values that a field may have with their labels; empty where any text will do."""
    if kind in (Kind.PERSON, Kind.PEOPLE):
        return {handle: person.name for handle, person in configuration.people.items()}
    built_in: dict[str, Mapping[str, Label | None]] = {
        "type": configuration.types,
        "priority": configuration.priorities,
        "category": configuration.categories,
        "resolution": configuration.resolutions,
        "department": configuration.departments,
        "team": {handle: team.label for handle, team in configuration.teams.items()},
        "status": {key: status.label for key, status in configuration.statuses.items()},
        "location": {key: place.label for key, place in configuration.locations.items()},
        "work": {
            "onsite": {EVERY_LANGUAGE: _("On site")},
            "remote": {EVERY_LANGUAGE: _("Remote")},
            "triage": {EVERY_LANGUAGE: _("To be triaged")},
        },
        "visibility": {
            "public": {EVERY_LANGUAGE: _("For everyone")},
            "internal": {EVERY_LANGUAGE: _("For the desk’s people only")},
        },
    }
    own = configuration.fields[name].values if name in configuration.fields else None
    labels = built_in.get(name) or own or {}
    return {key: text_in(label, current_language(), key) for key, label in labels.items()}


def built_in_label(name: str) -> str:
    """Return a built-in field's name for people, in the current language."""
    return {
        "id": _("Id"),
        "title": _("Title"),
        "type": _("Type"),
        "status": _("Status"),
        "resolution": _("Resolution"),
        "category": _("Category"),
        "priority": _("Priority"),
        "created": _("Created"),
        "assignee": _("Assignee"),
        "requester": _("Requester"),
        "source": _("Source"),
        "due": _("Due"),
        "department": _("Department"),
        "team": _("Team"),
        "location": _("Location"),
        "work": _("Work"),
        "labels": _("Labels"),
        "system": _("System"),
        "outage": _("Outage"),
        "links": _("Links"),
        "watchers": _("Watchers"),
        "visibility": _("Visibility"),
        "exceptions": _("Exceptions"),
        "aliases": _("Aliases"),
    }[name]


def link_phrase(kind: str, *, reverse: bool = False) -> str:
    """Return how a kind of link reads from its own side, or from the other (`blocked by`)."""
    phrases = {
        "parent": (_("Child of"), _("Parent of")),
        "follows": (_("Follows"), _("Followed by")),
        "blocks": (_("Blocks"), _("Blocked by")),
        "duplicates": (_("Duplicates"), _("Duplicated by")),
        "relates": (_("Relates to"), _("Relates to")),
    }
    assert tuple(phrases) == LINK_KINDS  # noqa: S101  # a kind without its words would show as a blank
    return phrases[kind][reverse]
