"""Playing a scenario of cataloguing and assignment: tickets that come, and what must become of each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import RefusedValueError
from tracker.model.identifier import numbered
from tracker.model.problem import Problem, ProblemKind, unknown_value
from tracker.query.row import row_of_values
from tracker.translation import _
from tracker.workspace.dispatching import catalogued, decisions
from tracker.workspace.scenario import (
    configured,
    mapping_at,
    mappings_at,
    moment_at,
    overlaid,
    people_at,
    ticket_problems,
    unknown_keys,
)
from tracker.workspace.staffing import Desk, ledger_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.assignment.request import Decision
    from tracker.model.configuration import Configuration
    from tracker.query.row import Row
    from tracker.workspace.scenario import Keys, Values

_KNOWN = ("scenario", "now", "settings", "given", "turns", "tickets", "expect")
_TEXT, _COUNT = "text", "count"
_BECAUSE, _NOBODY = "because", "nobody"
"""What an expectation says beside fields: a part of the reason; and of an assignee that there is none."""
_FEW = re.compile(r"[0-9]{1,4}")
_MORNING = "2026-11-24T09:00"


def rehearse_dispatching(settings: Values, scenario: Values) -> list[Problem]:
    """Return what is otherwise than a scenario expects, or what is wrong with it; nothing where all is well.

    Args:
        settings: of the desk, as they are written; what a scenario says is laid over them.
        scenario: as it is written in a file.

    Raises:
        RefusedValueError: the scenario, or the settings that it makes, cannot be understood.
    """
    configuration = configured(overlaid(settings, mapping_at(scenario, "settings")))
    problems = [*unknown_keys((), scenario, _KNOWN), *_slips(configuration, scenario)]
    if problems:
        return problems
    desk = _desk(configuration, scenario)
    outcomes = [_outcome(desk, number, one) for number, one in enumerate(_mappings(scenario, "tickets"), 1)]
    expected = _mappings(scenario, "expect")
    if len(expected) != len(outcomes):
        message = _("There are {tickets} tickets and {expected} expectations.")
        raise RefusedValueError(
            message.format(tickets=len(outcomes), expected=len(expected)),
            _("Write one for each ticket, in order."),
        )
    return [
        Problem(ProblemKind.VALUE, ("expect", place, field), message)
        for place, (outcome, wanted) in enumerate(zip(outcomes, expected, strict=True))
        for field, message in _differences(outcome, wanted)
    ]


def _slips(configuration: Configuration, scenario: Values) -> Iterator[Problem]:
    """Yield what no ticket of the desk could be, and people that it does not have."""
    for place, handle in enumerate(people_at(scenario, "turns")):
        if handle not in configuration.people:
            yield unknown_value(("turns", place), handle, configuration.people)
    for key, beside in (("given", (_TEXT, _COUNT)), ("tickets", (_TEXT,)), ("expect", (_BECAUSE,))):
        each: Iterator[tuple[Keys, Values]] = (
            ((key, place), _without_nothing(one)) for place, one in enumerate(_mappings(scenario, key))
        )
        yield from ticket_problems(configuration, each, beside)


def _without_nothing(values: Values) -> Values:
    """Return what is said of a ticket without what it has not."""
    said = {field: value for field, value in values.items() if value not in (None, "")}
    return said | ({"assignee": None} if said.get("assignee") == _NOBODY else {})


class _Outcome(NamedTuple):
    row: Row
    decision: Decision


def _outcome(desk: Desk, number: int, values: Values) -> _Outcome:
    """Return what becomes of a ticket."""
    row = _row(desk, number, {**values, "assignee": None})
    known = {one.field: one.value for one in catalogued(desk, [({**row, "draft": True}, {})])[0]}
    row |= known
    decision = decisions(desk, [row])[0]
    row |= {"assignee": decision.assignee} | ({"team": decision.team} if decision.team else {})
    return _Outcome(row, decision)


def _row(desk: Desk, number: int, values: Values) -> Row:
    configuration = desk.configuration
    ticket = {"status": configuration.first_status, "title": "", **values}
    return row_of_values(numbered(configuration.ids.prefix, number), ticket, configuration, desk.now)


def _desk(configuration: Configuration, scenario: Values) -> Desk:
    """Return a desk that has the tickets that a scenario gives it."""
    now = moment_at(scenario.get("now", _MORNING), configuration.zone).astimezone(configuration.zone)
    empty = Desk(configuration, now, ledger_of(configuration, [], {}))
    given = _mappings(scenario, "given")
    rows = [_row(empty, 0, ticket) for ticket in given for _one in range(_count(ticket))]
    turns = {handle: float(place) for place, handle in enumerate(people_at(scenario, "turns"))}
    return empty._replace(ledger=ledger_of(configuration, rows, turns))


def _count(ticket: Values) -> int:
    written = str(ticket.get(_COUNT, 1))
    if not _FEW.fullmatch(written):
        raise RefusedValueError(_("“{value}” is no number of tickets.").format(value=written), "")
    return int(written)


def _mappings(scenario: Values, key: str) -> list[Values]:
    return [*mappings_at(scenario, key, _("a list of tickets"))]


def _differences(outcome: _Outcome, wanted: Values) -> Iterator[tuple[str, str]]:
    """Yield each field that is otherwise than expected, with what is said of it."""
    for field, value in wanted.items():
        if field == _BECAUSE:
            if str(value) not in outcome.decision.why:
                message = _("expected the reason to say “{wanted}”, but it is: {found}")
                yield field, message.format(wanted=value, found=outcome.decision.why)
            continue
        held, nothing = outcome.row.get(field), _NOBODY if field == "assignee" else _("nothing")
        if (held or nothing) != (value or nothing):
            message = _("expected {field} to be {wanted}, but it is {found} ({why})")
            found, wish = _words(held or nothing), _words(value or nothing)
            yield field, message.format(field=field, wanted=wish, found=found, why=outcome.decision.why)


def _words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
