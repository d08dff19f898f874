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

_MARK = re.compile(r"^(?:<{7}(?= |$)|={7}$|>{7}(?= |$))", re.MULTILINE)


def check(text: TextFacts) -> Iterator[Finding]:
    """Yield a finding where a conflict begins outside of a block of code."""
    if "<<<<<<<" not in text.body:
        return
    place = first_conflict(without_code(text.body).replace("\r\n", " \n"))
    if place is not None:
        hint = _("Choose what is right, and remove the lines of <<<<<<<, ======= and >>>>>>>.")
        message = _("A merge conflict was left here.")
        yield Finding(text.path, RULE.code, message, text.in_body(place), hint)


def first_conflict(text: str) -> int | None:
    """Return where the first conflict begins that has a middle and an end, too; None without one."""
    marks = [(mark[0][0], mark.start()) for mark in _MARK.finditer(text)]
    end = max((place for kind, place in marks if kind == ">"), default=-1)
    middle = max((place for kind, place in marks if kind == "=" and place < end), default=-1)
    return next((place for kind, place in marks if kind == "<" and place < middle), None)
