"""Changing fields of a ticket: only the lines of these fields change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.actions.assignment import Assignment, assigned_value, refuse_new_findings
from tracker.document import Document, delete_value, set_value
from tracker.errors import EditError, RefusedValueError, StorageError
from tracker.store.files import read_bytes, write_files
from tracker.translation import _
from tracker.validation.ticket import check_ticket

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.finding import Finding
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace


def edit(workspace: Workspace, entry: Entry, assignments: Iterable[Assignment]) -> tuple[Document, Document]:
    """Change fields of a ticket and write it.

    Returns:
        The ticket's file before and after; equal texts where nothing had to change.

    Raises:
        RefusedValueError: a value does not fit. Nothing was written.
        EditError: the file cannot be changed safely. Nothing was written.
        StorageError: the disk refuses, or someone else changed the file meanwhile.
    """
    before = workspace.document(entry.path)
    after = edited(workspace, before, assignments)
    write_document(workspace, before, after)
    return before, after


def edited(workspace: Workspace, document: Document, assignments: Iterable[Assignment]) -> Document:
    """Return the document with some fields changed; nothing is written. Errors as for `edit`."""
    if document.findings:
        raise EditError(str(document.findings[0]), _("Correct the file by hand first."))
    result = document
    for assignment in assignments:
        field = workspace.fields[assignment.keys[0]]
        if field.name == "id":
            raise RefusedValueError(
                _("A ticket’s id cannot be changed."), _("Numbers are given by “tracker accept”.")
            )
        value = assigned_value(assignment, field, result.values.get(field.name), workspace.reader)
        keys = assignment.keys
        result = (
            delete_value(result, keys)
            if value is None
            else set_value(result, keys, value, tuple(workspace.fields))
        )
    refuse_new_findings(_findings(workspace, document), _findings(workspace, result))
    return result


def write_document(workspace: Workspace, before: Document, after: Document) -> None:
    """Write a changed file, unless someone else changed it since it was read.

    Raises:
        StorageError: it was changed meanwhile, or the disk refuses.
    """
    if before.text == after.text:
        return
    if read_bytes(workspace.root / before.path) != before.encode():
        message = _("{path} was changed by someone else meanwhile.").format(path=before.path)
        raise StorageError(message, _("Nothing was written. Try again."))
    write_files(workspace.root, {before.path: after.encode()})


def _findings(workspace: Workspace, document: Document) -> list[Finding]:
    _ticket, findings = check_ticket(
        document.path, document.values, workspace.reader, lambda keys, key: document.position(keys, key=key)
    )
    return list(findings)
