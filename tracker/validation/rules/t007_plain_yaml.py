"""Found where files are read: tracker.document.complaints."""

from __future__ import annotations

from tracker.translation import _
from tracker.validation.rule import Rule

RULE = Rule(
    "T007",
    "plain-yaml",
    asks=lambda: _("The front matter is a plain mapping: no anchors, aliases, tags or further documents."),
    why=lambda: _(
        "These features let a small file grow without end, or make a value that is not what it looks like."
    ),
    remedy=lambda: _("Write each value out; put a text that begins with &, * or ! in quotes."),
    essential=True,
)
