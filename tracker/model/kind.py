"""What kinds of fields there are."""

from __future__ import annotations

from enum import StrEnum

LINK_KINDS = ("parent", "follows", "blocks", "duplicates", "relates")


class Kind(StrEnum):
    """What a field holds. The first seven are for a desk's own fields; the others are built in."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    MULTIPLE_CHOICE = "multiple choice"
    DATE = "date"
    PERSON = "person"
    TICKET = "ticket"
    IDENTIFIER = "identifier"
    TIME = "time"
    CONTACT = "contact"
    DETAILS = "details"
    LINKS = "links"
    PEOPLE = "people"
    IDENTIFIERS = "identifiers"
    LABELS = "labels"
    OUTAGE = "outage"
