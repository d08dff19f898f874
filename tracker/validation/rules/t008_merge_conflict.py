"""Found where files are read: tracker.document.document."""

from __future__ import annotations

from tracker.translation import _
from tracker.validation.rule import Rule

RULE = Rule(
    "T008",
    "merge-conflict",
    asks=lambda: _("No conflict of a merge is left in the front matter."),
    why=lambda: _("Nobody has decided yet which of two values is right."),
    remedy=lambda: _("Choose what is right, and remove the lines of <<<<<<<, ======= and >>>>>>>."),
    essential=True,
)
