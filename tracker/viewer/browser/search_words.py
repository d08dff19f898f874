"""The words by which a ticket is found: of its title, its people, other fields, its text, what was said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.model.kind import Kind
from tracker.query.matching import folded
from tracker.query.values import texts
from tracker.viewer.visibility import is_hidden, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.model.entry import Entry
    from tracker.viewer.publish import Publication

_WORD = re.compile(r"[^\W_]{2,32}|[^\W_\x00-\x7f]")
"""What is one letter long is no word, but may be one in other scripts; what is very long is cut."""
_PEOPLE = (Kind.PERSON, Kind.PEOPLE, Kind.CONTACT)
_OTHERS = (Kind.LABELS, Kind.TEXT, Kind.CHOICE, Kind.MULTIPLE_CHOICE, Kind.DETAILS)
_ASIDE = ("title", "status", "priority", "type", "work", "source", "exceptions")
"""The title has its own place; of the others, too many tickets have the same, or nobody looks for them."""


def words_of(publication: Publication, entry: Entry) -> list[str]:
    """Return the words of a ticket, for each of `postings.MARKS` those that stand in no better place."""
    people, others = _fields(publication, entry)
    sources = (entry.title, people, others, *_texts(publication, entry))
    found: list[str] = []
    known: set[str] = set()
    for source in sources:
        new = set(_WORD.findall(folded(source))) - known
        known |= new
        found.append(" ".join(new))
    return found


def _fields(publication: Publication, entry: Entry) -> tuple[str, str]:
    """Return what fields say of people, and else."""
    people: list[str] = []
    others: list[str] = []
    for name, field in publication.workspace.fields.items():
        value = entry.values.get(name)
        if value is None or name in _ASIDE:
            continue
        if field.kind in _PEOPLE:
            people += _named(value, field.values)
        elif field.kind in _OTHERS:
            others += _named(value, field.values)
    return "\n".join(people), "\n".join(others)


def _named(value: object, labels: Mapping[str, str]) -> list[str]:
    """Return what a field holds, and what that is called."""
    items = value if isinstance(value, list) else [value]
    return [*texts(value), *(labels[item] for item in items if isinstance(item, str) and item in labels)]


def _texts(publication: Publication, entry: Entry) -> tuple[str, str]:
    """Return the text of a ticket and its conversation, as far as the website shows them."""
    workspace = publication.workspace
    people = workspace.configuration.people
    said = [one.comment for one in shown(workspace, workspace.comments(entry))] if entry.comments else []
    authors = [people[one.author].name if one.author in people else one.author for one in said]
    body = "" if is_hidden(workspace, entry) else entry.body
    return body, "\n".join([*authors, *(one.body for one in said)])
