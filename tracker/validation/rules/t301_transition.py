"""A ticket goes where the workflow lets it go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.finding import Finding
    from tracker.validation.facts import ChangeFacts

RULE = Rule(
    "T301",
    "transition",
    asks=lambda: _("A change of status is one that the workflow allows."),
    why=lambda: _("A step that is left out, such as the one in which somebody checks, is left out for good."),
    remedy=lambda: _(
        "Take the steps that the workflow has: “tracker move” names them. “to” in tracker.yml says which."
    ),
)


def check(change: ChangeFacts) -> Iterator[Finding]:
    """Yield a finding for each change of status that the workflow does not have, or that lacks a field.

    What a status requires to come there cannot be taken away while the ticket is there.
    """
    statuses = change.configuration.statuses
    for old, new in change.readable_pairs():
        was, now = old.ticket.status, new.ticket.status
        if was not in statuses or now not in statuses:
            continue
        allowed = statuses[was].to
        if was != now and allowed is not None and now not in allowed:
            message = _("The workflow has no way from {old} to {new}.").format(old=was, new=now)
            hint = _("From {old}: {statuses}.").format(old=was, statuses=", ".join(allowed) or _("nowhere"))
            yield change.finding(RULE.code, new, ("status",), message, hint)
        for name in statuses[now].requires:
            if not new.values.get(name) and (was != now or old.values.get(name)):
                message = _("A ticket that is {status} must have {field}.").format(status=now, field=name)
                yield change.finding(RULE.code, new, ("status",), message, _("Add the field."))
