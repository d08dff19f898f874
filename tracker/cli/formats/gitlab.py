"""`gitlab`: a Code Quality report, which GitLab shows in a merge request.

The format: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.formats.plain_json import dump
from tracker.cli.formats.report import explanation, fingerprints, path_in_repository, sound
from tracker.finding import Severity

if TYPE_CHECKING:
    from tracker.cli.formats.report import Report

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def render(report: Report) -> str:
    """Return the report."""
    return dump(
        [
            {
                "description": sound(explanation(finding)),
                "check_name": finding.code,
                "fingerprint": fingerprint,
                "severity": _SEVERITIES[finding.severity],
                "location": {
                    "path": sound(path_in_repository(report, finding.path)),
                    "lines": {"begin": finding.position.line},
                },
            }
            for finding, fingerprint in zip(report.findings, fingerprints(report), strict=True)
        ]
    )
