"""The page of one ticket."""

from __future__ import annotations

import html
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from tracker.model.fields import link_phrase
from tracker.model.mention import mentions
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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.model.entry import Entry
    from tracker.viewer.publish import Publication

_SHOWN_APART = ("id", "title", "status", "created", "links", "labels", "requester")


class DetailRow(NamedTuple):
    """One line of a ticket's details."""

    label: str
    parts: tuple[Link, ...]


def ticket_page(publication: Publication, entry: Entry) -> GeneratedPage:
    """Return a ticket's page with its key: its file, its conversation, and what it shows of other tickets."""
    workspace, path = publication.workspace, publication.paths[entry.path]
    neighbours = [
        workspace.by_id[link.target] for link in entry.ticket.links if link.target in workspace.by_id
    ]
    neighbours += [source for _kind, source in workspace.links_to(entry)]
    shown = [
        (other.id, other.title, other.ticket.status, publication.paths[other.path]) for other in neighbours
    ]
    prefix = workspace.configuration.ids.prefix
    named = mentions(entry.body, prefix).tickets if f"{prefix}-" in entry.body else ()
    mentioned = [workspace.by_id[name] for name in named if name in workspace.by_id]
    shown += [(other.id, other.title, "", publication.paths[other.path]) for other in mentioned]
    kinds = [kind for kind, _source in workspace.links_to(entry)]
    findings = [(finding.code, finding.message, finding.position) for finding in entry.findings]
    key = publication.key(
        entry.digest,
        entry.path,
        _states(publication, entry),
        shown,
        kinds,
        findings,
        publication.rows[entry.path].late,
    )
    editable = publication.edit_address(entry) is not None
    return GeneratedPage(publication.address(path), key, lambda: _render(publication, entry), editable)


def _states(publication: Publication, entry: Entry) -> list[tuple[str, int, int]]:
    """Return what changes when a comment does."""
    statuses = ((path, os.lstat(f"{publication.workspace.root}/{path}")) for path in entry.comments)
    return [(path, status.st_size, status.st_mtime_ns) for path, status in statuses]


def _render(publication: Publication, entry: Entry) -> Page:
    address = publication.address(publication.paths[entry.path])
    row = publication.rows[entry.path]
    readable = bool(entry.values) or not entry.findings
    body = render(entry.body, "b") if readable else f"<pre><code>{html.escape(entry.body)}</code></pre>"
    comments = publication.workspace.comments(entry)
    content = templates.fill(
        publication.environment,
        "ticket.html",
        anchor=MAIN,
        row=on_page(row, address),
        queue_address=relative(address, publication.address(QUEUE)),
        steps=list(_steps(publication, entry, address)),
        byline=_byline(entry),
        findings=entry.findings,
        body=Markup(cross_linked(publication, body, entry, address)),  # noqa: S704  # sanitised by the renderer
        comments=[
            comment_section(publication, entry, said, number, address)
            for number, said in enumerate(conversation(comments), 1)
        ],
        facts=[publication.fragment("fact.html", fact) for fact in _facts(publication, entry, address)],
    )
    return Page(address, f"{entry.title} · {entry.id}", content, publication.edit_address(entry))


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
