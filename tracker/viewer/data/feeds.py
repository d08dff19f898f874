"""Atom feeds (RFC 4287): what changed last, of all tickets, of one person's, or of a saved view's."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from tracker.viewer.addresses import relative
from tracker.viewer.data.record import moment
from tracker.viewer.visibility import is_hidden

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.viewer.publish import Placed
    from tracker.viewer.website import Website

_ENTRIES = 50
_WORDS = 60
"""Of a ticket's text in its entry."""
_UNKNOWN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no character of XML: https://www.w3.org/TR/xml/#charsets"""
_START = datetime.fromtimestamp(0, UTC)


class Feed(NamedTuple):
    """What a feed is about.

    Attributes:
        path: its file, relative to the website's root.
        title: its name.
        page: the address of the page that shows the same.
    """

    path: str
    title: str
    page: str


def feed(website: Website, about: Feed, tickets: Iterable[Placed]) -> bytes:
    """Return a feed of those of some tickets that changed last."""
    dated = sorted(
        ((time, ticket) for ticket in tickets if (time := changed(ticket))),
        key=lambda pair: (pair[0], pair[1].entry.path),
        reverse=True,
    )[:_ENTRIES]
    newest = dated[0][0] if dated else _START
    name = website.workspace.configuration.desk
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={_quoted(website.language)}>',
        f"<id>{identity(website, about.path)}</id>",
        f"<title>{_text(about.title)}</title>",
        f"<updated>{moment(newest)}</updated>",
        f"<author><name>{_text(name)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={_quoted(_there(website, about, about.path))}/>',
        f'<link rel="alternate" type="text/html" href={_quoted(_there(website, about, about.page))}/>',
        *(line for time, ticket in dated for line in _entry(website, about, ticket, time)),
        "</feed>\n",
    ]
    return "\n".join(lines).encode("utf-8", "replace")


def changed(ticket: Placed) -> datetime | None:
    """Return when a ticket last changed, else when it was created; None where nobody knows."""
    return ticket.publication.updated(ticket.entry) or ticket.entry.ticket.created


def identity(website: Website, name: str) -> str:
    """Return the same address for the same thing for good, wherever the website stands."""
    configuration = website.workspace.configuration
    place = configuration.forge.url or website.home or configuration.desk
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{place}#{name}'.encode('utf-8', 'replace').decode())}"


def _entry(website: Website, about: Feed, ticket: Placed, time: datetime) -> Iterator[str]:
    publication, entry = ticket
    created, address = entry.ticket.created, publication.address(entry)
    yield "<entry>"
    yield f"<id>{identity(website, publication.paths[entry.path])}</id>"
    yield f"<title>{_text(f'{entry.id} {entry.title}')}</title>"
    yield f"<updated>{moment(time)}</updated>"
    if created:
        yield f"<published>{moment(created)}</published>"
    yield f'<link rel="alternate" type="text/html" href={_quoted(_there(website, about, address))}/>'
    if entry.ticket.category:
        yield f"<category term={_quoted(entry.ticket.category)}/>"
    yield f"<summary>{_text(summary(ticket))}</summary>"
    yield "</entry>"


def summary(ticket: Placed) -> str:
    """Return how a ticket stands, and how its text begins."""
    publication, entry = ticket
    row = ticket.row
    who = row.assignee.label if row.assignee else ""
    words = [] if is_hidden(publication.workspace, entry) else entry.body.split(maxsplit=_WORDS)
    text = " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")
    return "\n".join(filter(None, (" · ".join(filter(None, (row.status, row.priority, who))), text)))


def _there(website: Website, about: Feed, address: str) -> str:
    return f"{website.home}{address}" if website.home else relative(about.path, address)


def _text(text: str) -> str:
    return escape(_UNKNOWN.sub("\ufffd", text))


def _quoted(text: str) -> str:
    return quoteattr(_UNKNOWN.sub("\ufffd", text))
