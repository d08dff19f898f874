"""Some fields of an accepted ticket never change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.finding import Finding
    from tracker.validation.facts import ChangeFacts

RULE = Rule(
    "T302",
    "fixed-field",
    asks=lambda: _(
        "Id, moment of creation and requester of a ticket stay; aliases are added, never removed."
    ),
    why=lambda: _(
        "Links, mails and reports of years lead to the id; who asked and when is what the desk has to answer for."
    ),
    remedy=lambda: _("Put the old value back. A ticket gets another id by “tracker renumber” only."),
)

FIXED = ("id", "created", "requester")


def check(change: ChangeFacts) -> Iterator[Finding]:
    """Yield a finding for each fixed field with another value, and for each alias that is gone."""
    for old, new in change.readable_pairs():
        for name in FIXED:
            was = old.values.get(name)
            if was is None or new.values.get(name) == was or (name == "id" and old.id in new.ticket.aliases):
                continue
            message = _("{field} may not change; it was {value}.").format(field=name, value=_shown(was))
            yield change.finding(RULE.code, new, (name,), message, _("Put the old value back."))
        for alias in old.ticket.aliases:
            if alias not in new.ticket.aliases and alias != new.id:
                message = _("The alias {alias} is gone: what refers to it leads nowhere.").format(alias=alias)
                yield change.finding(RULE.code, new, ("aliases",), message, _("Put it back."))


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {part}" for key, part in value.items())
    return str(value)
