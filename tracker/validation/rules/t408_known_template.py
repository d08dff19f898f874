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
    asks=lambda: _("The template of a recurring ticket, and of what comes by mail, is there."),
    why=lambda: _("Without it, a recurring ticket is never made, and one by mail starts from nothing."),
    remedy=lambda: _("Correct its name; or put the template into templates/tickets/."),
)


def check(settings: SettingsFacts) -> Iterator[Finding]:
    """Yield a finding for each template that is named and not there."""
    configuration = settings.configuration
    named: dict[tuple[str, ...], str | None] = {
        ("recurring", name, "template"): one.template for name, one in configuration.recurring.items()
    }
    for address, destination in configuration.mail.addresses.items():
        named["mail", "addresses", address, "template"] = destination.template
    for keys, template in named.items():
        if template and template not in settings.templates:
            message = _("There is no ticket template “{name}”.").format(name=template)
            yield settings.finding(RULE.code, keys, message, allowed_values(settings.templates, template))
