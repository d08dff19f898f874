"""Nothing lies in `tickets/` that is no ticket, comment or attachment."""

from __future__ import annotations

from tracker.finding import Finding
from tracker.translation import _
from tracker.validation.rule import Rule

RULE = Rule(
    "T013",
    "unknown-file",
    asks=lambda: _("Everything in tickets/ is a ticket, a comment or an attachment."),
    why=lambda: _("A file that nothing shows is forgotten, and may hold what nobody has looked at."),
    remedy=lambda: _(
        "Give a ticket’s file the ending .md. What belongs to a ticket is attached to a comment: "
        "“tracker comment --attach”."
    ),
)


def unknown_file(path: str) -> Finding:
    """Return the finding of a file that is nothing known."""
    message = _("This is neither a ticket nor a comment nor an attachment.")
    return Finding(path, RULE.code, message, hint=_("Attach it to a ticket, or move it out of tickets/."))
