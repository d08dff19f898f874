"""Found by the desk’s model of a ticket: tracker.model.ticket."""

from __future__ import annotations

from tracker.translation import _
from tracker.validation.rule import Rule

RULE = Rule(
    "T105",
    "field-pattern",
    asks=lambda: _("A text matches its field’s pattern."),
    why=lambda: _(
        "Ids, asset numbers and the like are looked up by other systems, which know one form only."
    ),
    remedy=lambda: _("Write the value in the form that the message shows."),
    excusable=True,
)
