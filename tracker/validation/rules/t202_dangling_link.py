"""A link leads to a ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.problem import nearest
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.finding import Finding
    from tracker.model.values import Link
    from tracker.validation.facts import DeskFacts

RULE = Rule(
    "T202",
    "dangling-link",
    asks=lambda: _("A link leads to a ticket."),
    why=lambda: _("Whoever follows the link finds nothing, and a ticket that waits for it waits for good."),
    remedy=lambda: _(
        "Correct the id, or remove the link. Ids of drafts and old numbers stay valid as aliases."
    ),
    excusable=True,
)

GUESSES = 10
"""Looking for the nearest of all ids takes its time: whoever breaks more links at once knows what they did."""


def check(desk: DeskFacts) -> Iterator[Finding]:
    """Yield a finding for each link to an id that no ticket has."""
    told = 0
    for entry in desk.linking:
        for position, link in enumerate(entry.ticket.links):
            if link.target not in desk.owners and not desk.configuration.desk_of(link.target):
                names = desk.owners if told < GUESSES else ()
                yield desk.finding(RULE.code, entry, ("links", position), *dangling(link, names))
                told += 1


def dangling(link: Link, names: Iterable[str]) -> tuple[str, str]:
    """Return what is wrong with a link that leads nowhere, and the nearest id or alias."""
    guess = nearest(link.target, names)
    hint = _("Did you mean {guess}?").format(guess=guess) if guess else ""
    return _("The link “{link}” leads to no ticket.").format(link=link), hint
