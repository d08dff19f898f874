"""`text`: for people. Files one after the other, each finding with its place, its line and what to do."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

import click

from tracker.cli.formats.excerpt import excerpt, wrapped
from tracker.cli.formats.report import JOINER, rule_of, sound, summary, word_of
from tracker.cli.terminal import clean, one_line
from tracker.finding import Severity
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.cli.formats.report import Report
    from tracker.finding import Finding

WIDTH = 80
_BLANKS = str.maketrans("\t\n", "␉␊")
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def render(report: Report) -> str:
    """Return the findings under the names of their files, and a summary."""
    lines: list[str] = []
    for path, findings in groupby(report.findings, lambda finding: finding.path):
        lines += [click.style(_harmless(path), bold=True), ""]
        for finding in findings:
            lines += [*_finding(report, finding), ""]
    return "\n".join((*lines, *_end(report)))


def statistics(report: Report) -> str:
    """Return a table of how many findings each rule has, most first: code, name, severity, number."""
    numbers = Counter((finding.code, finding.severity) for finding in report.findings)
    ordered = sorted(numbers.items(), key=lambda item: (-item[1], item[0]))
    rows = [
        (code, rule.name if (rule := rule_of(report, code)) else "", severity, str(number))
        for (code, severity), number in ordered
    ]
    names = max((len(name) for _code, name, *_rest in rows), default=0)
    words = max((len(word_of(severity)) for *_rest, severity, _number in rows), default=0)
    digits = max((len(number) for *_rest, number in rows), default=0)
    return "\n".join(
        f"{click.style(code, fg=_COLOURS[severity])}  {name:{names}}  "
        f"{click.style(f'{word_of(severity):{words}}', fg=_COLOURS[severity])}  {number:>{digits}}"
        for code, name, severity, number in rows
    )


def _finding(report: Report, finding: Finding) -> Iterator[str]:
    kind = f"{word_of(finding.severity)} {finding.code}"
    first, *rest = _lines(f"{kind}: {finding.message}", WIDTH - 2)
    yield first.replace(kind, click.style(kind, fg=_COLOURS[finding.severity], bold=True), 1)
    yield from (f"  {line}" for line in rest)
    number = str(finding.position.line)
    margin = " " * len(number)
    yield f"{margin} {_dim('-->')} {_harmless(f'{finding.path}:{finding.position}')}"
    line = report.line(finding.path, finding.position.line)
    if line is not None:
        shown, before = excerpt(line, finding.position.column, WIDTH - len(number) - 3)
        caret = click.style("^", fg=_COLOURS[finding.severity], bold=True)
        yield f"{_dim(f'{number} |')} {_harmless(shown)}".rstrip()
        yield f"{margin} {_dim('|')} {' ' * before}{caret}"
    for line in _lines(finding.hint, WIDTH - len(number) - 3):
        yield f"{margin}   {_dim(line)}"


def _end(report: Report) -> Iterator[str]:
    severities = {finding.severity for finding in report.findings}
    colour = next((_COLOURS[severity] for severity in Severity if severity in severities), "green")
    yield click.style(summary(report), fg=colour)
    if report.fixable:
        command = "tracker validate --fix"
        words = ngettext(
            "{number} of them can be put right with “{command}”.",
            "{number} of them can be put right with “{command}”.",
            report.fixable,
        )
        if len(report.findings) == 1:
            words = _("It can be put right with “{command}”.")
        yield words.format(number=report.fixable, command=command)


def _dim(text: str) -> str:
    return click.style(text, dim=True)


def _lines(text: str, width: int) -> list[str]:
    return [_harmless(line) for line in wrapped(one_line(text), width)]


def _harmless(text: str) -> str:
    """Return text as one line that commands neither a terminal nor a runner of GitHub Actions.

    A runner obeys a line that begins with `::`, and `##[` anywhere.
    """
    line = sound(clean(text)).translate(_BLANKS).replace("##[", f"##{JOINER}[")
    return f"{JOINER}{line}" if line.lstrip().startswith("::") else line
