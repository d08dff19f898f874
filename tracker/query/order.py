"""In which order tickets are worked on: the most urgent first, then the oldest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.identifier import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tracker.model.configuration import Configuration
    from tracker.model.entry import Entry


def queue_order(entries: Iterable[Entry], configuration: Configuration) -> list[Entry]:
    """Return tickets in the order of the queue: broken ones, then by priority, then by age."""
    urgency = {name: -rank for rank, name in enumerate(configuration.priorities)}

    def key(entry: Entry) -> tuple[bool, int, float, tuple[int, int, str]]:
        created = entry.ticket.created.timestamp() if entry.ticket.created else float("inf")
        return (not entry.broken, urgency.get(entry.ticket.priority, 1), created, sort_key(entry.id))

    return sorted(entries, key=key)


def is_late(entry: Entry, configuration: Configuration, today: date) -> bool:
    """Whether an open ticket's due day has passed. `today` is a date in the desk's time zone."""
    due = entry.ticket.due
    return due is not None and configuration.is_open(entry.ticket.status) and due < today
