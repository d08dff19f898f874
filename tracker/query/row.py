"""A ticket as queries see it: plain values, the same that the website gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.query.order import is_late

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from tracker.model.configuration import Configuration
    from tracker.model.entry import Entry

    Row = dict[str, Any]
    """A ticket: its fields as written, and beside them `id`, `aliases`, `title`, `path`, `open`, `late`,
    `draft`, `broken`, `comments` (how many), `linked` (pairs of kind and id), and, where they are known,
    `updated` and `text`, which is what stands below its fields."""


def row_of(entry: Entry, configuration: Configuration, today: date) -> Row:
    """Return a ticket as queries see it.

    Args:
        entry: the ticket.
        configuration: the desk's.
        today: in the desk's time zone.
    """
    return {
        **entry.values,
        "id": entry.id,
        "aliases": list(entry.ticket.aliases),
        "title": entry.title,
        "path": entry.path,
        "open": configuration.is_open(entry.ticket.status),
        "late": is_late(entry, configuration, today),
        "draft": entry.draft,
        "broken": entry.broken,
        "comments": len(entry.comments),
        "linked": [[link.kind, link.target] for link in entry.ticket.links],
    }


def row_of_values(
    ticket_id: str, values: Mapping[str, Any], configuration: Configuration, now: datetime
) -> Row:
    """Return a ticket that is in no file as queries see it.

    Args:
        ticket_id: its id.
        values: its fields as they would be written.
        configuration: the desk's.
        now: the present moment in the desk's time zone.
    """
    status, due = str(values.get("status")), str(values.get("due") or "9999")
    is_open = configuration.is_open(status)
    links = values.get("links")
    linked = [str(link).partition(" ")[::2] for link in links] if isinstance(links, list) else []
    return {
        **values,
        "id": ticket_id,
        "aliases": [],
        "title": str(values.get("title") or ""),
        "path": f"{ticket_id}.md",
        "open": is_open,
        "late": is_open and due < now.date().isoformat(),
        "draft": False,
        "broken": False,
        "comments": 0,
        "linked": [list(link) for link in linked],
        "text": str(values.get("text") or ""),
    }
