"""Putting a ticket's file as somebody wrote it in an editor into its place, if it is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.actions.merge_driver import merge_ticket
from tracker.actions.relations import check_relations
from tracker.actions.set import changed
from tracker.actions.workflow import check_transition
from tracker.document import read_document
from tracker.errors import ConflictError, RefusedValueError
from tracker.finding import errors
from tracker.translation import _
from tracker.workspace.alone import findings_alone

if TYPE_CHECKING:
    from tracker.actions.change import Change
    from tracker.document import Document
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace

_MARKS = {b"<<<<<<< ours", b"=======", b">>>>>>> theirs"}


def edit(workspace: Workspace, entry: Entry, before: bytes, after: bytes) -> Change:
    """Return the change from what an editor opened to what it saved.

    Args:
        workspace: the desk.
        entry: the ticket.
        before: the file as it was opened; what others changed since then stays.
        after: the file as it was saved.

    Raises:
        RefusedValueError: something is wrong with it that was right before, each with its place.
        ConflictError: others have changed the same lines.
    """
    present = workspace.document(entry.path)
    if _has_marks(after) and not _has_marks(present.encode()):
        message = _("The marks of a conflict are still in your text.")
        raise RefusedValueError(
            message, _("Choose between your lines (ours) and theirs, and remove the marks.")
        )
    merged = merge_ticket(before, present.encode(), after, entry.path)
    if not merged.clean:
        message = _("{path} was changed by someone else in the same lines.").format(path=entry.path)
        hint = _("Choose between your lines (ours) and theirs, and remove the marks.")
        marked = merge_ticket(before, after, present.encode(), entry.path).data
        raise ConflictError(message, hint, present=present.encode(), marked=marked)
    document = read_document(merged.data, entry.path)
    _refuse(workspace, present, document)
    if not (present.findings or document.findings):
        check_transition(workspace, entry, document)
        check_relations(workspace, entry, document)
    return changed("edit", f"{entry.id}: edited", entry, present, document)


def _has_marks(data: bytes) -> bool:
    return _MARKS.issubset(data.splitlines())


def _refuse(workspace: Workspace, present: Document, document: Document) -> None:
    known = {(finding.code, finding.field) for finding in findings_alone(workspace, present)}
    findings = errors(findings_alone(workspace, document))
    wrong = [finding for finding in findings if (finding.code, finding.field) not in known]
    if present.values.get("id") and document.values.get("id") not in (None, present.values["id"]):
        raise RefusedValueError(
            _("A ticket’s id cannot be changed."), _("Numbers are given by “tracker accept”.")
        )
    if wrong:
        raise RefusedValueError("\n".join(str(finding) for finding in wrong))
