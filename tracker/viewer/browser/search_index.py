"""The search of the website as files: which tickets hold which words, and what is shown of those found.

A browser loads nothing but what the words that are typed ask for. `assets/scripts/search.js` reads the files.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from tracker.model.identifier import sort_key
from tracker.translation import current_language
from tracker.viewer.browser.columns import columns, script
from tracker.viewer.browser.word_index import text_of, word_index
from tracker.viewer.output import GeneratedFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tracker.viewer.publish import Placed
    from tracker.viewer.website import Website

FOLDER = "tickets/data/search"
_CARDS = 128
"""Tickets in one file of what is shown of them."""
_KEY = "files of the search"


def search_files(website: Website, key: str) -> Iterator[GeneratedFile]:
    """Yield the files of the search.

    Args:
        website: what can be found.
        key: a digest of everything that its pages are made of: while it is the same, so are the files.
    """
    desk = website.desks[0].workspace
    name = f"{_KEY}{desk.mark} {current_language()}"
    known = desk.index.known([name]).get(name) if desk.has_index_of_its_own else None
    if not isinstance(known, dict) or known["key"] != key:
        digests = {path: digest for path, (digest, _make) in _files(website).items()}
        known = {"key": key, "digests": digests}
        if desk.has_index_of_its_own:
            desk.index.learn({name: known})
    for path, digest in known["digests"].items():
        yield GeneratedFile(path, digest, partial(_bytes, website, path))


def search_address(key: str) -> str:
    """Return the address of the file that names all others, relative to the website's root."""
    return f"{FOLDER}/index.js?{key[:12]}"


def _bytes(website: Website, path: str) -> bytes:
    return _files(website)[path][1]()


@lru_cache(maxsize=1)
def _files(website: Website) -> dict[str, tuple[str, Callable[[], bytes]]]:
    """Return each file by its path: a digest of it, and what makes it."""
    desk, tickets = website.desks[0].workspace, in_time(website)
    words = word_index(desk, tickets)
    found: dict[str, tuple[str, Callable[[], bytes]]] = {}

    def entries(tier: str, first: str) -> bytes:
        text = text_of(desk, words, tier, first)
        if text is None:  # the desk's index was damaged meanwhile
            text = text_of(desk, word_index(desk, tickets, anew=True), tier, first)
        return script(f"search/{tier}-{first}", text)

    for tier, files in words.files.items():
        for first, digest in files.items():
            found[f"{FOLDER}/{tier}-{_spelt(first)}.js"] = digest, partial(entries, tier, first)
    cards = [
        script(f"search/cards-{number}", [_card(ticket) for ticket in tickets[start : start + _CARDS]])
        for number, start in enumerate(range(0, len(tickets), _CARDS))
    ]
    known = {
        "tickets": columns([_row(ticket) for ticket in tickets], _FORMS),
        "tiers": {tier: [*files.items()] for tier, files in words.files.items()},
        "common": sorted(words.common),
        "cards": [_digest(data)[:8] for data in cards],
    }
    for name, data in [("index", script("search/index", known)), *_numbered(cards)]:
        found[f"{FOLDER}/{name}.js"] = _digest(data), partial(bytes, data)
    return found


def _numbered(cards: list[bytes]) -> Iterator[tuple[str, bytes]]:
    for number, data in enumerate(cards):
        yield f"cards-{number}", data


def in_time(website: Website) -> list[Placed]:
    """Return all tickets, the oldest first, and before them those of which no time is known."""

    def key(ticket: Placed) -> tuple[float, object, str]:
        created = ticket.entry.ticket.created
        return created.timestamp() if created else 0.0, sort_key(ticket.entry.id), ticket.entry.path

    return sorted(website.tickets, key=key)


_FORMS = {"id": "id", "aliases": "exact", "open": "state"}


def _row(ticket: Placed) -> dict[str, Any]:
    """Return what is known of a ticket before it is found."""
    return {"id": ticket.entry.id, "aliases": list(ticket.entry.ticket.aliases), "open": ticket.open}


def _card(ticket: Placed) -> list[Any]:
    """Return what is shown of a ticket that was found: title, status and its look, assignee, odd page."""
    publication, entry = ticket
    path = publication.paths[entry.path]
    page = path if path != f"tickets/{entry.id}" else None
    return [entry.title, entry.ticket.status, ticket.row.status_class, entry.ticket.assignee, page]


def _spelt(word: str) -> str:
    """Return a word as part of a file's name."""
    return "".join(sign if sign.isascii() else f"~{ord(sign):x}" for sign in word)


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
