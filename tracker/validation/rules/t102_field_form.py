"""Found by the desk’s model of a ticket: tracker.model.ticket."""

from __future__ import annotations

from tracker.translation import _
from tracker.validation.rule import Rule

RULE = Rule(
    "T102",
    "field-form",
    asks=lambda: _("A field has its form: a text, a list, a number."),
    why=lambda: _(
        "A text where a list should be would be shown and searched letter by letter, or not at all."
    ),
    remedy=lambda: _(
        "Write the value in the form that the message names; lists have one item a line, after “- ”."
    ),
)
