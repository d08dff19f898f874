"""Found where files are read: tracker.document.document."""

from __future__ import annotations

from tracker.translation import _
from tracker.validation.rule import Rule

RULE = Rule(
    "T004",
    "front-matter",
    asks=lambda: _("A ticket begins with front matter: YAML between two lines of three hyphens."),
    why=lambda: _(
        "Without it there is no title, no status and nobody who asks: the file is a text, not a ticket."
    ),
    remedy=lambda: _(
        "Begin the file with a line ---, the fields, and another line ---. Copy a template, or "
        "use “tracker new”."
    ),
    essential=True,
)
