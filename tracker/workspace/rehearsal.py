"""Trying out a desk's rules on tickets that nobody filed: scenarios, written by who writes the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import RefusedValueError, UsageError
from tracker.finding import Finding
from tracker.model.problem import Problem, ProblemKind
from tracker.translation import _
from tracker.workspace.dispatch_rehearsal import rehearse_dispatching
from tracker.workspace.level_rehearsal import rehearse_levels
from tracker.workspace.scenario import mapping_at, overlaid, unknown_keys

if TYPE_CHECKING:
    from tracker.document import Document
    from tracker.workspace.scenario import Keys, Values

_KNOWN = ("settings", "scenarios")


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
        return Rehearsal(0, [_finding(document, (), _refusal(_("There are no scenarios here.")))])
    findings = [_finding(document, (), problem) for problem in unknown_keys((), document.values, _KNOWN)]
    try:
        common = overlaid(settings, mapping_at(document.values, "settings"))
    except UsageError as error:
        told = _refusal(error.message, error.hint, ("settings",))
        return Rehearsal(len(scenarios), [*findings, _finding(document, (), told)])
    for place, scenario in enumerate(scenarios):
        findings += (
            _finding(document, ("scenarios", place), problem) for problem in _tried(common, scenario)
        )
    return Rehearsal(len(scenarios), findings)


def _tried(settings: Values, scenario: object) -> list[Problem]:
    """Return what is wrong with a scenario, else what comes out otherwise than it expects."""
    try:
        if not isinstance(scenario, dict):
            raise RefusedValueError(_("A scenario is a mapping of keys to values."), "")
        play = rehearse_levels if "history" in scenario else rehearse_dispatching
        problems = play(settings, scenario)
    except UsageError as error:
        problems = [_refusal(error.message, error.hint)]
    title = scenario.get("scenario") if isinstance(scenario, dict) else None
    return [one._replace(message=f"{title}: {one.message}") for one in problems] if title else problems


def _refusal(message: str, hint: str = "", keys: Keys = ()) -> Problem:
    return Problem(ProblemKind.VALUE, keys, message, hint)


def _finding(document: Document, above: Keys, problem: Problem) -> Finding:
    keys = (*above, *problem.keys)
    position = document.position(keys, key=problem.kind is ProblemKind.KEY)
    return Finding(document.path, "", problem.message, position, problem.hint, ".".join(map(str, keys)))
