"""A rule of the desk can match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.finding import Finding
    from tracker.validation.facts import SettingsFacts

RULE = Rule(
    "T401",
    "reachable-rule",
    asks=lambda: _("Some ticket can meet the query of each of the desk’s rules."),
    why=lambda: _("A rule that never matches was meant otherwise, and nobody notices that it does nothing."),
    remedy=lambda: _("Correct its query; or remove the rule."),
)


def check(settings: SettingsFacts) -> Iterator[Finding]:
    """Yield a finding for each rule whose query no ticket can meet."""
    for keys in settings.never:
        yield settings.finding(RULE.code, keys, _("No ticket can meet this query."), RULE.remedy())
