"""A ticket as queries see it: plain values, the same that the website gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.query.order import is_late

if TYPE_CHECKING:
    from datetime import date, datetime

    from tracker.model.configuration import Configuration
    from tracker.model.entry import Entry

    Row = dict[str, Any]
    """A ticket: its fields as written, and beside them `id`, `aliases`, `title`, `path`, `open`, `late`,
    `draft`, `broken`, `comments` (how many), `links` (pairs of kind and id), and `updated` where it is known;
    `text` is what stands below its fields."""


def row_of(entry: Entry, configuration: Configuration, today: date, updated: datetime | None = None) -> Row:
    """Return a ticket as queries see it.

    Args:
        entry: the ticket.
        configuration: the desk's.
        today: in the desk's time zone.
        updated: when it last changed; None where that is not known.
    """
    row: Row = {
        **entry.values,
        "id": entry.id,
        "aliases": list(entry.ticket.aliases),
        "title": entry.title,
        "text": entry.body,
        "path": entry.path,
        "open": configuration.is_open(entry.ticket.status),
        "late": is_late(entry, configuration, today),
        "draft": entry.draft,
        "broken": entry.broken,
        "comments": len(entry.comments),
        "links": [[link.kind, link.target] for link in entry.ticket.links],
    }
    if updated:
        row["updated"] = updated.isoformat()
    return row
