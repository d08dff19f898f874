"""Adding a comment to a ticket's conversation: one file, written once."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tracker.actions.change import Change, FileChange
from tracker.document import compose
from tracker.errors import RefusedValueError
from tracker.model.place import conversation_of
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.document import NewValue
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace


def comment(workspace: Workspace, entry: Entry, author: str, text: str, visibility: str = "public") -> Change:
    """Return the change that adds a comment.

    Args:
        workspace: the desk.
        entry: the ticket.
        author: a person's handle, or an e-mail address.
        text: Markdown, not empty.
        visibility: `public`, or `internal` for the desk's people only.

    Raises:
        RefusedValueError: there is no text, or no author.
    """
    if not text.strip():
        raise RefusedValueError(_("A comment needs a text."), _("Nothing was written."))
    if not author:
        message = _("Nobody is known as the author of the comment.")
        raise RefusedValueError(message, _("Say who writes: --author HANDLE, or set Git’s user.email."))
    now = workspace.now()
    path = _free_place(workspace, entry, author, now)
    fields: dict[str, NewValue] = {"author": author, "created": now, "visibility": visibility}
    body = text.strip("\n") + "\n"
    data = compose(fields, body, tuple(fields)).encode()
    return Change("comment", f"{entry.id}: comment by {author}", (entry.id,), {path: FileChange(None, data)})


def _free_place(workspace: Workspace, entry: Entry, author: str, moment: datetime) -> str:
    """Name the file by its second and author; a second comment in that second is put one second later."""
    while True:
        stamp = moment.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")
        path = f"{conversation_of(entry.path)}/{stamp}-{slug(author)}.md"
        if not workspace.tree.exists(path):
            return path
        moment += timedelta(seconds=1)


def slug(author: str) -> str:
    """Return an author's name as part of a file name: lower-case ASCII letters, digits and hyphens."""
    name = unicodedata.normalize("NFKD", author.partition("@")[0]).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-")[:40] or "someone"
