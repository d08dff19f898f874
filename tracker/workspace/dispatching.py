"""The desk's rules, asked about its tickets: what they are about, and who is given them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.assignment.catalogue import catalogue
from tracker.assignment.decide import decide, stand_in
from tracker.assignment.request import Request, Rule
from tracker.model.rules import AssignmentRule
from tracker.query.expression import terms_of
from tracker.query.row import row_of
from tracker.translation import _, language
from tracker.workspace.rule_queries import matcher, parsed, rule_vocabulary
from tracker.workspace.staffing import burden

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tracker.assignment.catalogue import Found
    from tracker.assignment.request import Decision, Staff
    from tracker.model.configuration import Configuration
    from tracker.model.entry import Entry
    from tracker.query.row import Row
    from tracker.workspace.desk import Workspace
    from tracker.workspace.staffing import Desk


class _Rules:
    """The rules of assignment of a desk, asked about one ticket after the other."""

    def __init__(self, desk: Desk) -> None:
        known = rule_vocabulary(desk.configuration)
        terms = desk.configuration.assignment.rules
        self._rules = [(rule, matcher(rule.when, known, desk.now)) for rule in terms]

    def about(self, row: Row) -> Iterator[Rule]:
        for number, (terms, applies) in enumerate(self._rules, 1):
            yield Rule(number, terms, applies(row))


def decisions(desk: Desk, rows: Iterable[Row]) -> list[Decision]:
    """Return who is given each of some tickets, one after the other; the desk's ledger then has them, too.

    Whoever has a ticket keeps it where nobody may be given it.
    """
    rules, staff = _Rules(desk), desk.staff
    with language(desk.configuration.language):
        return [_decided(desk, staff, rules, row) for row in rows]


def _decided(desk: Desk, staff: Staff, rules: _Rules, row: Row) -> Decision:
    """Return who is given a ticket, and let the ledger know."""
    ledger, weight, holder = desk.ledger, burden(desk.configuration, row), str(row.get("assignee") or "")
    ledger.put(holder, -weight)
    decision = decide(request_of(row, weight), rules.about(row), staff, ledger)
    if holder and decision.assignee is None:
        why = _("stays with {person}: {why}").format(person=holder, why=decision.why)
        decision = decision._replace(assignee=holder, team="", why=why)
    if decision.assignee and decision.assignee != holder:
        ledger.give(decision.assignee, weight)
    else:
        ledger.put(holder, weight)
    return decision


def stand_ins(desk: Desk, rows: Iterable[Row]) -> list[Decision | None]:
    """Return of each of some tickets who takes it over from somebody who is away; None where nobody does."""
    rules, staff = _Rules(desk), desk.staff
    with language(desk.configuration.language):
        return [_stood_in(desk, staff, rules, row) for row in rows]


def _stood_in(desk: Desk, staff: Staff, rules: _Rules, row: Row) -> Decision | None:
    """Return who takes a ticket over, and let the ledger know; None where nobody does."""
    weight, holder = burden(desk.configuration, row), str(row.get("assignee") or "")
    terms = next((rule.terms for rule in rules.about(row) if rule.applies), AssignmentRule())
    decision = stand_in(request_of(row, weight), terms, holder, staff, desk.ledger)
    if decision and decision.assignee:
        desk.ledger.put(holder, -weight)
        desk.ledger.give(decision.assignee, weight)
    return decision


def request_of(row: Row, weight: float) -> Request:
    """Return what an assignment has to know of a ticket."""
    work, location, team = (str(row.get(name) or "") for name in ("work", "location", "team"))
    return Request(str(row["id"]), work, location, team, weight)


def catalogued(desk: Desk, rows: Iterable[tuple[Row, Mapping[str, Any]]]) -> list[list[Found]]:
    """Return what can be said of each of some tickets that they do not say themselves.

    Args:
        desk: the desk.
        rows: the tickets, each with what it is given when it is accepted; nothing for an accepted one.
    """
    known = rule_vocabulary(desk.configuration)
    rules = [(rule, matcher(rule.when, known, desk.now)) for rule in desk.configuration.cataloguing.rules]
    with language(desk.configuration.language):
        return [
            catalogue(row, desk.configuration, rules, draft=bool(row["draft"]), later=later)
            for row, later in rows
        ]


def rows_for_rules(workspace: Workspace, entries: Sequence[Entry]) -> list[Row]:
    """Return tickets as rules see them: with what stands below their fields."""
    today = workspace.now().date()
    return [{**row_of(entry, workspace.configuration, today), "text": entry.body} for entry in entries]


def ask_for_text(configuration: Configuration) -> bool:
    """Whether a rule of assignment looks at what stands below the fields of tickets."""
    known = rule_vocabulary(configuration)
    queries = (parsed(rule.when, known) for rule in configuration.assignment.rules)
    return any(term.field == "text" for query in queries for term in terms_of(query.condition))
