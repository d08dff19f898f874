"""`sarif`: the Static Analysis Results Interchange Format, which code scanning of many forges reads.

The format: SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, within what
GitHub takes of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tracker import __version__
from tracker.cli.formats.plain_json import dump
from tracker.cli.formats.report import (
    JOINER,
    explanation,
    fingerprints,
    octets,
    page_of,
    path_in_repository,
    rule_of,
    sound,
)
from tracker.finding import Severity
from tracker.translation import current_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.cli.formats.report import Report
    from tracker.finding import Finding

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def render(report: Report) -> str:
    """Return a log of one run, with all rules in it, found wanting or not."""
    codes = sorted({*report.rules, *(finding.code for finding in report.findings)})
    places = {code: index for index, code in enumerate(codes)}
    run = {
        "tool": {
            "driver": {
                "name": "tracker",
                "version": __version__,
                "rules": [_rule(report, code) for code in codes],
            }
        },
        "language": current_language(),
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(report, finding, places, fingerprint)
            for finding, fingerprint in zip(report.findings, fingerprints(report), strict=True)
        ],
    }
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(report: Report, code: str) -> dict[str, Any]:
    rule = rule_of(report, code)
    if rule is None:
        return {"id": code}
    page = page_of(report, code)
    return {
        "id": code,
        "name": rule.name,
        "shortDescription": {"text": _message(rule.asks())},
        "fullDescription": {"text": _message(rule.why())},
        "help": {"text": _message(rule.remedy())},
        **({"helpUri": page} if page else {}),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(report: Report, finding: Finding, places: Mapping[str, int], fingerprint: str) -> dict[str, Any]:
    uri = quote(octets(path_in_repository(report, finding.path)))
    line, column = finding.position
    return {
        "ruleId": finding.code,
        "ruleIndex": places[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(explanation(finding))},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": line, "startColumn": column},
                }
            }
        ],
        "partialFingerprints": {"trackerFinding/v1": fingerprint},
    }


def _message(text: str) -> str:
    """Return text as a plain text message: braces would be placeholders, `[…](…)` a link (3.11.5, 3.11.6)."""
    return sound(text).replace("{", "{{").replace("}", "}}").replace("](", f"]{JOINER}(")
