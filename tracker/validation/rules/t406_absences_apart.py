"""The absences of a person do not overlap."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from tracker.finding import Severity
from tracker.translation import _
from tracker.validation.rule import Rule
from tracker.validation.rules.t404_delegate_circle import overlap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.finding import Finding
    from tracker.validation.facts import SettingsFacts

RULE = Rule(
    "T406",
    "absences-apart",
    asks=lambda: _("A person has one absence at a time."),
    why=lambda: _("Two absences on one day may name two delegates; only that of the longer one would count."),
    remedy=lambda: _("Make one of them; or correct their days."),
    severity=Severity.WARNING,
)


def check(settings: SettingsFacts) -> Iterator[Finding]:
    """Yield a finding for each absence that has a day in common with an earlier one of that person."""
    for handle, person in settings.configuration.people.items():
        for (_one, first), (place, second) in combinations(enumerate(person.absences), 2):
            if overlap(first, second):
                keys = ("people", handle, "absences", place)
                message = _("This absence overlaps with another one of {person}.").format(person=handle)
                yield settings.finding(RULE.code, keys, message, RULE.remedy())
