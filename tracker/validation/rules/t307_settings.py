"""Configuration and templates are changed by those who may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.finding import Finding
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.validation.facts import ChangeFacts

RULE = Rule(
    "T307",
    "settings",
    asks=lambda: _("tracker.yml and the templates are changed by those who may."),
    why=lambda: _("Whoever changes the rules changes what every later change is checked against."),
    remedy=lambda: _(
        "Let one of them propose it. “changes: {settings: […]}” in tracker.yml says who may; left out, the "
        "desk’s people do."
    ),
)


_SHOWN = 8


def check(change: ChangeFacts) -> Iterator[Finding]:
    """Yield a finding for each file of the configuration that somebody else changes."""
    configuration = change.configuration
    allowed = configuration.changes.settings
    may = set(configuration.people if allowed is None else allowed)
    if not may or change.actor.people & may:
        return
    for path in change.settings:
        message = _("{file} is changed by {people} only.")
        shown = ", ".join(sorted(may)[:_SHOWN]) + (", …" if len(may) > _SHOWN else "")
        text = message.format(file=path, people=shown)
        yield Finding(path, RULE.code, text, hint=RULE.remedy())
