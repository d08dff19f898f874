"""Who is given a ticket: who may, then who should, then why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assignment.eligible import Candidate, absence_of, away_words, candidates, with_delegates
from tracker.assignment.reason import reason_of, sentence
from tracker.assignment.request import Decision
from tracker.model.people import handles
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.assignment.ledger import Ledger
    from tracker.assignment.request import Request, Rule, Staff
    from tracker.model.rules import AssignmentRule


def decide(request: Request, rules: Iterable[Rule], staff: Staff, ledger: Ledger) -> Decision:
    """Return who is given a ticket. The ledger is not changed.

    Args:
        request: the ticket.
        rules: the desk's rules, in their order; the first that is about the ticket counts.
        staff: the desk's people at the moment.
        ledger: what they have; not this ticket.
    """
    if request.work == "triage":
        return _to_dispatcher(request, staff, _("where the work must happen is not known yet"))
    if request.work == "onsite" and not request.location:
        return _to_dispatcher(request, staff, _("the work is on the spot, and nobody says where"))
    refused: list[str] = []
    for rule in rules:
        if not rule.applies:
            continue
        decision = _by_rule(request, rule, staff, ledger)
        if decision.assignee or decision.team or rule.terms.if_nobody == "leave":
            return decision._replace(why=sentence([*refused, decision.why], "; "))
        refused.append(decision.why)
    none = sentence(refused, "; ") or _("no rule is about it")
    return _to_dispatcher(request, staff, none)


def stand_in(
    request: Request, terms: AssignmentRule, handle: str, staff: Staff, ledger: Ledger
) -> Decision | None:
    """Return who takes over a ticket of somebody who is away; None where they are there, or nobody may.

    Args:
        request: the ticket.
        terms: of the rule that is about it.
        handle: who has it.
        staff: the desk's people at the moment.
        ledger: what they have.
    """
    if handle not in staff.people or absence_of(handle, staff) is None:
        return None
    asked = candidates(request, terms, [handle], staff, ledger)
    chosen = next((one for one in asked if not one.obstacle), None)
    if chosen is None:
        return None
    why = _("stands in for {person}").format(person=handle)
    return Decision(request.id, chosen.handle, "", "", sentence([why, away_words(handle, staff)], "; "))


def _by_rule(request: Request, rule: Rule, staff: Staff, ledger: Ledger) -> Decision:
    terms = rule.terms
    if terms.queue:
        why = _("waits for someone of {team} to take it").format(team=terms.queue)
        return Decision(request.id, None, terms.queue, rule.name, rule.signed(why))
    names = terms.to or ([request.team] if request.team in staff.teams else [*staff.people])
    team = names[0] if len(names) == 1 and names[0] in staff.teams and names[0] != request.team else ""
    if terms.strategy == "lead":
        names = [lead for name in names if name in staff.teams and (lead := staff.teams[name].lead)]
    asked = candidates(request, terms, names, staff, ledger)
    eligible = [one for one in asked if not one.obstacle]
    if not eligible:
        empty = _("no team has a lead") if terms.strategy == "lead" else _("the rule names nobody")
        obstacles = ", ".join(one.obstacle for one in asked) or empty
        why = _("nobody may: {obstacles}").format(obstacles=obstacles)
        return Decision(request.id, None, "", rule.name, rule.signed(why))
    ranked = _ranked(eligible, terms.strategy, ledger)
    why = reason_of(request, terms, ranked, asked, staff, ledger)
    return Decision(request.id, ranked[0].handle, team, rule.name, rule.signed(why))


def _ranked(eligible: Sequence[Candidate], strategy: str, ledger: Ledger) -> list[Candidate]:
    """Return those who may be given a ticket, whoever should be first; no two ever tie."""
    if strategy == "first":
        return list(eligible)

    def key(one: Candidate) -> tuple[float, float, str]:
        load = 0 if strategy == "round_robin" else ledger.loads[one.handle]
        return load, ledger.last(one.handle), one.handle

    return sorted(eligible, key=key)


def _to_dispatcher(request: Request, staff: Staff, why: str) -> Decision:
    """Return that whoever catalogues is given a ticket: the first dispatcher who is there, or stands in."""
    asked = handles(staff.dispatcher, dict(staff.teams))
    for one in (each for handle in asked for each in with_delegates(handle, staff)):
        person = staff.people[one.handle]
        if person.is_active(staff.today(person)) and not absence_of(one.handle, staff):
            return Decision(request.id, one.handle, "", "", _("for the dispatcher: {why}").format(why=why))
    nobody = _("no dispatcher is there") if asked else _("the desk has no dispatcher")
    return Decision(request.id, None, "", "", f"{why}; {nobody}")
