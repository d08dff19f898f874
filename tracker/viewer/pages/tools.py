"""What a person can do with a ticket from its page: on the forge, or with commands to copy."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, NamedTuple

from tracker.model.place import conversation_of
from tracker.translation import _
from tracker.viewer.addresses import history_address, new_file_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.viewer.pages.ticket_view import TicketView

_COMMENT = "---\nauthor: NAME\ncreated: TIME\n---\n\n"
"""A new comment; scripts write the time in its place, and who reads it the name."""
COMMENT_COMMAND = "comment-command"
"""The id of the command by which people comment where there is no forge."""


class Tool(NamedTuple):
    """A link of the toolbar; `name` tells scripts which."""

    name: str
    label: str
    address: str


def tools(view: TicketView) -> Iterator[Tool]:
    """Yield what can be done with a ticket."""
    workspace, entry = view.publication.workspace, view.entry
    forge, path = workspace.configuration.forge, workspace.in_repository(entry.path)
    edit = view.publication.edit_address(entry)
    if edit:
        yield Tool("edit", _("Edit"), edit)
    folder, _slash, name = conversation_of(path).rpartition("/")
    comment = new_file_address(forge, folder, f"{name}/TIME-NAME.md", _COMMENT)
    yield Tool("comment", _("Comment"), comment or f"#{COMMENT_COMMAND}")
    history = history_address(forge, path)
    if history:
        yield Tool("history", _("History"), history)


def commands(view: TicketView) -> list[tuple[str, str]]:
    """Return commands about a ticket, each with its id on the page, which may be empty."""
    named = shlex.quote(view.entry.id)  # a broken ticket is called as its file is
    forward = f"accept {named}" if view.entry.draft else f"move {named} {_following(view)}"
    written = [
        ("", f"show {named}"),
        (COMMENT_COMMAND, f"comment {named}"),
        *(
            []
            if view.entry.path in view.publication.website.archived
            else [("", forward), ("", f"log {named}")]
        ),
    ]
    return [(anchor, f"tracker {command}") for anchor, command in written]


def _following(view: TicketView) -> str:
    """Return a status to which the ticket may go."""
    statuses, present = view.publication.workspace.configuration.statuses, view.entry.ticket.status
    known = statuses.get(present)
    others = [key for key in statuses if key != present]
    return next(iter((known.to if known else None) or others), "STATUS")
