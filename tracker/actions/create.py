"""Filing a new ticket, made from a template: a draft, or accepted at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.actions.assignment import assigned_value, refuse_id, refuse_new_findings
from tracker.actions.change import Change, FileChange
from tracker.actions.numbering import free_draft_id, next_number
from tracker.document import NewValue, compose, read_document
from tracker.errors import StorageError
from tracker.model.place import draft_place, ticket_place
from tracker.translation import _
from tracker.workspace.alone import findings_alone
from tracker.workspace.forms import read_ticket_template

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracker.actions.assignment import Assignment
    from tracker.workspace import Workspace


def create(workspace: Workspace, fields: Mapping[str, NewValue], body: str, *, draft: bool) -> Change:
    """Return the change that files a ticket.

    Args:
        workspace: the desk.
        fields: the front matter without an id.
        body: the text under it.
        draft: whether it stays a draft; otherwise it gets its number and its place.

    Raises:
        RefusedValueError: a value does not fit, or one that an accepted ticket needs is missing.
    """
    ids = workspace.configuration.ids
    if draft or ids.scheme == "key":
        ticket_id = free_draft_id(workspace)
    else:
        ticket_id = next_number(ids.prefix, workspace.taken_ids, workspace.given_ids)
    text = compose({"id": ticket_id, **fields}, body, tuple(workspace.fields))
    values = read_document(text.encode(), "").values
    path = draft_place(ticket_id) if draft else ticket_place(ticket_id, str(values["created"]))
    document = read_document(text.encode(), path)
    refuse_new_findings((), findings_alone(workspace, document))
    if workspace.tree.exists(path):
        raise StorageError(_("{path} is already there.").format(path=path))
    summary = f"{'Draft' if draft else 'New'} {ticket_id}: {fields.get('title', '')}"
    return Change("new", summary, (ticket_id,), {path: FileChange(None, document.encode())})


def from_template(workspace: Workspace, name: str) -> tuple[dict[str, Any], str]:
    """Return the fields and the body that a ticket template starts with.

    Raises:
        UsageError: there is no such template.
        ConfigurationError: the template cannot be read.
    """
    template = read_ticket_template(workspace, name)
    return template.fields, template.body


def fill_in(
    workspace: Workspace, fields: dict[str, Any], assignments: Iterable[Assignment]
) -> dict[str, Any]:
    """Return the fields with what a person said set in them.

    Raises:
        RefusedValueError: a value does not fit its field.
    """
    filled = dict(fields)
    for assignment in assignments:
        name, *rest = assignment.keys
        refuse_id(name)
        value = assigned_value(assignment, workspace.fields[name], filled.get(name), workspace.reader)
        if rest and value is not None:
            part = filled.get(name)
            filled[name] = {**(part if isinstance(part, dict) else {}), rest[0]: value}
        else:
            filled[name] = value
    return filled
