"""One comment on a ticket's page, with its attachments and what it corrects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from tracker.translation import _
from tracker.viewer.attachments import IMAGES, is_shown
from tracker.viewer.crosslinks import cross_linked
from tracker.viewer.markdown import render
from tracker.viewer.rows import initials

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tracker.model.entry import Comment
    from tracker.query.conversation import Said
    from tracker.viewer.pages.ticket_view import TicketView

_REFERENCE = re.compile(r"files/([A-Za-z0-9][A-Za-z0-9._-]{0,120})")


class Shown(NamedTuple):
    """An attachment: its name, and its address where it is published."""

    name: str
    address: str
    image: bool


def comment_section(view: TicketView, said: Said, number: int) -> dict[str, object]:
    """Return what the page's template needs of a comment.

    Args:
        view: the page.
        said: the comment, with the earlier ones that it corrects.
        number: its place in the conversation, from 1.
    """
    people = view.publication.workspace.configuration.people
    comment, first = said.comment, (*said.earlier, said.comment)[0]
    name = people[comment.author].name if comment.author in people else comment.author or "?"
    return {
        "anchor": f"comment-{number}",
        "label": _("Comment by {who}").format(who=name),
        "author": name,
        "initials": initials(name),
        "created": _moment(view, first.created),
        "created_exact": first.created.isoformat() if first.created else "",
        "internal": comment.visibility == "internal",
        "automatic": comment.automatic,
        "body": _body(view, comment, f"c{number}"),
        "attachments": list(_attachments(view, comment)),
        "corrected": _moment(view, comment.created) if said.earlier else "",
        "earlier": [
            {"created": _moment(view, earlier.created), "body": _body(view, earlier, f"c{number}e{place}")}
            for place, earlier in enumerate(said.earlier)
        ],
    }


def _moment(view: TicketView, moment: datetime | None) -> str:
    return view.publication.workspace.configuration.local(moment) if moment else ""


def _body(view: TicketView, comment: Comment, prefix: str) -> Markup:
    return Markup(cross_linked(view, render(comment.body, prefix)))  # noqa: S704  # sanitised by the renderer


def _attachments(view: TicketView, comment: Comment) -> Iterator[Shown]:
    """Yield the files of a comment; what a stranger wrote instead of a file's name is left out."""
    for reference in comment.attachments:
        match = _REFERENCE.fullmatch(reference)
        if match:
            published = is_shown(match[1])
            image = published and match[1].lower().endswith(IMAGES)
            yield Shown(match[1], f"{view.attachments}{match[1]}" if published else "", image)
