"""A parent is not closed over open children."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.finding import Severity
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.finding import Finding
    from tracker.validation.facts import DeskFacts

RULE = Rule(
    "T205",
    "open-children",
    asks=lambda: _("A ticket whose children are open is open itself."),
    why=lambda: _("Whoever asked is told that all is done, while somebody still works on a part of it."),
    remedy=lambda: _(
        "Close the children, open the parent again, or take the child out: “tracker link --remove”."
    ),
    severity=Severity.WARNING,
    excusable=True,
)

_SHOWN = 5


def check(desk: DeskFacts) -> Iterator[Finding]:
    """Yield a finding at the status of each parent that may not have it while a child is open."""
    statuses = desk.configuration.statuses
    open_children: dict[str, list[str]] = {}
    for entry in desk.linking:
        for link in entry.ticket.links:
            parent = desk.by_id.get(link.target) if link.kind == "parent" else None
            if parent and desk.configuration.is_open(entry.ticket.status):
                open_children.setdefault(parent.path, []).append(entry.id)
    for entry in desk.entries if open_children else ():
        status = statuses.get(entry.ticket.status)
        children = open_children.get(entry.path) if status and not status.bears_open_children else None
        if children:
            shown = ", ".join(children[:_SHOWN]) + (", …" if len(children) > _SHOWN else "")
            message = _("This ticket is {status} while children of it are open: {children}.")
            message = message.format(status=entry.ticket.status, children=shown)
            yield desk.finding(RULE.code, entry, ("status",), message, RULE.remedy())
