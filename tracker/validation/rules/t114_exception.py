"""An exception names a rule from which a ticket may be excused, and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.translation import _
from tracker.validation.rule import Rule
from tracker.validation.rules.t108_text_limits import MOST_ITEMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracker.finding import Finding
    from tracker.validation.facts import TicketFacts

RULE = Rule(
    "T114",
    "exception",
    asks=lambda: _("An exception names a rule that allows exceptions, and says why."),
    why=lambda: _("Whoever reads the ticket in a year must know why a rule does not hold for it."),
    remedy=lambda: _(
        "Write the rule’s code and the reason, such as “T207 Omar is in Austin this week”. "
        "“tracker rules T207” says whether a rule allows exceptions."
    ),
)


def excused(values: Mapping[str, Any]) -> frozenset[str]:
    """Return the codes of the rules that a ticket is excused from: those with a reason."""
    items = values.get("exceptions")
    if not isinstance(items, list):
        return frozenset()
    parts = (item.partition(" ") for item in items if isinstance(item, str))
    return frozenset(code for code, _space, reason in parts if reason.strip())


def check(facts: TicketFacts) -> Iterator[Finding]:
    """Yield a finding for each exception that names no such rule, or gives no reason."""
    items = facts.values.get("exceptions")
    if not isinstance(items, list):
        return
    from tracker.validation.catalogue import excusable_codes  # every rule: only where somebody is excused

    for position, item in enumerate(items[:MOST_ITEMS]):
        code, _space, reason = str(item).partition(" ")
        if code not in excusable_codes():
            message = _("“{code}” is no rule that allows exceptions.").format(code=code)
            yield facts.finding(RULE.code, ("exceptions", position), message, RULE.remedy())
        elif not reason.strip():
            message = _("This exception from {code} gives no reason.").format(code=code)
            yield facts.finding(RULE.code, ("exceptions", position), message, RULE.remedy())
