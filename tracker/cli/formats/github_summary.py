"""What `tracker validate` adds to the summary of a run of GitHub Actions: every finding, in a table.

The format: GitHub-flavoured Markdown in the file `$GITHUB_STEP_SUMMARY`, 1 MiB a step:
https://docs.github.com/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.cli.formats.report import (
    changed_first,
    page_of,
    path_in_repository,
    sound,
    summary,
    title_of,
    word_of,
)
from tracker.cli.terminal import one_line
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from tracker.cli.formats.report import Report
    from tracker.finding import Finding

LIMIT = 1_000_000
"""Bytes; somewhat less than GitHub takes, as a summary that is too long is not shown at all."""

_MARKUP = re.compile(r"[!-/:-@\[-`{-~]")
_MENTION = "&#64;&#8288;"
"""An @ that mentions nobody and makes no address: what follows is parted from it by a word joiner."""


def step_summary(report: Report) -> str:
    """Return the summary of a run, ending in a line break."""
    lines = ["### tracker validate", "", _escaped(summary(report)), ""]
    if not report.findings:
        return "\n".join(lines)
    headings = (_("Severity"), _("Place"), _("Rule"), _("Finding"))
    lines += [f"| {' | '.join(headings)} |", "| --- | --- | --- | --- |"]
    rows = [_row(report, finding) for finding in changed_first(report)]
    room = LIMIT - len("\n".join((*lines, _left_out(len(rows)))).encode())
    kept = _fitting(rows, room)
    if kept < len(rows):
        rows[kept:] = ["", _left_out(len(rows) - kept)]
    return "\n".join((*lines, *rows, ""))


def _fitting(rows: list[str], room: int) -> int:
    """Return how many of the rows, each with a line break, have room in so many bytes."""
    for number, row in enumerate(rows):
        room -= len(row.encode()) + 1
        if room < 0:
            return number
    return len(rows)


def _left_out(number: int) -> str:
    words = ngettext("{number} finding is left out.", "{number} findings are left out.", number)
    return _escaped(words.format(number=number))


def _row(report: Report, finding: Finding) -> str:
    place = f"{path_in_repository(report, finding.path)}:{finding.position}"
    rule, page = _escaped(title_of(report, finding.code)), page_of(report, finding.code)
    texts = "<br>".join(_escaped(text) for text in (finding.message, finding.hint) if text)
    cells = (
        _escaped(word_of(finding.severity)),
        f"<code>{_escaped(place)}</code>",
        f"[{rule}](<{page}>)" if page else rule,
        texts,
    )
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    """Return text of which Markdown and HTML take each character for itself."""
    return _MARKUP.sub(
        lambda match: _MENTION if match[0] == "@" else f"&#{ord(match[0])};", sound(one_line(text))
    )
