"""A ticket was not created in the future."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tracker.finding import Finding, Severity
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.validation.facts import DeskFacts

RULE = Rule(
    "T115",
    "future",
    asks=lambda: _("A ticket was not created in the future."),
    why=lambda: _("It would be the newest of every list for as long as the date is not there."),
    remedy=lambda: _("Correct “created”; most often it is the year, or a clock that is wrong."),
    severity=Severity.WARNING,
    excusable=True,
)

_TOLERANCE = timedelta(days=1)
"""Clocks differ, and so do the dates of a morning in Auckland and an evening in Honolulu."""


def check(desk: DeskFacts) -> Iterator[Finding]:
    """Yield a finding for each ticket that was created later than tomorrow."""
    latest = desk.now + _TOLERANCE
    for entry in desk.entries:
        created = entry.ticket.created
        if created is not None and created > latest:
            message = _("Created on {day}, which is yet to come.").format(day=created.date())
            yield desk.finding(RULE.code, entry, ("created",), message, RULE.remedy())
