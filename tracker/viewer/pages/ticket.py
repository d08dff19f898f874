"""The page of one ticket."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from markupsafe import Markup

from tracker.finding import errors
from tracker.translation import _, ngettext
from tracker.viewer import formats, templates
from tracker.viewer.addresses import QUEUE, relative
from tracker.viewer.attachments import attachment_states
from tracker.viewer.crosslinks import cross_linked
from tracker.viewer.output import GeneratedPage
from tracker.viewer.pages.conversation import Section, comment_section, text_of
from tracker.viewer.pages.details import clock_lines, field_lines
from tracker.viewer.pages.drawing import drawn
from tracker.viewer.pages.graph import graph_around
from tracker.viewer.pages.list import link_on_page, on_page
from tracker.viewer.pages.relations import linked, relations, shown_of
from tracker.viewer.pages.ticket_view import TicketView
from tracker.viewer.pages.timeline import timeline
from tracker.viewer.pages.tools import commands, tools
from tracker.viewer.rows import initials
from tracker.viewer.sections import translations
from tracker.viewer.shell import MAIN, Page
from tracker.viewer.visibility import hidden, is_hidden, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tracker.model.entry import Entry
    from tracker.query.conversation import Said
    from tracker.viewer.pages.timeline import Change
    from tracker.viewer.publish import Publication
    from tracker.viewer.rows import Link
    from tracker.workspace.account import Landed


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
    links = [
        (kind, reverse, other and shown_of(other))
        for kind, reverse, _target, other in linked(publication, entry)
    ]
    graph = graph_around(publication.placed(entry)) if links else None
    known = [(name, publication.find(name)) for name in names]
    named = [(name, other and (other.row.title, other.row.address)) for name, other in known]
    return publication.key(
        publication.texts(entry),
        attachment_states(publication.workspace, entry),
        links,
        graph and graph.state(),
        named,
        [(finding.code, finding.message, finding.position) for finding in errors(entry.findings)],
        publication.row(entry).late,
        publication.told[0].state(entry.path),
    )


def _render(publication: Publication, entry: Entry) -> Page:
    address, website = publication.address(entry), publication.website
    view = TicketView(publication, entry, address)
    comments = publication.comments(entry)
    said, account = shown(publication.workspace, comments), publication.account(entry)
    graph, row = graph_around(publication.placed(entry)), publication.row(entry)
    secret = is_hidden(publication.workspace, entry)
    content = templates.fill(
        website.environment,
        "ticket.html",
        anchor=MAIN,
        row=on_page(row, address),
        initials=initials(row.assignee.label) if row.assignee else "",
        queue_address=relative(address, website.address(QUEUE)),
        translations=translations(website, publication.paths[entry.path]),
        steps=list(_steps(publication, entry, address)),
        byline=_byline(publication, entry),
        tools=list(tools(view)),
        commands=commands(view),
        findings=errors(entry.findings),
        body=_body(view),
        relations=relations(view),
        drawing=drawn(graph, address) if graph else None,
        conversation=list(_conversation(view, said, () if secret else account.landed)),
        hidden=_hidden(hidden(comments, said) + secret),
        clocks=list(clock_lines(view, account.readings)),
        facts=list(field_lines(view, account.reasons)),
    )
    title, names = f"{entry.title} · {entry.id}", tuple(sorted(view.named))
    return Page(address, title, content, publication.edit_address(entry), names)


def _conversation(view: TicketView, said: Sequence[Said], landed: Sequence[Landed]) -> Iterator[Section]:
    """Yield what was said, and between it the lines of what happened, in order of time."""
    changes = list(timeline(view, landed, said))
    place = 0
    for number, one in enumerate(said, 1):
        written, start = (*one.earlier, one.comment)[0].created, place
        while place < len(changes) and written and changes[place].moment < written:
            place += 1
        yield comment_section(view, one, number, _lines(changes[start:place]))
    if place < len(changes):
        yield Section(_lines(changes[place:]))


def _lines(changes: Iterable[Change]) -> Markup:
    return Markup("\n".join(change.line for change in changes))  # noqa: S704  # each is HTML already


def _body(view: TicketView) -> Markup:
    entry = view.entry
    if is_hidden(view.publication.workspace, entry):
        return Markup("")
    if entry.values or not entry.findings:
        return text_of(view, entry.body, "b")
    body = cross_linked(view, f"<pre><code>{html.escape(entry.body)}</code></pre>")
    return Markup(body)  # noqa: S704  # escaped above


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


def _byline(publication: Publication, entry: Entry) -> str:
    requester, created = entry.ticket.requester, entry.ticket.created
    name = requester.name if requester and publication.shows("requester.name") else ""
    who = name or (requester.email if requester and publication.shows("requester.email") else "")
    day = formats.day(created.date()) if created else ""
    if who and day:
        return _("Asked by {who} on {day}").format(who=who, day=day)
    return _("Created on {day}").format(day=day) if day else ""
