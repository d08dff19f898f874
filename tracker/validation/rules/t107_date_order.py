"""Dates of a ticket do not contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.finding import Finding
    from tracker.validation.facts import TicketFacts

RULE = Rule(
    "T107",
    "date-order",
    asks=lambda: _("A ticket is not due before it was created, and an outage does not end before it begins."),
    why=lambda: _("It would be late from its first minute, in every list and every report."),
    remedy=lambda: _("Correct “due”; most often it is the year."),
    excusable=True,
)


def check(facts: TicketFacts) -> Iterator[Finding]:
    """Yield a finding where the ticket is due before it was created, or its outage ends before it begins."""
    created, due = facts.ticket.created, facts.ticket.due
    if created is not None and due is not None and due < created.date():
        message = _("Due on {due}, before it was created on {created}.")
        hint = _("Correct “due”.")
        yield facts.finding(RULE.code, ("due",), message.format(due=due, created=created.date()), hint)
    outage = facts.ticket.outage
    start = (outage.since or created) if outage else None
    if outage and outage.until and start and outage.until < start:
        message, hint = _("The outage ends before it begins."), _("Correct “outage”.")
        yield facts.finding(RULE.code, ("outage", "until"), message, hint)
