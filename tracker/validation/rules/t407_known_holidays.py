"""The public holidays of a calendar are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.public_holidays import unknown_part
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.finding import Finding
    from tracker.validation.facts import SettingsFacts

RULE = Rule(
    "T407",
    "known-holidays",
    asks=lambda: _("The countries and regions of which a calendar has the public holidays are known."),
    why=lambda: _("Those of an unknown one count as days of work: numbers and due times are wrong."),
    remedy=lambda: _("Correct the code; where a region has no holidays of its own, leave it out."),
)


def check(settings: SettingsFacts) -> Iterator[Finding]:
    """Yield a finding for each country or region of a calendar of which no holidays are known."""
    for name, calendar in settings.configuration.calendars.items():
        for place, holidays in enumerate(calendar.holidays):
            problem = unknown_part(holidays)
            if problem:
                keys = ("calendars", name, "holidays", place, *problem.keys)
                yield settings.finding(RULE.code, keys, problem.message, problem.hint)
