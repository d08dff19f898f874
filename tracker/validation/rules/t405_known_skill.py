"""Somebody can do what a rule asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.finding import Severity
from tracker.model.problem import nearest
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.finding import Finding
    from tracker.validation.facts import SettingsFacts

RULE = Rule(
    "T405",
    "known-skill",
    asks=lambda: _("Somebody has the skills that a rule asks for."),
    why=lambda: _("Nobody may be given the tickets of a rule whose skill nobody has."),
    remedy=lambda: _("Correct the skill; or say in “people” who has it."),
    severity=Severity.WARNING,
)


def check(settings: SettingsFacts) -> Iterator[Finding]:
    """Yield a finding for each skill of a rule that nobody has who works here."""
    configuration = settings.configuration
    people = [person for person in configuration.people.values() if settings.is_active(person)]
    known = {skill for person in people for skill in person.skills}
    for number, rule in enumerate(configuration.assignment.rules):
        for place, skill in enumerate(rule.skills):
            if skill not in known:
                keys = ("assignment", "rules", number, "skills", place)
                guess = nearest(skill, known)
                hint = _("Did you mean {guess}?").format(guess=guess) if guess else RULE.remedy()
                yield settings.finding(
                    RULE.code, keys, _("Nobody has the skill “{skill}”.").format(skill=skill), hint
                )
