"""A draft has no number yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.identifier import number_of
from tracker.model.place import is_draft
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.finding import Finding
    from tracker.validation.facts import TicketFacts

RULE = Rule(
    "T116",
    "draft-number",
    asks=lambda: _("A draft has no number: “tracker accept” gives it the next one."),
    why=lambda: _("Two people who choose a number by hand choose the same one."),
    remedy=lambda: _("Remove the line “id”; “tracker validate --fix” does it."),
    fixable=True,
)


def check(facts: TicketFacts) -> Iterator[Finding]:
    """Yield a finding where a draft has the id of an accepted ticket."""
    if is_draft(facts.path) and number_of(facts.ticket.id) is not None:
        message = _("A draft cannot choose its number: {id}.").format(id=facts.ticket.id)
        yield facts.finding(RULE.code, ("id",), message, RULE.remedy())
