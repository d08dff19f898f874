"""Found by the desk’s model of a ticket: tracker.model.ticket."""

from __future__ import annotations

from tracker.translation import _
from tracker.validation.rule import Rule

RULE = Rule(
    "T106",
    "misspelt-key",
    asks=lambda: _("A key is not a slip of another."),
    why=lambda: _(
        "A ticket with “asignee” has no assignee, and nobody notices. Keys that resemble none are"
        " the author’s own."
    ),
    remedy=lambda: _("Correct the key. If it is meant as it is, choose a name that differs more."),
    excusable=True,
)
