"""An accepted ticket stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.finding import Finding
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.validation.facts import ChangeFacts

RULE = Rule(
    "T304",
    "ticket-stays",
    asks=lambda: _("An accepted ticket is not deleted."),
    why=lambda: _("Somebody asked, and was given a number: links and mails that name it would lead nowhere."),
    remedy=lambda: _(
        "Put the file back and close the ticket: “tracker move”, or “tracker merge” for a duplicate."
    ),
)


def check(change: ChangeFacts) -> Iterator[Finding]:
    """Yield a finding for each accepted ticket that is not there after the change."""
    kept = {old.path for old, new in change.pairs() if not new.draft}
    for entry in change.before:
        if not entry.draft and entry.path not in kept:
            message = _("{id} was deleted.").format(id=entry.id)
            yield Finding(entry.path, RULE.code, message, hint=RULE.remedy())
