"""The template of a recurring ticket is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.problem import allowed_values
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.finding import Finding
    from tracker.validation.facts import SettingsFacts

RULE = Rule(
    "T408",
    "known-template",
    asks=lambda: _("The template of a recurring ticket is there."),
    why=lambda: _("A ticket whose template is not there is never made."),
    remedy=lambda: _("Correct its name; or put the template into templates/tickets/."),
)


def check(settings: SettingsFacts) -> Iterator[Finding]:
    """Yield a finding for each recurring ticket whose template is not there."""
    for name, recurring in settings.configuration.recurring.items():
        if recurring.template and recurring.template not in settings.templates:
            message = _("There is no ticket template “{name}”.").format(name=recurring.template)
            hint = allowed_values(settings.templates, recurring.template)
            yield settings.finding(RULE.code, ("recurring", name, "template"), message, hint)
