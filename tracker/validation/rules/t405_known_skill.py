"""Somebody can do what a rule asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.finding import Severity
from tracker.model.people import handles
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
    """Yield a finding for each skill of a rule that nobody has who works here, or nobody of those it names."""
    configuration = settings.configuration
    people = {name: one for name, one in configuration.people.items() if settings.is_active(one)}
    known = {skill for person in people.values() for skill in person.skills}
    for number, rule in enumerate(configuration.assignment.rules):
        asked = [people[name] for name in handles(rule.to, configuration.teams) if name in people]
        for place, skill in enumerate(rule.skills):
            keys = ("assignment", "rules", number, "skills", place)
            if skill not in known:
                guess = nearest(skill, known)
                hint = _("Did you mean {guess}?").format(guess=guess) if guess else RULE.remedy()
                message = _("Nobody has the skill “{skill}”.").format(skill=skill)
                yield settings.finding(RULE.code, keys, message, hint)
            elif rule.to and not any(skill in person.skills for person in asked):
                message = _("Nobody of {names} has the skill “{skill}”.")
                said = message.format(names=", ".join(rule.to), skill=skill)
                yield settings.finding(RULE.code, keys, said, RULE.remedy())
