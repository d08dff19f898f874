"""The page of one ticket."""

from __future__ import annotations

import html
import os
from typing import TYPE_CHECKING

from markupsafe import Markup

from tracker.finding import errors
from tracker.translation import _, ngettext
from tracker.viewer import templates
from tracker.viewer.addresses import QUEUE, relative
from tracker.viewer.crosslinks import cross_linked
from tracker.viewer.markdown import render
from tracker.viewer.output import GeneratedPage
from tracker.viewer.pages.conversation import comment_section
from tracker.viewer.pages.details import clock_lines, field_lines, link_lines
from tracker.viewer.pages.list import link_on_page, on_page
from tracker.viewer.pages.ticket_view import TicketView
from tracker.viewer.shell import MAIN, Page
from tracker.viewer.visibility import hidden, is_hidden, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.model.entry import Entry
    from tracker.viewer.publish import Publication
    from tracker.viewer.rows import Link
    from tracker.workspace import Workspace


def ticket_page(publication: Publication, entry: Entry) -> GeneratedPage:
    """Return a ticket's page, to be rendered when something changed that it shows."""
    return GeneratedPage(
        publication.address(entry),
        lambda names: _key(publication, entry, names),
        lambda: _render(publication, entry),
        publication.edit_address(entry) is not None,
        entry.path in publication.website.archived,
    )


def _key(publication: Publication, entry: Entry, names: Sequence[str]) -> str:
    """Return the digest of a ticket's file, its conversation, and what its page shows of other tickets."""
    workspace, linking = publication.workspace, publication.linking(entry)
    targets = [publication.find(link.target) for link in entry.ticket.links]
    linked = [
        (other.row.id, other.row.title, other.row.status, other.row.address)
        for other in (*targets, *(source for _kind, source in linking))
        if other
    ]
    known = [(name, publication.find(name)) for name in names]
    named = [(name, other and (other.row.title, other.row.address)) for name, other in known]
    return publication.key(
        entry.digest,
        entry.path,
        comment_states(workspace, entry),
        linked,
        [kind for kind, _source in linking],
        named,
        [(finding.code, finding.message, finding.position) for finding in errors(entry.findings)],
        publication.row(entry).late,
        publication.told[0].state(entry.path),
    )


def comment_states(workspace: Workspace, entry: Entry) -> list[tuple[str, int, int]]:
    """Return what changes when a comment of a ticket does."""
    if workspace.revision is not None:
        return [(path, 0, 0) for path in entry.comments]  # a comment of a commit is written once
    statuses = ((path, os.lstat(f"{workspace.root}/{path}")) for path in entry.comments)
    return [(path, status.st_size, status.st_mtime_ns) for path, status in statuses]


def _render(publication: Publication, entry: Entry) -> Page:
    address, website = publication.address(entry), publication.website
    view = TicketView(publication, entry, address)
    comments = publication.comments(entry)
    said, account = shown(publication.workspace, comments), publication.account(entry)
    missing = hidden(comments, said) + is_hidden(publication.workspace, entry)
    content = templates.fill(
        website.environment,
        "ticket.html",
        anchor=MAIN,
        row=on_page(publication.row(entry), address),
        queue_address=relative(address, website.address(QUEUE)),
        steps=list(_steps(publication, entry, address)),
        byline=_byline(entry),
        findings=errors(entry.findings),
        body=_body(view),
        comments=[comment_section(view, one, number) for number, one in enumerate(said, 1)],
        hidden=_hidden(missing),
        clocks=list(clock_lines(view, account.readings)),
        facts=[*field_lines(view, account.reasons), *link_lines(view)],
    )
    title, names = f"{entry.title} · {entry.id}", tuple(sorted(view.named))
    return Page(address, title, content, publication.edit_address(entry), names)


def _body(view: TicketView) -> Markup:
    entry = view.entry
    if is_hidden(view.publication.workspace, entry):
        return Markup("")
    readable = bool(entry.values) or not entry.findings
    body = render(entry.body, "b") if readable else f"<pre><code>{html.escape(entry.body)}</code></pre>"
    return Markup(cross_linked(view, body))  # noqa: S704  # sanitised by the renderer


def _hidden(number: int) -> str:
    text = ngettext(
        "{number} internal comment is in the repository only.",
        "{number} internal comments are in the repository only.",
        number,
    )
    return text.format(number=number) if number else ""


def _steps(publication: Publication, entry: Entry, address: str) -> Iterator[Link]:
    category = link_on_page(publication.links.to("categories", entry.ticket.category), address)
    if category and category.address:
        yield category


def _byline(entry: Entry) -> str:
    requester, created = entry.ticket.requester, entry.ticket.created
    who = (requester.name or requester.email or "") if requester else ""
    day = created.date().isoformat() if created else ""
    if who and day:
        return _("Asked by {who} on {day}").format(who=who, day=day)
    return _("Created on {day}").format(day=day) if day else ""
