"""A team has members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.finding import Finding
    from tracker.validation.facts import SettingsFacts

RULE = Rule(
    "T403",
    "team-members",
    asks=lambda: _("A team has members, and one of them works here."),
    why=lambda: _("What is for a team without members is done by nobody."),
    remedy=lambda: _("Name its members; or remove the team."),
)


def check(settings: SettingsFacts) -> Iterator[Finding]:
    """Yield a finding for each team of which nobody works here."""
    people = settings.configuration.people
    for name, team in settings.configuration.teams.items():
        if not any(settings.is_active(people[member]) for member in team.members):
            message = (
                _("The team “{team}” has no members.")
                if not team.members
                else _("Nobody of “{team}” works here.")
            )
            yield settings.finding(RULE.code, ("teams", name), message.format(team=name), RULE.remedy())
