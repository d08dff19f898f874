"""Found where files are read: tracker.document.complaints."""

from __future__ import annotations

from tracker.translation import _
from tracker.validation.rule import Rule

RULE = Rule(
    "T006",
    "duplicate-key",
    asks=lambda: _("A key stands once."),
    why=lambda: _(
        "YAML readers take the first or the last of two, so people and programs would see different tickets."
    ),
    remedy=lambda: _("Remove the line that is wrong."),
    essential=True,
)
