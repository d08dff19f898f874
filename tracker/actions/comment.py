"""Adding a comment to a ticket's conversation: one file, written once."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.attachment import Attachment, attachment_reference
from tracker.actions.change import Change, FileChange
from tracker.document import compose
from tracker.errors import RefusedValueError
from tracker.model.address import EMAIL
from tracker.model.place import conversation_of, is_ticket_place
from tracker.model.problem import allowed_values
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.document import NewValue
    from tracker.model.entry import Comment, Entry
    from tracker.workspace import Workspace

LAST = "last"
NO_SLUG = "someone"
"""Stands for a name that has no letter or digit of ASCII."""


class Words(NamedTuple):
    """What someone says.

    Attributes:
        author: a person's handle, or an e-mail address.
        text: Markdown, not empty.
        visibility: `public`, or `internal` for the desk's people only; so is what corrects an internal one.
        attachments: the files that come with it.
        automatic: what made it, where nobody said it: `reminder`; empty for a person's words.
        supersedes: the comment that it corrects: `last`, or how its file's name begins; empty for none.
        created: when it was said, aware; None for now.
        source: where it came from.
    """

    author: str
    text: str
    visibility: str = "public"
    attachments: tuple[Attachment, ...] = ()
    supersedes: str = ""
    automatic: str = ""
    created: datetime | None = None
    source: Mapping[str, str] = {}


def comment(workspace: Workspace, entry: Entry, words: Words) -> Change:
    """Return the change that adds a comment to a ticket.

    Raises:
        RefusedValueError: there is no text or author, an attachment is too large, or what it corrects is
            not there or another's.
    """
    if not words.text.strip():
        raise RefusedValueError(_("A comment needs a text."), _("Nothing was written."))
    if not words.author:
        message = _("Nobody is known as the author of the comment.")
        raise RefusedValueError(message, _("Say who writes: --author HANDLE, or set Git’s user.email."))
    people = workspace.configuration.people
    if words.author not in people and not re.fullmatch(EMAIL, words.author):
        message = _("“{author}” is neither a person of this desk nor an address.")
        hint = allowed_values(people, words.author) if people else ""
        raise RefusedValueError(message.format(author=words.author), hint)
    if not is_ticket_place(entry.path):
        message = _("{path} is no place for a ticket, so a conversation beside it would not be found.")
        raise RefusedValueError(message.format(path=entry.path), _("Move it first: see “tracker validate”."))
    earlier = _superseded(workspace, entry, words)
    internal = earlier is not None and earlier.visibility == "internal"
    now = words.created or workspace.now()
    path = _free_place(workspace, entry, words.author, now)
    files: dict[str, FileChange] = {}
    references = []
    for attachment in words.attachments:
        reference = attachment_reference(workspace, attachment)
        place = f"{conversation_of(entry.path)}/{reference}"
        references.append(reference)
        if not workspace.tree.exists(place):
            files[place] = FileChange(None, attachment.data)
    fields: dict[str, NewValue] = {
        "author": words.author,
        "created": now,
        "visibility": "internal" if internal else words.visibility,
        "automatic": words.automatic or None,
        "supersedes": earlier.name if earlier else None,
        "attachments": list(dict.fromkeys(references)),
        "source": {**words.source} or None,
    }
    data = compose(fields, words.text.strip("\n") + "\n", tuple(fields)).encode()
    summary = f"{entry.id}: comment by {words.author}"
    return Change("comment", summary, (entry.id,), {path: FileChange(None, data), **files})


def _superseded(workspace: Workspace, entry: Entry, words: Words) -> Comment | None:
    if not words.supersedes:
        return None
    earlier = earlier_comment(workspace, entry, words.author, words.supersedes)
    if earlier.author != words.author:
        message = _("{name} is {author}’s: only an author corrects their own words.")
        raise RefusedValueError(message.format(name=earlier.name, author=earlier.author))
    return earlier


def earlier_comment(workspace: Workspace, entry: Entry, author: str, typed: str) -> Comment:
    """Return the comment that a person means by `last` (of their own) or by how its file's name begins.

    Raises:
        RefusedValueError: there is none, or more than one.
    """
    comments = workspace.comments(entry)
    if typed == LAST:
        found = [comment for comment in comments if comment.author == author][-1:]
    else:
        found = [comment for comment in comments if comment.name.startswith(typed)]
    if len(found) == 1:
        return found[0]
    own = [comment for comment in comments if comment.author == author]
    names = [comment.name.removesuffix(".md") for comment in found or own]
    message = _("{id} has no comment “{typed}”.") if not found else _("{id} has several comments “{typed}…”.")
    hint = allowed_values(names) if names else ""
    raise RefusedValueError(message.format(id=entry.id, typed=typed), hint)


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
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-")[:40] or NO_SLUG
