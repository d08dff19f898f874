"""Remembering what was found wrong with a desk for as long as nothing of it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.finding import Finding, Severity
from tracker.position import Position
from tracker.validation.rule import rule_code
from tracker.validation.rules.t014_readable_file import RULE as UNREADABLE
from tracker.validation.rules.t115_future import RULE as FUTURE
from tracker.validation.rules.t407_known_holidays import RULE as UNKNOWN_HOLIDAYS
from tracker.validation.rules.t408_known_template import RULE as UNKNOWN_TEMPLATE
from tracker.workspace import unchanged

if TYPE_CHECKING:
    from tracker.workspace.desk import Workspace

_KEY = "findings of the desk"
_PASSING = (FUTURE.code, UNREADABLE.code, UNKNOWN_HOLIDAYS.code, UNKNOWN_TEMPLATE.code)
"""With time, with rights, with a newer library, with a template that is made, they are no more."""


class Remembered(NamedTuple):
    """What was found, and how many tickets were checked."""

    findings: list[Finding]
    checked: int


def recall(workspace: Workspace) -> Remembered | None:
    """Return what was found when the desk was last checked; None where anything may have changed since."""
    known = unchanged.recall(workspace, _KEY)
    return Remembered([_finding(data) for data in known["findings"]], known["checked"]) if known else None


def remember(workspace: Workspace, found: Remembered, started: int) -> None:
    """Keep what was found, unless it may be otherwise soon though no file is.

    Args:
        workspace: the desk that was checked.
        found: what was found.
        started: when the check began, in nanoseconds: what changed since may not have been read.
    """
    if any(rule_code(finding.code) in _PASSING for finding in found.findings):
        return
    value = {"checked": found.checked, "findings": [list(finding) for finding in found.findings]}
    unchanged.remember(workspace, _KEY, value, unchanged.all_paths(workspace), started)


def _finding(data: list[Any]) -> Finding:
    finding = Finding(*data)
    return finding._replace(position=Position(*finding.position), severity=Severity(finding.severity))
