"""An open ticket names people and places that the company has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.finding import Severity
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.finding import Finding
    from tracker.validation.facts import DeskFacts

RULE = Rule(
    "T206",
    "active",
    asks=lambda: _("An open ticket is with people and at a location that are there today."),
    why=lambda: _("A ticket of someone who has left waits for nobody."),
    remedy=lambda: _(
        "Assign it to somebody else; correct the location. “active” in tracker.yml says who is there."
    ),
    severity=Severity.WARNING,
    excusable=True,
)


def check(desk: DeskFacts) -> Iterator[Finding]:
    """Yield a finding for each open ticket whose assignee or location is not there today."""
    configuration, today = desk.configuration, desk.now.date()
    gone = {
        "assignee": {
            handle
            for handle, person in configuration.people.items()
            if not person.is_active(configuration.today_of(person, desk.now))
        },
        "location": {
            name
            for name, place in configuration.locations.items()
            if place.active and not place.active.includes(today)
        },
    }
    for field, names in gone.items():
        for entry in desk.entries if names else ():
            value = entry.ticket.value(field)
            if value in names and configuration.is_open(entry.ticket.status):
                message = _("“{value}” is not there any more, or not yet.").format(value=value)
                yield desk.finding(RULE.code, entry, (field,), message, RULE.remedy())
