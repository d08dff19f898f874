"""Fields stand in canonical order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.finding import Severity
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.finding import Finding
    from tracker.validation.facts import TicketFacts

RULE = Rule(
    "T109",
    "field-order",
    asks=lambda: _("The fields stand in the order that the desk’s own commands write."),
    why=lambda: _(
        "The order keeps fields that change often apart, so that Git merges two people’s changes without "
        "a conflict."
    ),
    remedy=lambda: _("“tracker validate --fix” moves the fields; nothing else of the file changes."),
    severity=Severity.WARNING,
    fixable=True,
    excusable=True,
)


def check(facts: TicketFacts) -> Iterator[Finding]:
    """Yield a finding at the first field that stands after one that belongs behind it."""
    rank, last, highest = facts.reader.rank, "", -1
    places = [rank[name] for name in facts.values if name in rank]
    if places == sorted(places):
        return
    for name in facts.values:
        place = rank.get(name, highest)
        if place < highest:
            message = _("“{field}” belongs before “{other}”.").format(field=name, other=last)
            yield facts.finding(RULE.code, (name,), message, RULE.remedy(), key=True)
            return
        last, highest = (name, place) if name in rank else (last, highest)
