"""A ticket's file lies where its id and its month say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.finding import Finding
from tracker.model.place import draft_place, is_draft, is_ticket_place, ticket_place
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.validation.facts import TicketFacts

RULE = Rule(
    "T009",
    "place",
    asks=lambda: _("A ticket lies where its id and its month say."),
    why=lambda: _(
        "People and programs find a ticket by its place; one folder a month keeps Git fast for years."
    ),
    remedy=lambda: _(
        "Move the file there, or correct its id or “created”. A copy needs an id of its own: "
        "leave “id” out and put it into tickets/drafts/."
    ),
    fixable=True,
)


def check(facts: TicketFacts) -> Iterator[Finding]:
    """Yield a finding where the file lies elsewhere."""
    path, ticket = facts.path, facts.ticket
    if is_draft(path):
        place = draft_place_of(path)
        if place != path:
            message = _("A draft belongs at {place}.").format(place=place)
            yield Finding(path, RULE.code, message, hint=_("Move the file there."))
        return
    if "id" not in facts.values:
        if not is_ticket_place(path):
            place = draft_place_of(path)
            message = _("A ticket without an id is a draft: it belongs at {place}.").format(place=place)
            yield Finding(path, RULE.code, message, hint=_("Move the file there."))
        return
    if ticket.id and ticket.created is not None:
        place = ticket_place(ticket.id, facts.values["created"])
        if place != path:
            message = _("This ticket belongs at {place}.").format(place=place)
            hint = _("Move the file there, or correct its id or “created”. A copy needs an id of its own.")
            yield facts.finding(RULE.code, ("id",), message, hint)


def draft_place_of(path: str) -> str:
    """Return where a draft belongs that lies at `path`."""
    return draft_place(path.rpartition("/")[2].removesuffix(".md"))
