"""A text is not cut off by a number sign, which begins a comment in YAML (1.2.2, section 6.6)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.document import read_document
from tracker.finding import Finding, Severity
from tracker.model.kind import Kind
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.validation.facts import TicketFacts

RULE = Rule(
    "T117",
    "hash-in-text",
    asks=lambda: _("A text with “ #” in it stands in quotes."),
    why=lambda: _("YAML takes what follows for a comment: of “Printer #3 jams”, only “Printer” is left."),
    remedy=lambda: _(
        "Put the whole text in quotes, such as 'Printer #3 jams'. A comment goes on a line of its own."
    ),
    severity=Severity.WARNING,
    excusable=True,
)

_COMMENT = re.compile(r"[ \t]+(?=#)")


def check(facts: TicketFacts) -> Iterator[Finding]:
    """Yield a finding where a comment follows an unquoted text."""
    if " #" not in facts.text.head:
        return
    document = read_document(facts.text.head.encode("utf-8", "surrogateescape"), facts.path)
    for key, node in document.root.pairs if document.root else ():
        field = facts.reader.fields.get(str(key.value))
        cut = (
            _COMMENT.match(document.yaml, node.end)
            if not node.style and isinstance(node.value, str)
            else None
        )
        if cut and field and field.kind is Kind.TEXT:
            place = facts.text.in_head(document.span.start + cut.end() + facts.text.head.startswith("\ufeff"))
            message = _("This is a comment, and no part of {field}.").format(field=field.name)
            yield Finding(facts.path, RULE.code, message, place, RULE.remedy(), field.name)
