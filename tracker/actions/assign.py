"""Giving a ticket to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.actions.assignment import Assignment
from tracker.actions.edit import edit
from tracker.errors import RefusedValueError
from tracker.model.problem import allowed_values
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.document import Document
    from tracker.model.configuration import Configuration
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace


def assign(workspace: Workspace, entry: Entry, person: str | None) -> tuple[Document, Document]:
    """Make a person responsible for a ticket, or nobody, and write it; returns the file before and after.

    Raises:
        RefusedValueError: the desk has no such person. Nothing was written.
    """
    people = workspace.configuration.people
    if person and people and person not in people:
        message = _("“{person}” is not one of this desk’s people.").format(person=person)
        raise RefusedValueError(message, allowed_values(people, person))
    return edit(workspace, entry, [Assignment(("assignee",), "=", person or "")])


def person_of(configuration: Configuration, email: str) -> str | None:
    """Return the handle of the person with this address, None where it is nobody's."""
    return next(
        (h for h, p in configuration.people.items() if p.email and p.email.lower() == email.lower()), None
    )
