"""Numbers are given on the default branch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.identifier import number_of
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.finding import Finding
    from tracker.validation.facts import ChangeFacts

RULE = Rule(
    "T305",
    "given-number",
    asks=lambda: _("A new ticket is proposed as a draft, without a number."),
    why=lambda: _("Two proposals that choose the next number choose the same one."),
    remedy=lambda: _(
        "Put the file into tickets/drafts/ without “id”. It gets the next number when it lands: “tracker accept”."
    ),
)


def check(change: ChangeFacts) -> Iterator[Finding]:
    """Yield a finding for each new ticket that brings a number along."""
    given = {entry.id for entry in change.before if not entry.draft}
    by_number = change.configuration.ids.scheme == "number"
    for entry in change.after:
        chosen = by_number or number_of(entry.ticket.id) is not None
        if chosen and entry.ticket.id and not entry.draft and entry.id not in given:
            message = _("{id} is a number that nobody has given yet.").format(id=entry.id)
            yield change.finding(RULE.code, entry, ("id",), message, RULE.remedy())
