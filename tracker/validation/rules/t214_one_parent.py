"""A ticket has one parent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.finding import Finding
    from tracker.validation.facts import DeskFacts

RULE = Rule(
    "T214",
    "one-parent",
    asks=lambda: _("A ticket has one parent."),
    why=lambda: _("Progress, and who answers for it, would be counted twice."),
    remedy=lambda: _("Keep one “parent” link; make the others “relates”."),
    excusable=True,
)


def check(desk: DeskFacts) -> Iterator[Finding]:
    """Yield a finding at each parent link after a ticket's first."""
    for entry in desk.linking:
        parents = [place for place, link in enumerate(entry.ticket.links) if link.kind == "parent"]
        for position in parents[1:]:
            message = _("This is a second parent, “{link}”.").format(link=entry.ticket.links[position])
            yield desk.finding(RULE.code, entry, ("links", position), message, RULE.remedy())
