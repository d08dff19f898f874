"""In which order tickets are worked on: the most urgent first, then the oldest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.identifier import sort_key
from tracker.query.timing import moment_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, tzinfo

    from tracker.model.configuration import Configuration
    from tracker.model.entry import Entry
    from tracker.query.row import Row

    QueueKey = tuple[bool, int, float, tuple[int, int, str]]
    """Whether it is sound, its urgency, its age, its id."""


def queue_order(entries: Iterable[Entry], configuration: Configuration) -> list[Entry]:
    """Return tickets in the order of the queue: broken ones, then by priority, then by age."""
    return sorted(entries, key=lambda entry: queue_key(entry, configuration))


def queue_key(entry: Entry, configuration: Configuration) -> QueueKey:
    """Return what a ticket is sorted by in the queue."""
    created = entry.ticket.created.timestamp() if entry.ticket.created else float("inf")
    known = [*configuration.priorities]
    urgency = -known.index(entry.ticket.priority) if entry.ticket.priority in known else 1
    return (not entry.broken, urgency, created, sort_key(entry.id))


def rows_in_order(rows: Iterable[Row], priorities: Mapping[str, Sequence[str]], zone: tzinfo) -> list[Row]:
    """Return tickets of several desks in the order of the queue.

    Args:
        rows: the tickets, as queries see them, each with its `desk`.
        priorities: of each desk, from the least to the most urgent.
        zone: of times without one.
    """
    urgency = {desk: {name: -rank for rank, name in enumerate(known)} for desk, known in priorities.items()}

    def key(row: Row) -> QueueKey:
        created = moment_of(str(row.get("created")), zone)
        age = created.timestamp() if created else float("inf")
        return (
            not row["broken"],
            urgency[row["desk"]].get(str(row.get("priority")), 1),
            age,
            sort_key(row["id"]),
        )

    return sorted(rows, key=key)


def is_late(entry: Entry, configuration: Configuration, today: date) -> bool:
    """Whether an open ticket's due day has passed. `today` is a date in the desk's time zone."""
    due = entry.ticket.due
    return due is not None and configuration.is_open(entry.ticket.status) and due < today
