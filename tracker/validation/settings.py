"""The rules that look at what a desk says in `tracker.yml` and the files that it includes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.validation.rules import (
    t401_reachable_rule,
    t402_shadowed_rule,
    t403_team_members,
    t404_delegate_circle,
    t405_known_skill,
    t406_absences_apart,
    t407_known_holidays,
    t408_known_template,
    t409_own_address,
)

if TYPE_CHECKING:
    from tracker.finding import Finding
    from tracker.validation.facts import SettingsFacts

_OF_SETTINGS = (
    *(t401_reachable_rule.check, t402_shadowed_rule.check, t403_team_members.check),
    *(t404_delegate_circle.check, t405_known_skill.check, t406_absences_apart.check),
    *(t407_known_holidays.check, t408_known_template.check, t409_own_address.check),
)


def check_settings(settings: SettingsFacts) -> list[Finding]:
    """Return what is wrong with a configuration that can be used all the same."""
    return [finding for check in _OF_SETTINGS for finding in check(settings)]
