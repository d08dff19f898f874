"""An exception is granted by one of the desk's people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.translation import _
from tracker.validation.rule import Rule
from tracker.validation.rules.t114_exception import excused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.finding import Finding
    from tracker.validation.facts import ChangeFacts

RULE = Rule(
    "T308",
    "granted-exception",
    asks=lambda: _("A ticket is excused from a rule by one of the desk’s people."),
    why=lambda: _("A stranger could excuse a change from the very rule that it breaks."),
    remedy=lambda: _("Let one of the desk’s people add the exception, or put right what the rule asks for."),
)


def check(change: ChangeFacts) -> Iterator[Finding]:
    """Yield a finding for each exception that the ticket did not have, where a stranger adds it."""
    if change.actor.people or not change.configuration.people:
        return
    was = {entry.path: excused(entry.values) for entry in change.before}
    was |= {new.path: excused(old.values) for old, new in change.pairs()}
    for entry in change.after:
        granted = was.get(entry.path, frozenset())
        for code in sorted(excused(entry.values) - granted):
            keys = ("exceptions", _item(entry.values["exceptions"], code))
            message = _("Only one of the desk’s people excuses a ticket from {code}.").format(code=code)
            yield change.finding(RULE.code, entry, keys, message, RULE.remedy())


def _item(exceptions: list[str], code: str) -> int:
    return next(place for place, item in enumerate(exceptions) if str(item).partition(" ")[0] == code)
