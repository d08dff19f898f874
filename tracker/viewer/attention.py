"""Which tickets need somebody now, and why: piles of them, the most urgent first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from tracker.service_levels.reading import State
from tracker.translation import _
from tracker.viewer import formats
from tracker.viewer.addresses import CLOSED, SERVICE_LEVELS
from tracker.viewer.questions import queue_asked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from tracker.viewer.publish import Placed
    from tracker.viewer.rows import Row
    from tracker.viewer.website import Website

LATELY = timedelta(days=7)
"""Who has waited longer may be forgotten; what happened since then is news."""
_SHOWN = 7
"""So many tickets of a pile fit a glance."""


class Item(NamedTuple):
    """A ticket, with what is to be known of it here; `state` is how that looks: of a clock, or nothing."""

    row: Row
    note: str = ""
    state: str = ""


class Pile(NamedTuple):
    """Tickets that have something in common: the first of them, how many there are, and where all are."""

    anchor: str
    label: str
    items: tuple[Item, ...]
    number: int
    address: str
    alert: bool = False

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.number - len(self.items)


def needing_attention(website: Website) -> Iterator[Pile]:
    """Yield the tickets that need somebody, a pile for each reason; one may be empty."""
    tickets = website.lists.open
    broken = [Item(one.row) for one in website.tickets if one.entry.broken]
    yield _pile("broken", _("Broken"), broken, queue_asked(website, "is:broken"), alert=True)
    late = [_with_due(one) for one in sorted(tickets, key=_by_due) if _is_late(one)]
    yield _pile("late", _("Late"), late, _where(website, late, "is:late"), alert=True)
    soon = [_with_due(one) for one in sorted(tickets, key=_by_due) if _is_soon(one) and not _is_late(one)]
    yield _pile("soon", _("About to be late"), soon, _where(website, soon, "due:<2d -is:late"))
    nobodys = [_with_day(one) for one in tickets if one.entry.ticket.assignee is None]
    yield _pile("unassigned", _("Unassigned"), nobodys, queue_asked(website, "is:unassigned"))
    yield _waiting(website)
    drafts = [_with_day(one) for one in tickets if one.entry.draft]
    yield _pile("drafts", _("Drafts to accept"), drafts, queue_asked(website, "is:draft"))


def news(website: Website) -> Iterator[Pile]:
    """Yield the tickets that came lately, and those that went; of other desks, nobody knows when."""
    since, own = website.workspace.now() - LATELY, website.desks[0]
    came = [one for one in website.tickets if (made := one.entry.ticket.created) and made >= since]
    came.sort(key=lambda one: (one.row.created_exact, one.entry.id), reverse=True)
    there = queue_asked(website, "created:>-7d is:open,closed")
    yield _pile("created", _("Created lately"), [_with_day(one) for one in came], there)
    went = [
        Item(own.row(entry), _day(website, moment))
        for path, moment in own.lately[0].resolved.items()
        if (entry := own.by_path.get(path)) and not own.workspace.configuration.is_open(entry.ticket.status)
    ]
    yield _pile("resolved", _("Resolved lately"), went, website.address(CLOSED))


def _where(website: Website, items: Sequence[Item], query: str) -> str:
    """Return where all of some tickets are: with the service levels, where each is there by its clock."""
    urgent = (State.LATE, State.WARNING)
    clocks = [item.row.clock for item in items]
    if website.has_service_levels and all(clock and clock.state in urgent for clock in clocks):
        return website.address(SERVICE_LEVELS)
    return queue_asked(website, query)


def _waiting(website: Website) -> Pile:
    """Return the tickets that have long waited for somebody else, the longest first."""
    own, long_ago = website.desks[0], website.workspace.now() - LATELY
    since = sorted((moment, path) for path, moment in own.lately[0].settled.items() if moment < long_ago)
    items = [
        Item(own.row(own.by_path[path]), _("since {day}").format(day=_day(website, moment)))
        for moment, path in since
    ]
    statuses = own.workspace.configuration.statuses
    paused = ",".join(key for key, status in statuses.items() if status.pauses)
    return _pile("waiting", _("Waiting for long"), items, queue_asked(website, f"status:{paused}"))


def _pile(anchor: str, label: str, items: Sequence[Item], address: str, *, alert: bool = False) -> Pile:
    return Pile(anchor, label, tuple(items[:_SHOWN]), len(items), address, alert)


def _is_late(ticket: Placed) -> bool:
    return ticket.row.late or ticket.row.beyond


def _is_soon(ticket: Placed) -> bool:
    """Whether it is due by tomorrow, or one of its clocks warns."""
    row, today = ticket.row, ticket.publication.website.today
    warns = row.clock is not None and row.clock.state == State.WARNING.value
    return warns or bool(row.due and row.due <= (today + timedelta(days=1)).isoformat())


def _with_due(ticket: Placed) -> Item:
    """Return a ticket with when it is due: by its day where that makes it late, else by its clock."""
    row = ticket.row
    state = State.LATE if _is_late(ticket) else State.WARNING
    shown = row.clock.due if row.clock and _is_by_clock(row) else formats.day_in(row.due)
    return Item(row, shown, state.value)


def _is_by_clock(row: Row) -> bool:
    return row.clock is not None and (row.beyond or not row.due)


def _by_due(ticket: Placed) -> tuple[str, str]:
    row = ticket.row
    return row.clock.due_exact if row.clock and _is_by_clock(row) else row.due, row.id


def _with_day(ticket: Placed) -> Item:
    return Item(ticket.row, formats.day_in(ticket.row.created))


def _day(website: Website, moment: datetime) -> str:
    return formats.day(moment.astimezone(website.workspace.configuration.zone).date())
