"""What a ticket's links and aliases mean to the others: an id leads to one ticket, a link to another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.actions.assignment import refuse_new_findings
from tracker.validation.desk import check_desk

if TYPE_CHECKING:
    from tracker.document import Document
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace


def check_relations(workspace: Workspace, entry: Entry, before: Document, after: Document) -> None:
    """Stop a change after which an id would lead to two tickets, or a link nowhere, back or in a circle.

    Args:
        workspace: the desk.
        entry: the ticket as it is.
        before: its file as it is.
        after: its file as it shall be.

    Raises:
        RefusedValueError: with the first thing that would be wrong.
    """
    if all(before.values.get(name) == after.values.get(name) for name in ("links", "aliases")):
        return
    ticket, _problems = workspace.reader.read(after.values, required=())
    changed = replace(entry, ticket=ticket, values=after.values)
    others = [other for other in workspace.entries if other.path != entry.path]
    place = before.position(())
    found = [check_desk([*others, one], lambda _entry, _keys: place) for one in (entry, changed)]
    refuse_new_findings(*([finding for finding in each if finding.path == entry.path] for each in found))
