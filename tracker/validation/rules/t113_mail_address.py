"""Found by the desk’s model of a ticket: tracker.model.values."""

from __future__ import annotations

from tracker.translation import _
from tracker.validation.rule import Rule

RULE = Rule(
    "T113",
    "mail-address",
    asks=lambda: _("A mail address has the form of one."),
    why=lambda: _("Answers to an address that cannot exist are lost."),
    remedy=lambda: _("Write it as name@example.org, without a display name or brackets."),
)
