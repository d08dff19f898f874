"""A moment is written with its seconds and its offset."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.finding import Severity
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.finding import Finding
    from tracker.validation.facts import TicketFacts

RULE = Rule(
    "T112",
    "moment-form",
    asks=lambda: _("A moment is written with a T, seconds and its offset from UTC."),
    why=lambda: _(
        "A time without an offset is another moment at each location, and moves when the desk’s time zone does."
    ),
    remedy=lambda: _("Write 2026-11-24T09:12:00+01:00 (ISO 8601); “tracker validate --fix” does it."),
    severity=Severity.WARNING,
    fixable=True,
    excusable=True,
)

_FORM = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)")


def check(facts: TicketFacts) -> Iterator[Finding]:
    """Yield a finding where `created` is readable but written otherwise."""
    written, created = facts.values.get("created"), facts.ticket.created
    if created is not None and isinstance(written, str) and not _FORM.fullmatch(written):
        message = _("This moment is better written {moment}.").format(moment=created.isoformat())
        yield facts.finding(RULE.code, ("created",), message, _("“tracker validate --fix” does it."))
