"""One comment on a ticket's page, with its attachments and what it corrects; what it repeats is folded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from tracker.model.place import conversation_of
from tracker.model.quotes import Part, parts
from tracker.store.layout import IMAGES
from tracker.translation import _, ngettext
from tracker.viewer import formats
from tracker.viewer.attachments import is_shown, size_in_words
from tracker.viewer.crosslinks import cross_linked
from tracker.viewer.markdown import render
from tracker.viewer.rows import initials

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from tracker.model.entry import Comment
    from tracker.query.conversation import Said
    from tracker.viewer.pages.ticket_view import TicketView

_REFERENCE = re.compile(r"files/([A-Za-z0-9][A-Za-z0-9._-]{0,120})")


class Shown(NamedTuple):
    """An attachment: its name, its address where it is published, what it is, and how large."""

    name: str
    address: str
    image: bool
    kind: str
    size: str


class Earlier(NamedTuple):
    """What a comment said before it was corrected."""

    created: str
    body: Markup


class Section(NamedTuple):
    """A comment as the page's template needs it; without an anchor, only what happened after the last one.

    `before` is what happened before it, line by line.
    """

    before: Markup
    anchor: str = ""
    label: str = ""
    author: str = ""
    initials: str = ""
    created: str = ""
    created_exact: str = ""
    internal: bool = False
    automatic: str = ""
    body: Markup = Markup("")
    attachments: Sequence[Shown] = ()
    corrected: str = ""
    earlier: Sequence[Earlier] = ()


def comment_section(view: TicketView, said: Said, number: int, before: Markup) -> Section:
    """Return what is shown of a comment.

    Args:
        view: the page.
        said: the comment, with the earlier ones that it corrects.
        number: its place in the conversation, from 1.
        before: what happened before it.
    """
    comment, first = said.comment, (*said.earlier, said.comment)[0]
    name = _author(view, comment.author)
    return Section(
        before,
        anchor=f"comment-{number}",
        label=_("Comment by {who}").format(who=name),
        author=name,
        initials=initials(name),
        created=_moment(view, first.created),
        created_exact=first.created.isoformat() if first.created else "",
        internal=comment.visibility == "internal",
        automatic=comment.automatic,
        body=text_of(view, comment.body, f"c{number}"),
        attachments=list(_attachments(view, comment)),
        corrected=_moment(view, comment.created) if said.earlier else "",
        earlier=[
            Earlier(_moment(view, earlier.created), text_of(view, earlier.body, f"c{number}e{place}"))
            for place, earlier in enumerate(said.earlier)
        ],
    )


def _moment(view: TicketView, moment: datetime | None) -> str:
    if moment is None:
        return ""
    try:
        return formats.moment(moment.astimezone(view.publication.workspace.configuration.zone))
    except OverflowError:  # at one of the ends of the calendar
        return moment.isoformat(" ", "minutes")


def _author(view: TicketView, author: str) -> str:
    people = view.publication.workspace.configuration.people
    return people[author].name if author in people else author or "?"


def text_of(view: TicketView, text: str, prefix: str) -> Markup:
    """Return a text of a ticket as HTML, with what it quotes at its end and its signature folded.

    Args:
        view: the page.
        text: Markdown that anybody may have written.
        prefix: begins every id in it.
    """
    shown = (
        _part(view, part, f"{prefix}{kind}") for part, kind in zip(parts(text), ("", "q", "s"), strict=False)
    )
    return Markup("".join(shown))  # noqa: S704  # sanitised by the renderer


def _part(view: TicketView, part: Part, prefix: str) -> str:
    shown = cross_linked(view, render(part.text, prefix))
    if part.kind == "text":
        return shown
    label = _("Signature")
    if part.kind == "quote":
        label = ngettext("Quoted text, {number} line", "Quoted text, {number} lines", part.lines)
    summary = label.format(number=part.lines)
    return f'<details class="tk-fold"><summary>{summary}</summary>\n{shown}</details>\n'


def _attachments(view: TicketView, comment: Comment) -> Iterator[Shown]:
    """Yield the files of a comment; what a stranger wrote instead of a file's name is left out."""
    for reference in comment.attachments:
        match = _REFERENCE.fullmatch(reference)
        if match:
            published = is_shown(match[1])
            image = published and match[1].lower().endswith(IMAGES)
            address = f"{view.attachments}{match[1]}" if published else ""
            path = f"{conversation_of(view.entry.path)}/{reference}"
            size = view.publication.workspace.tree.size(path)
            kind = match[1].rpartition(".")[2].upper() if "." in match[1] else ""
            yield Shown(match[1], address, image, kind, size_in_words(size) if size else "")
