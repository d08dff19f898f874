"""No line of the front matter ends in spaces."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from tracker.document import read_document
from tracker.finding import Finding, Severity
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracker.validation.facts import TicketFacts

RULE = Rule(
    "T111",
    "trailing-space",
    asks=lambda: _("No line of the front matter ends in spaces."),
    why=lambda: _("Nobody sees them, and they make a line differ that is the same: in diffs and in merges."),
    remedy=lambda: _("Remove them; “tracker validate --fix” does it."),
    severity=Severity.WARNING,
    fixable=True,
    excusable=True,
)

_MOST = 50
"""Each is tried by itself, so a file that consists of them must not take forever."""
SPACES = re.compile(r"(?m)^(?!---)(?:.*[^ \t\r\n])?([ \t]+)(?=\r?\n)")


def check(facts: TicketFacts) -> Iterator[Finding]:
    """Yield a finding at each place where spaces end a line and mean nothing."""
    head = facts.text.head
    if " \n" in head or "\t\n" in head or " \r" in head or "\t\r" in head:
        for spaces in meaningless(head):
            message = _("Spaces end this line.")
            yield Finding(facts.path, RULE.code, message, facts.text.in_head(spaces.start(1)), RULE.remedy())


def meaningless(head: str) -> list[re.Match[str]]:
    """Return the spaces at ends of lines without which the front matter says the same."""
    values, found = _values(head), list(islice(SPACES.finditer(head), _MOST))
    tidy = head
    for spaces in reversed(found):
        tidy = tidy[: spaces.start(1)] + tidy[spaces.end(1) :]
    if _values(tidy) == values:
        return found
    return [spaces for spaces in found if _values(head[: spaces.start(1)] + head[spaces.end(1) :]) == values]


def _values(head: str) -> Mapping[str, Any]:
    return read_document(head.encode("utf-8", "surrogateescape"), "").values
