"""Found where files are read: tracker.document.complaints."""

from __future__ import annotations

from tracker.translation import _
from tracker.validation.rule import Rule

RULE = Rule(
    "T005",
    "well-formed-yaml",
    asks=lambda: _("The front matter is well-formed YAML."),
    why=lambda: _("A reader that guesses what was meant guesses differently each time."),
    remedy=lambda: _(
        "Most often a text with a colon, a quotation mark or a special first character needs "
        "quotes around it."
    ),
    essential=True,
)
