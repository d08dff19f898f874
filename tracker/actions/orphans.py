"""What stands on a ticket: its conversation, and the tickets that name it in a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.document import read_document
from tracker.errors import UsageError
from tracker.model.place import conversation_of
from tracker.store.layout import conversation_files
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.actions.change import FileChange
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace


def refuse_orphans(workspace: Workspace, files: Mapping[str, FileChange]) -> None:
    """Stop when a ticket would go, or lose its number, and what others added to it would stay.

    Args:
        workspace: the desk.
        files: what shall change in it.

    Raises:
        UsageError: with what stands on the ticket.
    """
    returning = {
        name
        for path, change in files.items()
        if change.after is not None
        for name in _names(change.after, path)
    }
    gone = {path for path, change in files.items() if change.after is None and path.endswith(".md")}
    for entry in workspace.entries if gone else ():
        if entry.path in gone:
            conversation = conversation_files(workspace.tree, conversation_of(entry.path))
            names = {entry.id, *entry.ticket.aliases} - returning
            linking = [
                source.path
                for _kind, source in workspace.links_to(entry)
                if any(link.target in names for link in source.ticket.links)
            ]
            _refuse(entry, [path for path in (*conversation, *linking) if path not in files])
        elif not gone.isdisjoint(entry.comments):
            comments = workspace.comments(entry)
            names = {comment.name for comment in comments if comment.path in gone}
            staying = (comment for comment in comments if comment.path not in files)
            _refuse(entry, [comment.path for comment in staying if comment.supersedes in names])


def _names(data: bytes, path: str) -> set[str]:
    """Return the id and the aliases that a ticket's file claims."""
    values = read_document(data, path).values
    aliases = values.get("aliases")
    return {str(values.get("id")), *(map(str, aliases) if isinstance(aliases, list) else ())}


def _refuse(entry: Entry, staying: list[str]) -> None:
    if staying:
        message = _("{id} has been added to since then: {paths}.")
        raise UsageError(
            message.format(id=entry.id, paths=", ".join(staying)),
            _("Undo that first, or close the ticket instead. Nothing was written."),
        )
