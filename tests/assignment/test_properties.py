"""Whatever the people, the rules and the tickets: who may not is never chosen, and the same is decided twice."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tracker.assignment.decide import decide
from tracker.assignment.ledger import Ledger
from tracker.assignment.request import Decision, Request, Rule, Staff
from tracker.model.people import Absence, Active, Cover, Person, Team
from tracker.model.rules import AssignmentRule

TODAY = date(2026, 11, 24)
HANDLES = ("ann", "ben", "cyd", "dee", "eve")
PLACES = ("lyon", "austin")
SKILLS = ("hardware", "network")

days = st.one_of(st.none(), st.integers(-3, 3).map(lambda number: TODAY + timedelta(days=number)))
spans = st.tuples(days, days).map(
    lambda ends: (ends[0], ends[1]) if not (all(ends) and ends[0] > ends[1]) else ends[::-1]
)


def _absence(span: tuple[date | None, date | None], delegate: str | None) -> Absence:
    return Absence.model_construct(since=span[0], until=span[1], delegate=delegate)


people = st.fixed_dictionaries(
    {
        handle: st.builds(
            Person.model_construct,
            name=st.just(handle),
            location=st.sampled_from((None, *PLACES)),
            remote=st.booleans(),
            skills=st.lists(st.sampled_from(SKILLS), unique=True),
            capacity=st.one_of(st.none(), st.integers(0, 4).map(float)),
            absences=st.lists(st.builds(_absence, spans, st.sampled_from((None, *HANDLES))), max_size=2),
            active=st.one_of(
                st.none(), spans.map(lambda span: Active.model_construct(since=span[0], until=span[1]))
            ),
            also_covers=st.lists(
                st.builds(
                    lambda place, span: Cover.model_construct(location=place, since=span[0], until=span[1]),
                    st.sampled_from(PLACES),
                    spans,
                ),
                max_size=2,
            ),
        )
        for handle in HANDLES
    }
)
teams = st.fixed_dictionaries(
    {
        "team": st.builds(
            Team.model_construct,
            members=st.lists(st.sampled_from(HANDLES), unique=True),
            lead=st.sampled_from((None, *HANDLES)),
        )
    }
)
rules = st.lists(
    st.builds(
        AssignmentRule.model_construct,
        to=st.lists(st.sampled_from((*HANDLES, "team")), unique=True),
        queue=st.just(None),
        strategy=st.sampled_from(("least_load", "round_robin", "first", "lead")),
        same_location=st.booleans(),
        skills=st.lists(st.sampled_from(SKILLS), unique=True),
        at_work=st.booleans(),
        if_nobody=st.sampled_from(("leave", "next")),
    ),
    min_size=1,
    max_size=3,
)
requests = st.lists(
    st.builds(
        Request,
        id=st.just("HD-1"),
        work=st.sampled_from(("", "onsite", "remote", "triage")),
        location=st.sampled_from(("", *PLACES)),
        team=st.sampled_from(("", "team", "gone")),
        weight=st.sampled_from((1.0, 2.0)),
    ),
    min_size=1,
    max_size=8,
)


def staff(known: dict[str, Person], known_teams: dict[str, Team], *, stand_in: bool, off: set[str]) -> Staff:
    return Staff(
        known, known_teams, ["team"], False, stand_in, lambda _person: TODAY, lambda handle: handle not in off
    )


@given(people, teams, rules, requests, st.booleans(), st.sets(st.sampled_from(HANDLES)))
def test_who_may_not_is_never_chosen(
    known: dict[str, Person],
    known_teams: dict[str, Team],
    terms: list[AssignmentRule],
    asked: list[Request],
    stand_in: bool,
    off: set[str],
) -> None:
    people_now = staff(known, known_teams, stand_in=stand_in, off=off)
    asked_rules = [Rule(number, rule, applies=True) for number, rule in enumerate(terms, 1)]

    def run() -> list[tuple[Decision, float]]:
        ledger, found = Ledger(), []
        for request in asked:
            decision = decide(request, asked_rules, people_now, ledger)
            found.append((decision, ledger.loads[decision.assignee or ""]))
            if decision.assignee:
                ledger.give(decision.assignee, request.weight)
        return found

    decided = run()
    assert decided == run()
    for request, (decision, load) in zip(asked, decided, strict=True):
        assert decision.why
        _check(request, decision, load, terms, known, off)


def _check(
    request: Request,
    decision: Decision,
    load: float,
    terms: list[AssignmentRule],
    known: dict[str, Person],
    off: set[str],
) -> None:
    if decision.assignee is None:
        return
    person = known[decision.assignee]
    assert person.active is None or person.active.includes(TODAY)
    assert not any(absence.includes(TODAY) for absence in person.absences)
    if not decision.rule:
        return  # for the dispatcher, who catalogues from anywhere
    rule: Any = terms[int(decision.rule) - 1]
    here = {cover.location for cover in person.also_covers if cover.includes(TODAY)}
    here |= {person.location} if person.location and not person.remote else set()
    assert request.work != "onsite" or request.location in here
    assert set(rule.skills) <= set(person.skills)
    assert person.capacity is None or load < person.capacity
    assert not (rule.at_work and decision.assignee in off)


@given(people, teams, st.integers(2, 12))
def test_turns_are_even(known: dict[str, Person], known_teams: dict[str, Team], number: int) -> None:
    free = {
        handle: person.model_copy(update={"absences": [], "active": None, "capacity": None})
        for handle, person in known.items()
    }
    rule = [Rule(1, AssignmentRule(to=[*HANDLES], strategy="round_robin"), applies=True)]
    ledger, given_to = Ledger(), []
    for _turn in range(number):
        decision = decide(Request("HD-1"), rule, staff(free, known_teams, stand_in=False, off=set()), ledger)
        assert decision.assignee
        given_to.append(decision.assignee)
        ledger.give(decision.assignee, 1)
    counts = [given_to.count(handle) for handle in HANDLES]
    assert max(counts) - min(counts) <= 1
    assert given_to[: len(HANDLES)] == sorted(given_to[: len(HANDLES)])
