"""Who may be given a ticket, and why others may not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.model.people import handles
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.assignment.ledger import Ledger
    from tracker.assignment.request import Request, Staff
    from tracker.model.people import Absence
    from tracker.model.rules import AssignmentRule


class Candidate(NamedTuple):
    """Somebody for whom a rule asks.

    Attributes:
        handle: who it is.
        stands_in_for: who is away and has them as delegate; empty for nobody.
        obstacle: why they may not be given the ticket; empty where they may.
        otherwise: whether nothing but their absence, their hours or their load keeps them from it.
    """

    handle: str
    stands_in_for: str = ""
    obstacle: str = ""
    otherwise: bool = False


def candidates(
    request: Request, rule: AssignmentRule, names: Sequence[str], staff: Staff, ledger: Ledger
) -> list[Candidate]:
    """Return everybody that a rule asks for, each once, in its order, with what speaks against them."""
    found: dict[str, Candidate] = {}
    for handle in handles(names, dict(staff.teams)):
        for one in with_delegates(handle, staff):
            if one.handle in found:
                continue
            lacking = next(_lacking(request, rule, one.handle, staff), "")
            passing = "" if lacking else next(_passing(rule, one.handle, staff, ledger), "")
            found[one.handle] = one._replace(obstacle=lacking or passing, otherwise=bool(passing))
    return list(found.values())


def with_delegates(handle: str, staff: Staff) -> Iterator[Candidate]:
    """Yield a person and, where desired, those who stand in while they are away, one for the other."""
    yield Candidate(handle)
    seen, away = {handle}, absence_of(handle, staff)
    while staff.stand_in and away and away.delegate and away.delegate not in seen:
        seen.add(away.delegate)
        yield Candidate(away.delegate, handle)
        away = absence_of(away.delegate, staff)


def absence_of(handle: str, staff: Staff) -> Absence | None:
    """Return the absence of a person at present; None where they are there."""
    person = staff.people[handle]
    return person.absence(staff.today(person))


def _lacking(request: Request, rule: AssignmentRule, handle: str, staff: Staff) -> Iterator[str]:
    """Yield what a person would need to be given a ticket and does not have."""
    person = staff.people[handle]
    if not person.is_active(staff.today(person)):
        yield _("{person} does not work here at present").format(person=handle)
    if request.work == "onsite" or rule.same_location:
        places = person.places(staff.today(person)) if request.work == "onsite" else {person.location}
        if request.location not in places:
            yield _("{person} is not at {location}").format(person=handle, location=request.location)
    missing = [skill for skill in rule.skills if skill not in person.skills]
    if missing:
        yield _("{person} lacks {skills}").format(person=handle, skills=", ".join(missing))


def away_words(handle: str, staff: Staff) -> str:
    """Return that a person is away, and until when; empty where they are not."""
    away = absence_of(handle, staff)
    if away and away.until:
        return _("{person} is away until {day}").format(person=handle, day=away.until)
    return _("{person} is away").format(person=handle) if away else ""


def _passing(rule: AssignmentRule, handle: str, staff: Staff, ledger: Ledger) -> Iterator[str]:
    """Yield what keeps a person from a ticket today, and may not tomorrow."""
    person = staff.people[handle]
    if away := away_words(handle, staff):
        yield away
    if rule.at_work and not staff.at_work(handle):
        yield _("{person} does not work at this hour").format(person=handle)
    if person.capacity is not None and ledger.loads[handle] >= person.capacity:
        yield _("{person} has {load:g} of {capacity:g}").format(
            person=handle, load=ledger.loads[handle], capacity=person.capacity
        )
