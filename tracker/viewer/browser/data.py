"""The tickets and the desk as our scripts get them: as scripts that hand over one text of JSON each."""

from __future__ import annotations

import hashlib
from datetime import UTC
from functools import partial
from typing import TYPE_CHECKING, Any

from tracker.model.place import draft_place, ticket_place
from tracker.model.section import text_in
from tracker.query.row import row_of
from tracker.query.vocabulary import united, vocabulary
from tracker.translation import current_language
from tracker.viewer.addresses import BOARD, NEW, OVERVIEW, QUEUE, REPORTS, edit_address, list_path
from tracker.viewer.browser.columns import columns, script, written
from tracker.viewer.browser.search_index import search_address, search_files
from tracker.viewer.browser.words import words
from tracker.viewer.output import GeneratedFile
from tracker.viewer.rows import KINDS, status_class
from tracker.viewer.sections import places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.model.configuration import Configuration
    from tracker.model.entry import Entry
    from tracker.query.row import Row
    from tracker.query.vocabulary import Searchable
    from tracker.viewer.publish import Placed, Publication
    from tracker.viewer.website import Website

FOLDER = "tickets/data"
_NOT_IN_ROWS = ("text", "is", "has", "open", "late", "aliases")
_KEYS = {"q": QUEUE, "b": BOARD, "o": OVERVIEW, "r": REPORTS}
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
    key, known = (website.first or website).state_digest, known_to_browsers(website)
    parts = []
    for name, tickets in groups.items():
        mine = key if name == "open" else _key_of_closed(website.first or website, tickets)
        parts.append({"name": name, "address": f"{FOLDER}/{name}.js?{mine[:12]}", "number": len(tickets)})
        if website.first is None:
            yield GeneratedFile(f"{FOLDER}/{name}.js", mine, partial(_rows, website, name, tickets, known))
    if website.first is None:
        yield from search_files(website, key)
    settings = desk_settings(website, known) | {"parts": parts, "search": search_address(key)}
    language = current_language()
    make = partial(script, f"desk-{language}", settings)
    yield GeneratedFile(desk_file(language), _digest(website.context_digest + written(settings)), make)


def _key_of_closed(website: Website, tickets: Sequence[Placed]) -> str:
    """Return what changes with some closed tickets: no clock of theirs runs, and no other ticket matters."""
    shared = [desk.context_digest for desk in website.desks]
    texts = [(desk.guest, desk.paths[entry.path], desk.texts(entry)) for desk, entry in tickets]
    return _digest(repr((website.today, shared, texts)))


def known_to_browsers(website: Website) -> dict[str, Searchable]:
    """Return what can be asked for on the website, in the current language."""
    return united([vocabulary(desk.workspace.fields) for desk in website.desks])


def desk_settings(website: Website, known: dict[str, Searchable]) -> dict[str, Any]:
    """Return what scripts need to know of a desk.

    `pages` is what stands before and after an id in the address of a ticket's page, and `lists` the same of
    the list of a person, a location or a category; `places` are the pages that keys lead to. `edit` is where
    the forge edits files, by the prefix of a desk; `search` is where the index of the search is.
    """
    desk = website.desks[0].workspace
    configuration = desk.configuration
    return {
        "language": current_language(),
        "name": configuration.desk,
        "zone": configuration.time_zone,
        "prefixes": [each.prefix for each in website.desks],
        "pages": _around(website, "tickets/\0"),
        "lists": {field: _around(website, list_path(kind, "\0")) for kind, field in KINDS.items()},
        "places": _places(website),
        "new": website.address(NEW) if website.forms else "",
        "edit": {each.prefix: address for each in website.desks if (address := _edit(each))},
        "views": _views(configuration),
        "looks": {key: status_class(desk, key) for key in configuration.statuses},
        "queue": website.address(QUEUE),
        "known": known,
        "labels": {name: field.label for name, field in desk.fields.items()},
        "open": [key for key in configuration.statuses if configuration.is_open(key)],
        "words": words(),
    }


def _around(website: Website, path: str) -> list[str]:
    before, _mark, after = website.address(path).partition("\0")
    return [before, after]


def _places(website: Website) -> dict[str, str]:
    """Return the pages that are opened by `g` and a letter."""
    shown = {path for path, _label in places(website)}
    return {key: website.address(path) for key, path in _KEYS.items() if path in shown}


def _edit(desk: Publication) -> str | None:
    """Return what stands before the path of a file in the address where the forge edits it."""
    return edit_address(desk.workspace.configuration.forge, desk.workspace.in_repository(""))


def _views(configuration: Configuration) -> list[dict[str, str]]:
    language = current_language()
    return [
        {"name": name, "label": text_in(view.label, language, name), "query": view.query}
        for name, view in configuration.views.items()
    ]


def _rows(website: Website, name: str, tickets: Sequence[Placed], known: dict[str, Searchable]) -> bytes:
    forms = {field: one["form"] for field, one in known.items() if field not in _NOT_IN_ROWS}
    forms |= {"aliases": "exact", "draft": "state", "broken": "state", "page": "exact"}
    forms |= {"clock": "moment", "beyond": "state", "file": "exact"}
    rows = [_row(website, ticket) for ticket in tickets]
    return script(name, columns(rows, forms))


def _row(website: Website, ticket: Placed) -> Row:
    """Return a ticket as queries see it, with its clock, and its page and file where ids do not tell them."""
    publication, entry = ticket
    row = row_of(entry, publication.workspace.configuration, website.today)
    path, shown = publication.paths[entry.path], ticket.row
    row["page"] = path if path != f"tickets/{entry.id}" else None
    row["file"] = entry.path if entry.path != _usual_place(entry) else None
    row["clock"] = shown.clock.due_exact if shown.clock else None
    row["beyond"] = shown.beyond
    return row


def _usual_place(entry: Entry) -> str:
    """Return where a browser takes a ticket's file to be: it knows of a moment only when it was in UTC."""
    if entry.draft:
        return draft_place(entry.id)
    created = entry.ticket.created
    try:
        return ticket_place(entry.id, created.astimezone(UTC).isoformat()) if created else ""
    except OverflowError:  # at one of the ends of the calendar
        return ""


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
