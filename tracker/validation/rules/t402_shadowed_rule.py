"""A rule of the desk is not hidden behind an earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.finding import Finding
    from tracker.validation.facts import SettingsFacts

RULE = Rule(
    "T402",
    "shadowed-rule",
    asks=lambda: _("Each of the desk’s rules is asked about some ticket: no earlier one takes all of them."),
    why=lambda: _("The first rule that is about a ticket counts, so one behind a broader one does nothing."),
    remedy=lambda: _("Put the rule that is about fewer tickets first."),
)


def check(settings: SettingsFacts) -> Iterator[Finding]:
    """Yield a finding for each rule whose tickets an earlier one takes."""
    for keys, earlier in settings.shadowed:
        path, position = settings.locate(earlier)
        message = _("Every ticket that meets this query is taken by an earlier rule, at {place}.")
        yield settings.finding(RULE.code, keys, message.format(place=f"{path}:{position}"), RULE.remedy())
