"""Work on the spot is for someone at that location."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.finding import Finding
    from tracker.model.people import Person
    from tracker.validation.facts import DeskFacts

RULE = Rule(
    "T207",
    "onsite",
    asks=lambda: _("An open ticket with work on the spot is assigned to someone of its location."),
    why=lambda: _("Nobody changes a printer in Lyon from a chair in Austin."),
    remedy=lambda: _(
        "Assign it to someone there; correct “location” or “work”; say in tracker.yml where somebody is on a visit "
        "(“also_covers”), or excuse the ticket."
    ),
    excusable=True,
)


def check(desk: DeskFacts) -> Iterator[Finding]:
    """Yield a finding for each open onsite ticket whose assignee is not at its location today."""
    people = desk.configuration.people

    def places(person: Person) -> set[str]:
        return person.places(desk.configuration.today_of(person, desk.now))

    for entry in desk.entries:
        ticket = entry.ticket
        person = people.get(ticket.assignee) if ticket.work == "onsite" and ticket.assignee else None
        if person is None or not ticket.location or not desk.configuration.is_open(ticket.status):
            continue
        if (person.location or person.remote) and ticket.location not in places(person):
            message = _("{person} is at {location}, but the work is on the spot at {place}.")
            if person.remote:
                message = _("{person} works from afar, but the work is on the spot at {place}.")
            message = message.format(person=ticket.assignee, location=person.location, place=ticket.location)
            there = [handle for handle, other in people.items() if ticket.location in places(other)]
            hint = _("At {place}: {people}.").format(
                place=ticket.location, people=", ".join(there) or _("nobody")
            )
            yield desk.finding(RULE.code, entry, ("assignee",), message, hint)
