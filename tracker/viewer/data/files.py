"""The files for other programs, and where they are. They stand at the root, in one language."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tracker.model.section import text_in
from tracker.viewer.addresses import QUEUE
from tracker.viewer.data.calendars import calendar
from tracker.viewer.data.feeds import Feed, feed
from tracker.viewer.data.opensearch import opensearch
from tracker.viewer.data.tickets_csv import tickets_csv
from tracker.viewer.data.tickets_json import ticket_json, tickets_json
from tracker.viewer.data.views import saved_views, tickets_of_view
from tracker.viewer.output import GeneratedFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.viewer.publish import Placed
    from tracker.viewer.website import Website

FEED = "tickets/feed.xml"
OPENSEARCH = "tickets/opensearch.xml"


def files_for_others(website: Website) -> Iterator[GeneratedFile]:
    """Yield every file for other programs."""
    key = f"{website.state_digest} {website.home}"
    yield GeneratedFile("tickets/tickets.json", key, partial(tickets_json, website))
    yield GeneratedFile("tickets/tickets.csv", key, partial(tickets_csv, website))
    for ticket in website.tickets:
        if ticket.entry.path in website.archived:
            continue  # a file of its own would take more room than the ticket
        path = f"{ticket.publication.paths[ticket.entry.path]}.json"
        yield GeneratedFile(path, _key(ticket), partial(ticket_json, ticket))
    yield from _feeds(website, key)
    if website.home:
        yield GeneratedFile(OPENSEARCH, key, partial(opensearch, website, OPENSEARCH))


def _feeds(website: Website, key: str) -> Iterator[GeneratedFile]:
    name, queue = website.workspace.configuration.desk, website.address(QUEUE)
    yield GeneratedFile(FEED, key, partial(feed, website, Feed(FEED, name, queue), website.tickets))
    for view, about in saved_views(website).items():
        path = f"tickets/views/{view}.xml"
        title = f"{text_in(about.label, website.language, view)} · {name}"
        yield GeneratedFile(path, key, partial(_view_feed, website, Feed(path, title, queue), about.query))
    for person, tickets in website.lists.assigned.items():
        path, who = f"people/{person}", website.lists.people[person]
        about = Feed(f"{path}.xml", f"{who} · {name}", website.address(path))
        yield GeneratedFile(about.path, key, partial(feed, website, about, tickets))
        yield GeneratedFile(f"{path}.ics", key, partial(calendar, website, who, tickets))


def _view_feed(website: Website, about: Feed, query: str) -> bytes:
    return feed(website, about, tickets_of_view(website, query))


def _key(ticket: Placed) -> str:
    """Return the digest of all that is told of a ticket."""
    publication, entry = ticket
    return publication.key(
        publication.texts(entry), publication.paths[entry.path], publication.updated(entry)
    )
