"""`github`: annotations on the lines of a pull request, by the workflow commands of GitHub Actions.

The format: https://docs.github.com/actions/reference/workflow-commands-for-github-actions, and how a runner
reads it: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from tracker.cli.formats.report import changed_first, path_in_repository, sound, summary, title_of
from tracker.cli.terminal import clean
from tracker.finding import Severity
from tracker.translation import ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.cli.formats.report import Report
    from tracker.finding import Finding

SHOWN = 10
"""How many annotations of a severity GitHub shows of a step."""


def render(report: Report) -> str:
    """Return the annotations that will be shown, those in changed files first, and how many are left."""
    chosen = [finding for severity in Severity for finding in islice(_of(report, severity), SHOWN)]
    lines = [_annotation(report, finding) for finding in chosen]
    if more := len(report.findings) - len(chosen):
        words = ngettext(
            "{number} more finding is in the summary of this run.",
            "{number} more findings are in the summary of this run.",
            more,
        )
        lines.append(words.format(number=more))
    return "\n".join((*lines, summary(report)))


def _of(report: Report, severity: Severity) -> Iterator[Finding]:
    return (finding for finding in changed_first(report) if finding.severity is severity)


def _annotation(report: Report, finding: Finding) -> str:
    properties = {
        "file": path_in_repository(report, finding.path),
        "line": str(finding.position.line),
        "col": str(finding.position.column),
        "title": title_of(report, finding.code),
    }
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    text = "\n".join(filter(None, (finding.message, finding.hint)))
    return f"::{finding.severity} {written}::{_data(text)}"


def _data(text: str) -> str:
    """Return a message as one line; the log shows it at a terminal of sorts, so escape codes are harmless."""
    return sound(clean(text)).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
