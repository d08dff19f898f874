"""A list has one item a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.document import read_document
from tracker.finding import Severity
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.finding import Finding
    from tracker.validation.facts import TicketFacts

RULE = Rule(
    "T110",
    "item-lines",
    asks=lambda: _("A list has one item a line."),
    why=lambda: _(
        "Two people who add an item each to one line get a conflict from Git; on two lines they do not."
    ),
    remedy=lambda: _("Write each item on a line of its own, after “- ”; “tracker validate --fix” does it."),
    severity=Severity.WARNING,
    fixable=True,
    excusable=True,
)


def check(facts: TicketFacts) -> Iterator[Finding]:
    """Yield a finding for each field whose list stands in brackets."""
    if "[" not in facts.text.head:
        return
    for name in bracketed(facts.text.head):
        if name in facts.reader.fields and not facts.reader.fields[name].is_list:
            continue  # a text in brackets is no list that somebody meant
        message = _("The items of “{field}” stand on one line.").format(field=name)
        yield facts.finding(RULE.code, (name,), message, RULE.remedy())


def bracketed(head: str) -> list[str]:
    """Return the keys whose value is a list in brackets with something in it."""
    root = read_document(head.encode("utf-8", "surrogateescape"), "").root
    pairs = root.pairs if root else ()
    return [str(key.value) for key, node in pairs if node.is_list and node.flow and node.items]
