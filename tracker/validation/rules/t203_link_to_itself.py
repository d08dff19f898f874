"""A ticket does not link to itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.finding import Finding
    from tracker.model.values import Link
    from tracker.validation.facts import DeskFacts

RULE = Rule(
    "T203",
    "link-to-itself",
    asks=lambda: _("A ticket does not link to itself."),
    why=lambda: _("A ticket that blocks itself could never be done."),
    remedy=lambda: _("Remove the link, or correct its id."),
)


def check(desk: DeskFacts) -> Iterator[Finding]:
    """Yield a finding for each link that leads back to its own ticket."""
    for entry in desk.linking:
        for position, link in enumerate(entry.ticket.links):
            if any(owner is entry for owner, _keys in desk.owners.get(link.target, ())):
                yield desk.finding(RULE.code, entry, ("links", position), *leading_back(link))


def leading_back(link: Link) -> tuple[str, str]:
    """Return what is wrong with a link of a ticket to itself."""
    return _("The link “{link}” leads back to this ticket.").format(link=link), _("Remove it.")
