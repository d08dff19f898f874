"""What a desk knows of the front matter of its files: the fields, their values, and what others wrote."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tracker.editor.desk import ticket_of
from tracker.model.fields import TicketField
from tracker.model.kind import Kind
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.workspace import Workspace


def fields_of(workspace: Workspace, path: str) -> Mapping[str, TicketField]:
    """Return the fields that a file's front matter may have, in canonical order."""
    return _comment_fields(workspace) if ticket_of(workspace, path) else workspace.fields


def _comment_fields(workspace: Workspace) -> dict[str, TicketField]:
    people = {handle: person.name for handle, person in workspace.configuration.people.items()}
    visibility = {"public": _("For everyone"), "internal": _("For the desk’s people only")}
    fields = (
        TicketField("author", Kind.PERSON, _("Author"), _("A person’s handle, or an address."), people),
        TicketField("created", Kind.TIME, _("Created")),
        TicketField("visibility", Kind.CHOICE, _("Visibility"), "", visibility),
        TicketField("supersedes", Kind.TEXT, _("Corrects"), _("The file of the comment that it corrects.")),
        TicketField("attachments", Kind.LABELS, _("Attachments")),
        TicketField("automatic", Kind.TEXT, _("Automatic"), _("What made it, where no person wrote it.")),
    )
    return {field.name: field for field in fields}


def labels_in_use(workspace: Workspace) -> dict[str, int]:
    """Return how many tickets have each label, the most used first."""
    return dict(Counter(label for entry in workspace.entries for label in entry.ticket.labels).most_common())


def status_label(workspace: Workspace, status: str) -> str:
    """Return a status as people read it."""
    return workspace.fields["status"].values.get(status, status)


def person_name(workspace: Workspace, handle: str | None) -> str:
    """Return the name of a person; the handle, where the desk knows none; empty for nobody."""
    person = workspace.configuration.people.get(handle or "")
    return person.name if person else handle or ""


def one_line(text: str) -> str:
    """Return a text of a ticket in one line, as lists have room for."""
    return " ".join(text.split())
