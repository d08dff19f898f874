"""Changing fields of a ticket: only the lines of these fields change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.actions.assignment import Assignment, assigned_value, refuse_new_findings
from tracker.actions.change import Change, FileChange
from tracker.document import Document, delete_value, set_value
from tracker.errors import EditError, RefusedValueError
from tracker.translation import _
from tracker.validation.ticket import check_ticket

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.finding import Finding
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace


def edit(workspace: Workspace, entry: Entry, assignments: Iterable[Assignment]) -> Change:
    """Return the change of some fields of a ticket; one without files where nothing has to change.

    Raises:
        RefusedValueError: a value does not fit.
        EditError: the file cannot be changed safely.
    """
    wanted = list(assignments)
    before = workspace.document(entry.path)
    after = edited(workspace, before, wanted)
    done = ", ".join(f"{'.'.join(change.keys)}{change.operator}{change.text}" for change in wanted)
    return changed("set", f"{entry.id}: {done}", entry, before, after)


def changed(action: str, summary: str, entry: Entry, before: Document, after: Document) -> Change:
    """Return the change from one text of a ticket to another."""
    files = {} if before.text == after.text else {entry.path: FileChange(before.encode(), after.encode())}
    return Change(action, summary, (entry.id,), files)


def edited(workspace: Workspace, document: Document, assignments: Iterable[Assignment]) -> Document:
    """Return the document with some fields changed. Errors as for `edit`."""
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


def _findings(workspace: Workspace, document: Document) -> list[Finding]:
    _ticket, findings = check_ticket(
        document.path, document.values, workspace.reader, lambda keys, key: document.position(keys, key=key)
    )
    return list(findings)
