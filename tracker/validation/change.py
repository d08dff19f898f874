"""The rules that look at a change: what it does to the tickets, comments and settings that were there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.validation.rules import (
    t301_transition,
    t302_fixed_field,
    t303_comment_written_once,
    t304_ticket_stays,
    t305_given_number,
    t306_own_name,
    t307_settings,
    t308_granted_exception,
)

if TYPE_CHECKING:
    from tracker.finding import Finding
    from tracker.validation.facts import ChangeFacts

_OF_CHANGES = (
    *(t301_transition.check, t302_fixed_field.check, t303_comment_written_once.check),
    *(t304_ticket_stays.check, t305_given_number.check, t306_own_name.check, t307_settings.check),
    t308_granted_exception.check,
)


def check_change(change: ChangeFacts) -> list[Finding]:
    """Return what a change does that it may not do."""
    return [finding for check in _OF_CHANGES for finding in check(change)]
