"""The desk's rules, asked about its tickets: what they are about, and who is given them."""

from __future__ import annotations

from datetime import UTC
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from tracker.assignment.catalogue import catalogue
from tracker.assignment.decide import decide, stand_in
from tracker.assignment.ledger import Ledger
from tracker.assignment.request import Request, Rule, Staff
from tracker.assignment.workload import Load, is_paused, workload
from tracker.query.expression import terms_of
from tracker.query.row import row_of
from tracker.translation import language
from tracker.workspace.rows import desk_rows
from tracker.workspace.rule_queries import matcher, parsed, rule_vocabulary
from tracker.workspace.turns import turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from tracker.assignment.catalogue import Found
    from tracker.assignment.request import Decision
    from tracker.hours import Hours
    from tracker.model.configuration import Configuration
    from tracker.model.entry import Entry
    from tracker.model.people import Person
    from tracker.query.row import Row
    from tracker.workspace.desk import Workspace


class Desk(NamedTuple):
    """What decisions at a desk depend on beside the tickets in question.

    Attributes:
        configuration: the desk's.
        now: the moment; aware.
        ledger: what people have, and whose turn it is.
    """

    configuration: Configuration
    now: datetime
    ledger: Ledger


def open_desk(workspace: Workspace) -> Desk:
    """Return what decisions at a desk depend on, now.

    Raises:
        RepositoryError: a rule takes turns, and a part of the history is not in this clone.
    """
    configuration = workspace.configuration
    rules = configuration.assignment.rules
    given = turns(workspace) if any(rule.strategy in ("round_robin", "least_load") for rule in rules) else {}
    return Desk(configuration, workspace.now(), ledger_of(configuration, desk_rows(workspace).open, given))


def ledger_of(configuration: Configuration, rows: Iterable[Row], given: dict[str, float]) -> Ledger:
    """Return what people have: tickets that can be worked on, so none that waits for somebody else."""
    return Ledger.of(
        (
            (str(row["assignee"]), weight_of(configuration, row))
            for row in rows
            if _burdens(configuration, row)
        ),
        given,
    )


def weight_of(configuration: Configuration, row: Row) -> float:
    """Return how much a ticket weighs."""
    return configuration.assignment.weight(str(row.get("priority") or ""))


def _burdens(configuration: Configuration, row: Row) -> bool:
    return bool(row.get("assignee")) and bool(row["open"]) and not is_paused(configuration, row)


def decisions(desk: Desk, rows: Iterable[Row]) -> list[Decision]:
    """Return who is given each of some tickets, one after the other; the desk's ledger then has them, too."""
    configuration, known = desk.configuration, rule_vocabulary(desk.configuration)
    terms = configuration.assignment.rules
    asked = [matcher(rule.when, known, desk.now) for rule in terms]
    staff, found = staff_of(desk), []
    for row in rows:
        weight = weight_of(configuration, row)
        if _burdens(configuration, row):
            desk.ledger.take(row["assignee"], weight)
        rules = (
            Rule(place, rule, applies(row))
            for place, (rule, applies) in enumerate(zip(terms, asked, strict=True), 1)
        )
        with language(configuration.language):
            decision = decide(request_of(row, weight), rules, staff, desk.ledger)
        found.append(decision)
        if decision.assignee:
            desk.ledger.give(decision.assignee, weight)
    return found


def stand_ins(desk: Desk, rows: Iterable[Row]) -> list[Decision]:
    """Return who takes over tickets of those who are away; nobody where the desk does not want that."""
    if desk.configuration.assignment.absences == "keep":
        return []
    staff, found = staff_of(desk), []
    for row in rows:
        weight = weight_of(desk.configuration, row)
        with language(desk.configuration.language):
            decision = stand_in(request_of(row, weight), str(row.get("assignee") or ""), staff, desk.ledger)
        if decision and decision.assignee:
            found.append(decision)
            desk.ledger.take(row["assignee"], weight)
            desk.ledger.give(decision.assignee, weight)
    return found


def request_of(row: Row, weight: float) -> Request:
    """Return what an assignment has to know of a ticket."""
    work, location, team = (str(row.get(name) or "") for name in ("work", "location", "team"))
    return Request(str(row["id"]), work, location, team, weight)


def staff_of(desk: Desk) -> Staff:
    """Return the people of a desk at its moment; of a day, that where each of them is, counts."""
    configuration, now = desk.configuration, desk.now

    def today(person: Person) -> date:
        place = configuration.locations.get(person.location or "")
        return now.astimezone(
            _zone(place.time_zone) if place and place.time_zone else configuration.zone
        ).date()

    def at_work(person: Person) -> bool:
        hours: Hours | None = configuration.hours_of(person)
        return hours is None or hours.is_worked(now.astimezone(UTC))

    assignment = configuration.assignment
    return Staff(
        configuration.people,
        configuration.teams,
        assignment.dispatcher,
        assignment.absences == "reassign",
        today,
        at_work,
    )


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def workload_of(workspace: Workspace, by: str) -> list[Load]:
    """Return who has what at a desk, by person, team or location."""
    configuration = workspace.configuration
    staff = staff_of(Desk(configuration, workspace.now(), Ledger()))
    return workload(configuration, desk_rows(workspace).open, by, staff.today)


def catalogued(desk: Desk, rows: Iterable[Row]) -> list[list[Found]]:
    """Return what can be said of each of some tickets that they do not say themselves."""
    known = rule_vocabulary(desk.configuration)
    rules = [(rule, matcher(rule.when, known, desk.now)) for rule in desk.configuration.cataloguing.rules]
    with language(desk.configuration.language):
        return [catalogue(row, desk.configuration, rules, draft=bool(row["draft"])) for row in rows]


def rows_for_rules(workspace: Workspace, entries: Sequence[Entry]) -> list[Row]:
    """Return tickets as rules see them: with what stands below their fields."""
    today = workspace.now().date()
    return [{**row_of(entry, workspace.configuration, today), "text": entry.body} for entry in entries]


def ask_for_text(configuration: Configuration) -> bool:
    """Whether a rule of assignment looks at what stands below the fields of tickets."""
    known = rule_vocabulary(configuration)
    queries = (parsed(rule.when, known) for rule in configuration.assignment.rules)
    return any(term.field == "text" for query in queries for term in terms_of(query.condition))
