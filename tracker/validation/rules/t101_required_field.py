"""Found by the desk’s model of a ticket: tracker.model.ticket."""

from __future__ import annotations

from tracker.translation import _
from tracker.validation.rule import Rule

RULE = Rule(
    "T101",
    "required-field",
    asks=lambda: _("A field that is required is there."),
    why=lambda: _("Nobody can work on a request that does not say what the desk needs to know."),
    remedy=lambda: _("Add the field. A draft needs a title only; the rest is asked for when it is accepted."),
)
