"""Why somebody is given a ticket, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assignment.eligible import absence_of
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tracker.assignment.eligible import Candidate
    from tracker.assignment.ledger import Ledger
    from tracker.assignment.request import Request, Staff
    from tracker.model.rules import AssignmentRule

_MOST_NAMED = 3
"""So many of those who may not are named; more are counted."""


def sentence(parts: Iterable[str], between: str = ", ") -> str:
    """Return those of some parts that say something, one after the other."""
    return between.join(part for part in parts if part)


def reason_of(  # all that a decision depends on
    request: Request,
    rule: AssignmentRule,
    ranked: Sequence[Candidate],
    asked: Sequence[Candidate],
    staff: Staff,
    ledger: Ledger,
) -> str:
    """Return why the first of those who may be given a ticket is, and what kept others from it."""
    chosen = ranked[0]
    why = [
        *_fitness(request, rule, chosen, staff),
        _load(chosen, staff, ledger),
        _choice(rule, ranked, ledger),
    ]
    others = [one for one in asked if one.handle != chosen.stands_in_for]
    return sentence([sentence(why), *_others(others)], "; ")


def _fitness(request: Request, rule: AssignmentRule, chosen: Candidate, staff: Staff) -> Iterator[str]:
    """Yield what makes somebody fit for a ticket."""
    person = staff.people[chosen.handle]
    if request.work == "onsite":
        visits = person.location != request.location or person.remote
        said = _("on a visit to {location}") if visits else _("on the spot in {location}")
        yield said.format(location=request.location)
    elif rule.same_location:
        yield _("at {location}").format(location=request.location)
    elif request.work == "remote":
        yield _("can be done from anywhere")
    if rule.skills:
        yield _("has {skills}").format(skills=", ".join(rule.skills))
    away = absence_of(chosen.stands_in_for, staff) if chosen.stands_in_for else None
    if away and away.until:
        said = _("stands in for {person}, who is away until {day}")
        yield said.format(person=chosen.stands_in_for, day=away.until)
    elif away:
        yield _("stands in for {person}, who is away").format(person=chosen.stands_in_for)


def _load(chosen: Candidate, staff: Staff, ledger: Ledger) -> str:
    load, capacity = ledger.loads[chosen.handle], staff.people[chosen.handle].capacity
    if capacity is None:
        said = _("a load of {load:g}") if staff.weighed else _("{load:g} open")
    else:
        said = (
            _("a load of {load:g} of {capacity:g}") if staff.weighed else _("{load:g} open of {capacity:g}")
        )
    return said.format(load=load, capacity=capacity)


def _choice(rule: AssignmentRule, ranked: Sequence[Candidate], ledger: Ledger) -> str:
    """Return why the first of several is chosen."""
    chosen = ranked[0]
    if rule.strategy == "lead" and not chosen.stands_in_for:
        return _("leads the team")
    if len(ranked) == 1:
        return _("the only one who may")
    second = ranked[1].handle
    if rule.strategy == "first":
        said = _("the first of {number} who may")
    elif rule.strategy != "round_robin" and ledger.loads[chosen.handle] < ledger.loads[second]:
        said = _("the least of {number} who may")
    elif ledger.last(chosen.handle) < ledger.last(second):
        said = _("longest without a new ticket of {number} who may")
    else:
        said = _("the first by name of {number} who may")
    return said.format(number=len(ranked))


def _others(asked: Sequence[Candidate]) -> Iterator[str]:
    """Yield what kept those from a ticket who would otherwise have been asked."""
    kept = [one.obstacle for one in asked if one.obstacle and one.otherwise]
    yield from kept[:_MOST_NAMED]
    if len(kept) > _MOST_NAMED:
        more = len(kept) - _MOST_NAMED
        yield ngettext("{number} more is not free", "{number} more are not free", more).format(number=more)
