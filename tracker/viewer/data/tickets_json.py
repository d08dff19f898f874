"""All tickets in one file of JSON, and one file for each with its text and conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.viewer.data.record import SCHEMA, as_json, record, whole_record

if TYPE_CHECKING:
    from tracker.viewer.publish import Placed
    from tracker.viewer.website import Website


def tickets_json(website: Website) -> bytes:
    """Return all tickets: a line each, so that what changed is seen when two of these files are compared."""
    configuration = website.workspace.configuration
    head = {
        "version": SCHEMA,
        "name": configuration.desk,
        "home": website.home or None,
        "time_zone": configuration.time_zone,
    }
    lines = ",\n".join(as_json(record(ticket)) for ticket in website.tickets)
    return _bytes(f'{as_json(head)[:-1]},"tickets":[\n{lines}\n]}}\n')


def ticket_json(ticket: Placed) -> bytes:
    """Return one ticket with all that its page shows of it."""
    return _bytes(f"{as_json(whole_record(ticket))}\n")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
