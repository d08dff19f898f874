"""`junit`: the XML of test results that nearly every CI system shows.

There is no specification; this is what Jenkins (its xUnit schema) and GitLab have in common: one failure
a test case, told in its text, since GitLab does not show its message.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from tracker.cli.formats.report import path_in_repository, sound, summary, title_of, word_of
from tracker.cli.terminal import clean, one_line
from tracker.finding import Severity
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from tracker.cli.formats.report import Report
    from tracker.finding import Finding

_NO_XML = re.compile("[\ufffe\uffff]")
"""What XML 1.0 (2.2) refuses beyond control characters and surrogates."""


def render(report: Report) -> str:
    """Return a test suite with a test case for each file that has findings, and one for all others.

    It is ASCII, which reads the same in whatever encoding the output is written; `##[` is parted for the
    runners of GitHub Actions, as in `plain_json.dump`.
    """
    from xml.etree import ElementTree as ET

    root = ET.Element("testsuites")
    suite = ET.SubElement(root, "testsuite", name="tracker validate")
    files = groupby(report.findings, lambda finding: finding.path)
    cases = [_case(suite, report, path, list(findings)) for path, findings in files]
    if report.checked or not cases:
        _add_rest(suite, report)
    failures = sum(case.find("failure") is not None for case in cases)
    for name, number in (("tests", len(suite)), ("failures", failures), ("errors", 0), ("skipped", 0)):
        suite.set(name, str(number))
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="us-ascii")
    return written.decode("ascii").replace("##[", "##&#91;")


def _case(suite: Element, report: Report, path: str, findings: list[Finding]) -> Element:
    from xml.etree import ElementTree as ET

    shown = _allowed(path_in_repository(report, path))
    case = ET.SubElement(suite, "testcase", classname="tracker.validate", name=shown, file=shown)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    warnings = [finding for finding in findings if finding.severity is Severity.WARNING]
    if errors:
        failure = ET.SubElement(case, "failure", type=_allowed(errors[0].code), message=_headline(errors))
        failure.text = _told(report, errors)
    if warnings:
        ET.SubElement(case, "system-out").text = _told(report, warnings)
    return case


def _add_rest(suite: Element, report: Report) -> None:
    from xml.etree import ElementTree as ET

    name = _("All other tickets")
    case = ET.SubElement(suite, "testcase", classname="tracker.validate", name=name)
    ET.SubElement(case, "system-out").text = summary(report)


def _headline(errors: list[Finding]) -> str:
    more = len(errors) - 1
    message = _allowed(errors[0].message)
    if not more:
        return message
    words = ngettext("{message} (and {number} more)", "{message} (and {number} more)", more)
    return words.format(message=message, number=more)


def _told(report: Report, findings: list[Finding]) -> str:
    """Return a line for each finding, with the hint below it; each line begins with words of ours."""
    lines = []
    for finding in findings:
        place = one_line(f"{path_in_repository(report, finding.path)}:{finding.position}")
        title = f"{word_of(finding.severity)} {title_of(report, finding.code)}"
        lines.append(_allowed(f"{place}: {title}: {one_line(finding.message)}"))
        if finding.hint:
            lines.append(_allowed(f"  = {one_line(finding.hint)}"))
    return "\n".join(lines)


def _allowed(text: str) -> str:
    """Return text with nothing in it that XML 1.0 has no way to write."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", sound(clean(text)))
