"""`rdjson`: the Reviewdog Diagnostic Format, which reviewdog turns into comments on changed lines.

The format: https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.cli.formats.plain_json import dump
from tracker.cli.formats.report import explanation, octets, page_of, path_in_repository, sound
from tracker.finding import Severity

if TYPE_CHECKING:
    from tracker.cli.formats.report import Report
    from tracker.finding import Finding

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING"}
_NOTHING = "INFO"


def render(report: Report) -> str:
    """Return a `DiagnosticResult`; its own severity is that of the worst finding."""
    found = {finding.severity for finding in report.findings}
    worst = next((name for severity, name in _SEVERITIES.items() if severity in found), _NOTHING)
    diagnostics = [_diagnostic(report, finding) for finding in report.findings]
    return dump({"source": {"name": "tracker"}, "severity": worst, "diagnostics": diagnostics})


def _diagnostic(report: Report, finding: Finding) -> dict[str, Any]:
    page = page_of(report, finding.code)
    return {
        "message": sound(explanation(finding)),
        "location": {
            "path": sound(path_in_repository(report, finding.path)),
            "range": {"start": _start(report, finding)},
        },
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.code, **({"url": page} if page else {})},
    }


def _start(report: Report, finding: Finding) -> dict[str, int]:
    """Return the place; its column counts bytes of UTF-8, so only the line itself can tell it."""
    line, column = finding.position
    text = "" if column == 1 else report.line(finding.path, line)
    if text is None:
        return {"line": line}
    return {"line": line, "column": len(octets(text[: column - 1])) + 1}
