"""A ticket as one line of a table: values with their words, links and marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tracker.query.order import is_late
from tracker.service_levels.reading import State
from tracker.translation import _
from tracker.viewer.clocks import ShownClock, next_clock, shown_clock

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.model.entry import Entry
    from tracker.service_levels.reading import Reading
    from tracker.workspace import Workspace


KINDS = {
    "people": "assignee",
    "teams": "team",
    "locations": "location",
    "departments": "department",
    "categories": "category",
    "labels": "labels",
    "requesters": "requester",
}
"""The lists of the website, each with the field that it is about."""


class Link(NamedTuple):
    """Words that lead to a page of the website; `address` is relative to its root, empty for words only."""

    label: str
    address: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What a table shows of a ticket. Addresses are relative to the website's root.

    `clock` is the most urgent of those of its service level that run; `beyond` tells whether it is late.
    `internal` is what only the desk's people see.
    """

    id: str
    title: str
    address: str
    status: str
    status_class: str
    priority: str
    priority_rank: int
    assignee: Link | None
    location: Link | None
    due: str
    created: str
    created_exact: str
    labels: tuple[str, ...]
    draft: bool
    broken: bool
    late: bool
    clock: ShownClock | None = None
    beyond: bool = False
    internal: bool = False


def row_of(
    workspace: Workspace, entry: Entry, address: str, today: date, links: Links, readings: Sequence[Reading]
) -> Row:
    """Return the line of a ticket whose page is at `address`, and whose clocks say what `readings` has."""
    ticket, fields, configuration = entry.ticket, workspace.fields, workspace.configuration
    urgent = next_clock(readings)
    ranks = list(reversed(configuration.priorities))
    return Row(
        id=entry.id,
        title=entry.title,
        address=address,
        status=_status(workspace, entry),
        status_class="draft" if entry.draft and not ticket.status else status_class(workspace, ticket.status),
        priority=fields["priority"].values.get(ticket.priority, ""),
        priority_rank=ranks.index(ticket.priority) if ticket.priority in ranks else len(ranks),
        assignee=links.to("people", ticket.assignee),
        location=links.to("locations", ticket.location),
        due=ticket.due.isoformat() if ticket.due else "",
        created=ticket.created.date().isoformat() if ticket.created else "",
        created_exact=ticket.created.isoformat() if ticket.created else "",
        labels=tuple(ticket.labels),
        draft=entry.draft,
        broken=entry.broken,
        late=is_late(entry, configuration, today),
        clock=shown_clock(urgent, configuration) if urgent else None,
        beyond=urgent is not None and urgent.state is State.LATE,
        internal=entry.internal,
    )


def _status(workspace: Workspace, entry: Entry) -> str:
    if entry.draft and not entry.ticket.status:
        return _("Draft")
    labels = workspace.fields["status"].values
    return labels.get(entry.ticket.status, entry.ticket.status or _("Unknown"))


def initials(name: str) -> str:
    """Return the first letters of up to two words of a name."""
    return "".join(word[0] for word in re.split(r"[\s.@_-]+", name)[:2] if word).upper()


def status_class(workspace: Workspace, status: str) -> str:
    """Return which of the five looks a status has: first, active, waiting, done or unknown."""
    configuration = workspace.configuration
    if status not in configuration.statuses:
        return "unknown"
    if not configuration.is_open(status):
        return "done"
    if status == configuration.first_status:
        return "first"
    return "waiting" if status == "waiting" else "active" if status == "in_progress" else "open"


class Links(NamedTuple):
    """Makes links to the pages of people, teams, locations and so on."""

    labels: dict[str, dict[str, str]]
    addresses: dict[str, str]

    def to(self, kind: str, key: str | None) -> Link | None:
        """Return the link to one page of a kind; words alone where the desk does not know the key."""
        if not key:
            return None
        return Link(self.labels[kind].get(key, key), self.addresses.get(f"{kind}/{key}", ""))
