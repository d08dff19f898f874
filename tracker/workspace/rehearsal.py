"""Trying out a desk's rules on tickets that nobody filed: scenarios, written by who writes the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.errors import RefusedValueError, UsageError
from tracker.finding import Finding
from tracker.model.configuration import Configuration
from tracker.model.identifier import numbered
from tracker.model.reading import read_configuration
from tracker.query.row import row_of_values
from tracker.query.timing import moment_of
from tracker.translation import _
from tracker.workspace.dispatching import catalogued, decisions
from tracker.workspace.level_rehearsal import rehearse_levels
from tracker.workspace.staffing import Desk, ledger_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracker.assignment.request import Decision
    from tracker.document import Document
    from tracker.query.row import Row

    Values = Mapping[str, Any]
    Keys = tuple[str | int, ...]

_KNOWN = ("scenario", "now", "settings", "given", "turns", "tickets", "expect")
BECAUSE, NOBODY = "because", "nobody"
"""What an expectation says beside fields: a part of the reason; and of an assignee that there is none."""


class Rehearsal(NamedTuple):
    """What came of the scenarios of a file: how many there are, and where it is not what was expected."""

    number: int
    findings: list[Finding]


def rehearse(document: Document, settings: Values) -> Rehearsal:
    """Try out the scenarios of a file.

    Args:
        document: the file.
        settings: what the desk's configuration says, as it is written.
    """
    if document.findings:
        return Rehearsal(0, list(document.findings))
    scenarios = document.values.get("scenarios")
    if not isinstance(scenarios, list) or not scenarios:
        return Rehearsal(0, [_finding(document, (), _("There are no scenarios here."))])
    common = overlaid(settings, document.values.get("settings"))
    findings: list[Finding] = []
    for place, scenario in enumerate(scenarios):
        keys: Keys = ("scenarios", place)
        try:
            findings += _tried(document, keys, common, scenario)
        except (RefusedValueError, UsageError) as error:
            findings.append(_finding(document, keys, error.message, error.hint))
    return Rehearsal(len(scenarios), findings)


def _tried(document: Document, keys: Keys, settings: Values, scenario: object) -> list[Finding]:
    if not isinstance(scenario, dict):
        raise RefusedValueError(_("A scenario is a mapping of keys to values."), "")
    if "history" in scenario:
        told = rehearse_levels(dict(settings), scenario)
        return [
            _finding(document, (*keys, "expect"), f"{scenario.get('scenario', '')}: {message}")
            for message in told
        ]
    unknown = [key for key in scenario if key not in _KNOWN]
    if unknown:
        message = _("Unknown key “{key}”.").format(key=unknown[0])
        raise RefusedValueError(message, _("Allowed: {values}.").format(values=", ".join(_KNOWN)))
    configuration = configured(overlaid(settings, scenario.get("settings")))
    desk = _desk(configuration, scenario)
    outcomes = [
        _outcome(desk, number, ticket) for number, ticket in enumerate(_mappings(scenario, "tickets"), 1)
    ]
    expected = _mappings(scenario, "expect")
    if len(expected) != len(outcomes):
        message = _("There are {tickets} tickets and {expected} expectations.")
        raise RefusedValueError(
            message.format(tickets=len(outcomes), expected=len(expected)),
            _("Write one for each ticket, in order."),
        )
    found = []
    for place, (outcome, wanted) in enumerate(zip(outcomes, expected, strict=True)):
        for field, message in _differences(outcome, wanted):
            title = scenario.get("scenario", "")
            found.append(_finding(document, (*keys, "expect", place, field), f"{title}: {message}"))
    return found


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
    now = moment_of(str(scenario.get("now", "2026-11-24T09:00")), configuration.zone)
    if now is None:
        raise RefusedValueError(
            _("“{value}” is not a date with a time.").format(value=scenario.get("now")), ""
        )
    empty = Desk(configuration, now.astimezone(configuration.zone), ledger_of(configuration, [], {}))
    rows = [
        _row(empty, 0, ticket) for ticket in _mappings(scenario, "given") for _one in range(_count(ticket))
    ]
    given = scenario.get("turns")
    turns = {handle: float(place) for place, handle in enumerate(given if isinstance(given, list) else ())}
    return empty._replace(ledger=ledger_of(configuration, rows, turns))


def _count(ticket: Values) -> int:
    written = str(ticket.get("count", 1))
    if not written.isdecimal() or int(written) > 10_000:  # noqa: PLR2004  # nobody has so many
        raise RefusedValueError(_("“{value}” is no number of tickets.").format(value=written), "")
    return int(written)


def _mappings(scenario: Values, key: str) -> list[dict[str, Any]]:
    found = scenario.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise RefusedValueError(
            _("{field} must be {form}.").format(field=key, form=_("a list of tickets")), ""
        )
    return found


def _differences(outcome: _Outcome, wanted: Values) -> Iterator[tuple[str, str]]:
    """Yield each field that is otherwise than expected, with what is said of it."""
    for field, value in wanted.items():
        if field == BECAUSE:
            if str(value) not in outcome.decision.why:
                message = _("expected the reason to say “{wanted}”, but it is: {found}")
                yield field, message.format(wanted=value, found=outcome.decision.why)
            continue
        held = outcome.row.get(field)
        if (held or NOBODY if field == "assignee" else held or "") != (value or ""):
            message = _("expected {field} to be {wanted}, but it is {found} ({why})")
            told = _words(held) or (NOBODY if field == "assignee" else _("nothing"))
            yield (
                field,
                message.format(field=field, wanted=_words(value), found=told, why=outcome.decision.why),
            )


def _words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def overlaid(settings: Values, others: object) -> dict[str, Any]:
    """Return settings with others laid over them: of a section, key by key."""
    found = dict(settings)
    for key, value in others.items() if isinstance(others, dict) else ():
        held = found.get(key)
        found[key] = {**held, **value} if isinstance(held, dict) and isinstance(value, dict) else value
    return found


def configured(values: Values) -> Configuration:
    """Return the configuration that settings make.

    Raises:
        RefusedValueError: something in them is wrong.
    """
    from tracker.workspace.rule_queries import query_problems

    read = read_configuration(values)
    problems = [*query_problems(read)] if isinstance(read, Configuration) else read
    if problems or not isinstance(read, Configuration):
        problem = problems[0]
        raise RefusedValueError(f"{problem.field}: {problem.message}", problem.hint)
    return read


def _finding(document: Document, keys: Keys, message: str, hint: str = "") -> Finding:
    return Finding(document.path, "", message, document.position(keys), hint, ".".join(map(str, keys)))
