"""The tickets and the desk as our scripts get them: as scripts that hand over one text of JSON each."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING, Any

from tracker.query.row import row_of
from tracker.query.vocabulary import united, vocabulary
from tracker.translation import current_language
from tracker.viewer.addresses import QUEUE
from tracker.viewer.browser.columns import columns, script, written
from tracker.viewer.browser.search_index import search_address, search_files
from tracker.viewer.browser.words import words
from tracker.viewer.output import GeneratedFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.query.row import Row
    from tracker.query.vocabulary import Searchable
    from tracker.viewer.publish import Placed
    from tracker.viewer.website import Website

FOLDER = "tickets/data"
_NOT_IN_ROWS = ("text", "is", "has", "open", "late", "aliases")
_AT_ONCE = 50_000
"""Closed tickets in one file: a browser reads it within a second."""


def desk_file(language: str) -> str:
    """Return where the settings of the desk are in a language, relative to the website's root."""
    return f"{FOLDER}/desk-{language}.js"


def desk_mark(language: str) -> str:
    """Return the element of a page by which our scripts find the desk."""
    return f'<meta name="tracker-desk" content="{desk_file(language)}">'


def data_files(website: Website) -> Iterator[GeneratedFile]:
    """Yield what our scripts need: the desk in the current language, its open tickets, and the others."""
    groups: dict[str, Sequence[Placed]] = {"open": website.lists.open}
    closed = website.lists.closed
    for start in range(0, len(closed), _AT_ONCE):
        groups[f"closed-{start // _AT_ONCE + 1}"] = closed[start : start + _AT_ONCE]
    key, known = _key(website), known_to_browsers(website)
    parts = []
    for name, tickets in groups.items():
        parts.append({"name": name, "address": f"{FOLDER}/{name}.js?{key[:12]}", "number": len(tickets)})
        yield GeneratedFile(f"{FOLDER}/{name}.js", key, partial(_rows, website, name, tickets, known))
    yield from search_files(website, key)
    settings = desk_settings(website, known) | {"parts": parts, "search": search_address(key)}
    language = current_language()
    make = partial(script, f"desk-{language}", settings)
    yield GeneratedFile(desk_file(language), _digest(written(settings)), make)


def known_to_browsers(website: Website) -> dict[str, Searchable]:
    """Return what can be asked for on the website, in the current language."""
    return united([vocabulary(desk.workspace.fields) for desk in website.desks])


def desk_settings(website: Website, known: dict[str, Searchable]) -> dict[str, Any]:
    """Return what scripts need to know of a desk.

    `pages` is what stands before and after an id in the address of a ticket's page, `queue` where the queue
    is, `search` where the index of the search is.
    """
    desk = website.desks[0].workspace
    configuration = desk.configuration
    before, _mark, after = website.address("tickets/\0").partition("\0")
    return {
        "language": current_language(),
        "name": configuration.desk,
        "zone": configuration.time_zone,
        "prefixes": [each.prefix for each in website.desks],
        "pages": [before, after],
        "queue": website.address(QUEUE),
        "known": known,
        "labels": {name: field.label for name, field in desk.fields.items()},
        "open": [key for key in configuration.statuses if configuration.is_open(key)],
        "words": words(),
    }


def _rows(website: Website, name: str, tickets: Sequence[Placed], known: dict[str, Searchable]) -> bytes:
    forms = {field: one["form"] for field, one in known.items() if field not in _NOT_IN_ROWS}
    forms |= {"aliases": "exact", "draft": "state", "broken": "state", "page": "exact"}
    forms |= {"clock": "moment", "beyond": "state"}
    rows = [_row(website, ticket) for ticket in tickets]
    return script(name, columns(rows, forms))


def _row(website: Website, ticket: Placed) -> Row:
    """Return a ticket as queries see it, with its clock, and its page where that is not named by its id."""
    publication, entry = ticket
    row = row_of(entry, publication.workspace.configuration, website.today)
    path, shown = publication.paths[entry.path], ticket.row
    row["page"] = path if path != f"tickets/{entry.id}" else None
    row["clock"] = shown.clock.due_exact if shown.clock else None
    row["beyond"] = shown.beyond
    return row


def _key(website: Website) -> str:
    return _digest(website.state())


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
