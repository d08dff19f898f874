"""What `tracker validate` has to report, and what more than one format says of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tracker.finding import Severity
from tracker.translation import _, ngettext
from tracker.validation.rule import rule_code

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tracker.finding import Finding
    from tracker.validation.rule import Rule

JOINER = "\N{WORD JOINER}"
"""Is not seen and takes no room: parts characters that would mean something to a program together."""


class Report(NamedTuple):
    """The outcome of a check.

    Attributes:
        findings: sorted by path, position and code.
        checked: how many tickets were looked at.
        rules: the rules, by code. A finding may have a code that is not among them.
        line: the text of a line (from 1) of a file of the desk, with undecodable bytes as surrogates; None
            where it cannot be read.
        changed: the files that a pull request changes, named as findings name them.
        prefix: the desk's folder in its repository; empty at its top.
        fixable: how many of the findings a program can put right.
        docs: where the rules have their pages, `{docs}/T103/`; empty where they have none.
    """

    findings: Sequence[Finding]
    checked: int
    rules: Mapping[str, Rule]
    line: Callable[[str, int], str | None]
    changed: frozenset[str] = frozenset()
    prefix: str = ""
    fixable: int = 0
    docs: str = ""


def rule_of(report: Report, code: str) -> Rule | None:
    """Return the rule of a finding; None where the report knows none."""
    return report.rules.get(rule_code(code))


def title_of(report: Report, code: str) -> str:
    """Return a code with the name of its rule: `T103 known-value`."""
    rule = rule_of(report, code)
    return f"{code} {rule.name}" if rule else code


def page_of(report: Report, code: str) -> str:
    """Return the address of the page of a code's rule; empty where there is none."""
    rule = rule_of(report, code)
    return f"{report.docs.rstrip('/')}/{rule.code}/" if report.docs and rule else ""


def path_in_repository(report: Report, path: str) -> str:
    """Return a finding's path as seen from the top of the repository."""
    prefix = report.prefix.strip("/")
    return f"{prefix}/{path}" if prefix else path


def explanation(finding: Finding) -> str:
    """Return a finding's message with its hint, where a format has one place for both."""
    return f"{finding.message} {finding.hint}" if finding.hint else finding.message


def sound(text: str) -> str:
    r"""Return text that strict readers take: what stands for an undecodable byte is spelt out, `\udce9`."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def octets(text: str) -> bytes:
    """Return the bytes that a text was read from as UTF-8, undecodable ones as they were."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def fingerprints(report: Report) -> list[str]:
    """Return what tells each finding from all others, and stays when other lines of its file move.

    Findings that are alike in all but their place are numbered in their order.
    """
    from hashlib import sha256

    seen: Counter[tuple[str, ...]] = Counter()
    prints = []
    for finding in report.findings:
        path = path_in_repository(report, finding.path)
        marks = (finding.code, path, finding.field, finding.message)
        seen[marks] += 1
        prints.append(sha256(repr((*marks, seen[marks])).encode("ascii", "backslashreplace")).hexdigest())
    return prints


def changed_first(report: Report) -> list[Finding]:
    """Return the findings, those in files that the pull request changes before all others."""
    return sorted(report.findings, key=lambda finding: finding.path not in report.changed)


def summary(report: Report) -> str:
    """Return how much was checked and found, in one sentence."""
    tickets = ngettext("{number} ticket checked", "{number} tickets checked", report.checked)
    tickets = tickets.format(number=report.checked)
    if report.findings:
        found = ", ".join(filter(None, (count(report, Severity.ERROR), count(report, Severity.WARNING))))
    else:
        found = _("no findings")
    return _("{tickets}: {found}.").format(tickets=tickets, found=found)


def count(report: Report, severity: Severity) -> str:
    """Return how many findings weigh so much, in words; empty where none does."""
    number = sum(finding.severity is severity for finding in report.findings)
    if severity is Severity.ERROR:
        words = ngettext("{number} error", "{number} errors", number)
    else:
        words = ngettext("{number} warning", "{number} warnings", number)
    return words.format(number=number) if number else ""


def word_of(severity: Severity) -> str:
    """Return the word for how much a finding weighs."""
    return _("error") if severity is Severity.ERROR else _("warning")
