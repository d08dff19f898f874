"""What the website shows of what is said: nothing internal, unless the desk says that all may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.place import is_ticket_place
from tracker.query.conversation import Said, conversation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.model.entry import Comment, Entry
    from tracker.workspace import Workspace


def shown(workspace: Workspace, comments: list[Comment]) -> list[Said]:
    """Return a conversation, given in order of time, as the website shows it.

    What an internal comment corrects is gone with it: its author took these words back.
    """
    said = conversation(comments)
    if workspace.configuration.website.internal:
        return said
    return [
        Said(one.comment, tuple(earlier for earlier in one.earlier if _is_public(earlier)))
        for one in said
        if _is_public(one.comment)
    ]


def hidden(comments: list[Comment], said: list[Said]) -> int:
    """Return how many comments are not shown."""
    return len(comments) - sum(1 + len(one.earlier) for one in said)


def is_hidden(workspace: Workspace, entry: Entry) -> bool:
    """Whether a file that counts as a ticket may be an internal comment that lost its ticket.

    It says so, or nobody can tell because it is broken and lies where no ticket lies.
    """
    if workspace.configuration.website.internal:
        return False
    return entry.internal or not (entry.values or is_ticket_place(entry.path))


def published(workspace: Workspace, entry: Entry, files: Iterable[str]) -> list[str]:
    """Return those of a ticket's attachments that a text names which the website shows."""
    if workspace.configuration.website.internal:
        return list(files)
    said = shown(workspace, workspace.comments(entry))
    comments = [comment for one in said for comment in (one.comment, *one.earlier)]
    body = "" if is_hidden(workspace, entry) else entry.body
    return [file for file in files if file in body or any(comment.names(file) for comment in comments)]


def _is_public(comment: Comment) -> bool:
    return comment.visibility == "public"
