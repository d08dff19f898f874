"""Filing a new ticket: a draft, made from a template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.actions.assignment import assigned_value, refuse_new_findings
from tracker.document import NewValue, compose, read_document
from tracker.errors import ConfigurationError, StorageError
from tracker.model.identifier import draft_id
from tracker.model.place import draft_place
from tracker.store.files import write_files
from tracker.store.templates import read_template
from tracker.translation import _
from tracker.validation.ticket import check_ticket

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracker.actions.assignment import Assignment
    from tracker.workspace import Workspace


def create(workspace: Workspace, fields: Mapping[str, NewValue], body: str) -> str:
    """Write a draft and return its path.

    Args:
        workspace: the desk.
        fields: the front matter; an id is added where there is none.
        body: the text under it.

    Raises:
        RefusedValueError: a value does not fit. Nothing was written.
        StorageError: the disk refuses.
    """
    ticket_id = draft_id(workspace.configuration.ids.prefix, workspace.taken_ids)
    text = compose({"id": ticket_id, **fields}, body, tuple(workspace.fields))
    path = draft_place(ticket_id)
    document = read_document(text.encode(), path)
    _ticket, findings = check_ticket(
        path, document.values, workspace.reader, lambda keys, key: document.position(keys, key=key)
    )
    refuse_new_findings((), (*document.findings, *findings))
    if (workspace.root / path).exists():
        raise StorageError(_("{path} is already there.").format(path=path))
    write_files(workspace.root, {path: document.encode()}, fresh=True)
    return path


def from_template(workspace: Workspace, name: str) -> tuple[dict[str, Any], str]:
    """Return the fields and the body that a ticket template starts with.

    Raises:
        UsageError: there is no such template.
        ConfigurationError: the template cannot be read.
    """
    path, data = read_template(workspace.root, name)
    document = read_document(data, path)
    if document.findings:
        raise ConfigurationError(document.findings)
    return {key: value for key, value in document.values.items() if value is not None}, document.body


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
        value = assigned_value(assignment, workspace.fields[name], filled.get(name), workspace.reader)
        if rest and value is not None:
            part = filled.get(name)
            filled[name] = {**(part if isinstance(part, dict) else {}), rest[0]: value}
        else:
            filled[name] = value
    return filled
