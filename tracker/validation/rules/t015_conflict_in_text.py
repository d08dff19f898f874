"""No conflict of a merge is left in a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.finding import Finding, Severity
from tracker.model.mention import without_code
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.validation.facts import TextFacts

RULE = Rule(
    "T015",
    "conflict-in-text",
    asks=lambda: _("No conflict of a merge is left in the text."),
    why=lambda: _("Both sides would be shown, with lines between them that mean nothing to readers."),
    remedy=lambda: _("Keep what is right, and remove the lines of <<<<<<<, ======= and >>>>>>>."),
    severity=Severity.WARNING,
)

_MARK = re.compile(r"^<{7}(?= |$)(?=[\s\S]*^={7}$[\s\S]*^>{7}(?: |$))", re.MULTILINE)


def check(text: TextFacts) -> Iterator[Finding]:
    """Yield a finding where a conflict begins outside of a block of code."""
    if "<<<<<<<" not in text.body:
        return
    mark = _MARK.search(without_code(text.body).replace("\r\n", " \n"))
    if mark:
        hint = _("Choose what is right, and remove the lines of <<<<<<<, ======= and >>>>>>>.")
        message = _("A merge conflict was left here.")
        yield Finding(text.path, RULE.code, message, text.in_body(mark.start()), hint)
