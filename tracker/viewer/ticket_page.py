"""The page of one ticket."""

from __future__ import annotations

import html
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from tracker.model.fields import link_phrase
from tracker.query.conversation import conversation
from tracker.translation import _
from tracker.viewer import templates
from tracker.viewer.addresses import QUEUE, relative
from tracker.viewer.conversation import comment_section
from tracker.viewer.crosslinks import cross_linked
from tracker.viewer.list_page import link_on_page, on_page
from tracker.viewer.markdown import render
from tracker.viewer.output import GeneratedPage
from tracker.viewer.rows import Link
from tracker.viewer.shell import MAIN, Page
from tracker.viewer.ticket_view import TicketView

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.model.entry import Entry
    from tracker.viewer.publish import Publication

_SHOWN_APART = ("id", "title", "status", "created", "links", "labels", "requester")


class DetailRow(NamedTuple):
    """One line of a ticket's details."""

    label: str
    parts: tuple[Link, ...]


def ticket_page(publication: Publication, entry: Entry) -> GeneratedPage:
    """Return a ticket's page, to be rendered when something changed that it shows."""
    return GeneratedPage(
        publication.address(publication.paths[entry.path]),
        lambda names: _key(publication, entry, names),
        lambda: _render(publication, entry),
        publication.edit_address(entry) is not None,
    )


def _key(publication: Publication, entry: Entry, names: Sequence[str]) -> str:
    """Return the digest of a ticket's file, its conversation, and what its page shows of other tickets."""
    workspace = publication.workspace
    linking = workspace.links_to(entry)
    targets = [workspace.by_id.get(link.target) for link in entry.ticket.links]
    linked = [
        (other.id, other.title, other.ticket.status, publication.paths[other.path])
        for other in (*targets, *(source for _kind, source in linking))
        if other
    ]
    known = [(name, workspace.by_id.get(name)) for name in names]
    named = [(name, other and (other.title, publication.paths[other.path])) for name, other in known]
    return publication.key(
        entry.digest,
        entry.path,
        _states(publication, entry),
        linked,
        [kind for kind, _source in linking],
        named,
        [(finding.code, finding.message, finding.position) for finding in entry.findings],
        publication.rows[entry.path].late,
    )


def _states(publication: Publication, entry: Entry) -> list[tuple[str, int, int]]:
    """Return what changes when a comment does."""
    statuses = ((path, os.lstat(f"{publication.workspace.root}/{path}")) for path in entry.comments)
    return [(path, status.st_size, status.st_mtime_ns) for path, status in statuses]


def _render(publication: Publication, entry: Entry) -> Page:
    address = publication.address(publication.paths[entry.path])
    view = TicketView(publication, entry, address)
    readable = bool(entry.values) or not entry.findings
    body = render(entry.body, "b") if readable else f"<pre><code>{html.escape(entry.body)}</code></pre>"
    comments = publication.workspace.comments(entry)
    content = templates.fill(
        publication.environment,
        "ticket.html",
        anchor=MAIN,
        row=on_page(publication.rows[entry.path], address),
        queue_address=relative(address, publication.address(QUEUE)),
        steps=list(_steps(publication, entry, address)),
        byline=_byline(entry),
        findings=entry.findings,
        body=Markup(cross_linked(view, body)),  # noqa: S704  # sanitised by the renderer
        comments=[
            comment_section(view, said, number) for number, said in enumerate(conversation(comments), 1)
        ],
        facts=[publication.fragment("fact.html", fact) for fact in _facts(publication, entry, address)],
    )
    title, names = f"{entry.title} · {entry.id}", tuple(sorted(view.named))
    return Page(address, title, content, publication.edit_address(entry), names)


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


def _facts(publication: Publication, entry: Entry, address: str) -> Iterator[DetailRow]:
    """Yield the ticket's fields, then its links both ways."""
    workspace, links = publication.workspace, publication.links
    for name, field in workspace.fields.items():
        value = entry.values.get(name)
        if value is None or name in _SHOWN_APART:
            continue
        match name:
            case "assignee" | "location" | "category":
                kind = {"assignee": "people", "location": "locations", "category": "categories"}[name]
                linked = link_on_page(links.to(kind, str(value)), address)
                parts: tuple[Link, ...] = (linked,) if linked else ()
            case _:
                parts = tuple(_words(value, field.values))
        yield DetailRow(field.label, parts)
    linked_to = [(link_phrase(link.kind), link.target) for link in entry.ticket.links]
    linked_to += [(link_phrase(kind, reverse=True), source.id) for kind, source in workspace.links_to(entry)]
    for phrase in dict.fromkeys(phrase for phrase, _target in linked_to):
        targets = dict.fromkeys(target for other, target in linked_to if other == phrase)
        yield DetailRow(phrase, tuple(_ticket_link(publication, target, address) for target in targets))


def _words(value: Any, labels: Any) -> Iterator[Link]:
    match value:
        case list():
            for part in value:
                yield from _words(part, labels)
        case dict():
            for key, part in value.items():
                yield Link(f"{key}: {', '.join(link.label for link in _words(part, {}))}", "")
        case None:
            pass
        case _:
            yield Link(str(labels.get(value, value)), "")


def _ticket_link(publication: Publication, target: str, address: str) -> Link:
    entry = publication.workspace.by_id.get(target)
    if entry is None:
        return Link(target, "")
    row = publication.rows[entry.path]
    return Link(f"{target} {entry.title}", relative(address, row.address), row.status)
