"""Changing fields of a ticket: only the lines of these fields change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.actions.assignment import Assignment, assigned_value, refuse_id, refuse_new_findings
from tracker.actions.change import Change, FileChange
from tracker.actions.relations import check_relations
from tracker.actions.workflow import check_transition
from tracker.document import Document, delete_value, set_value
from tracker.errors import EditError
from tracker.translation import _
from tracker.workspace.alone import findings_alone

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from tracker.document import NewValue
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace


def set_fields(
    workspace: Workspace,
    entry: Entry,
    assignments: Iterable[Assignment],
    together: Collection[str] = (),
    *,
    force: bool = False,
) -> Change:
    """Return the change of some fields of a ticket; one without files where nothing has to change.

    Args:
        workspace: the desk.
        entry: the ticket.
        assignments: what changes.
        together: the paths of tickets that change in the same way with it.
        force: whether it may be closed over open children.

    Raises:
        RefusedValueError: a value does not fit, or the workflow does not allow the status.
        EditError: the file cannot be changed safely.
    """
    wanted = list(assignments)
    before = workspace.document(entry.path)
    after = edited(workspace, before, wanted)
    check_transition(workspace, entry, after, together, force=force)
    check_relations(workspace, entry, after, together)
    done = ", ".join(f"{'.'.join(change.keys)}{change.operator}{change.text}" for change in wanted)
    return changed("set", f"{entry.id}: {done}", entry, before, after)


def give_values(workspace: Workspace, entry: Entry, values: Mapping[str, NewValue]) -> Change:
    """Return the change that puts values, as rules have them, into fields of a ticket.

    Raises:
        RefusedValueError: a value does not fit.
        EditError: the file cannot be changed safely.
    """
    order = tuple(workspace.fields)

    def given(document: Document) -> Document:
        for name, value in values.items():
            document = set_value(document, (name,), value, order)
        return document

    before = workspace.document(entry.path)
    after = _checked(workspace, before, given)
    return changed("set", f"{entry.id}: {', '.join(values)}", entry, before, after)


def changed(action: str, summary: str, entry: Entry, before: Document, after: Document) -> Change:
    """Return the change from one text of a ticket to another."""
    files = {} if before.text == after.text else {entry.path: FileChange(before.encode(), after.encode())}
    return Change(action, summary, (entry.id,), files)


def edited(workspace: Workspace, document: Document, assignments: Iterable[Assignment]) -> Document:
    """Return the document with some fields changed. Errors as for `set_fields`."""

    def assigned(result: Document) -> Document:
        for assignment in assignments:
            field = workspace.fields[assignment.keys[0]]
            refuse_id(field.name)
            value = assigned_value(assignment, field, result.values.get(field.name), workspace.reader)
            keys = assignment.keys
            result = (
                delete_value(result, keys)
                if value is None
                else set_value(result, keys, value, tuple(workspace.fields))
            )
        return result

    return _checked(workspace, document, assigned)


def _checked(workspace: Workspace, document: Document, edit: Callable[[Document], Document]) -> Document:
    """Return a document edited, unless it cannot be read or something would be wrong that was right."""
    if document.findings:
        raise EditError(str(document.findings[0]), _("Correct the file by hand first."))
    result = edit(document)
    refuse_new_findings(findings_alone(workspace, document), findings_alone(workspace, result))
    return result
