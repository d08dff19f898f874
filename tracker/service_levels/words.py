"""What is said of clocks: their names, and how much is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.service_levels.reading import State
from tracker.translation import _

if TYPE_CHECKING:
    from datetime import timedelta

    from tracker.service_levels.reading import Reading

_LONG = 24
"""Of so many hours, nobody asks for the minutes."""


def label_of(clock: str) -> str:
    """Return the name of a clock."""
    match clock:
        case "first_response":
            return _("First response")
        case "next_update":
            return _("Next update")
        case _other:
            return _("Resolution")


def in_time(reading: Reading) -> str:
    """Return how much of a clock's target is left, or how late it is: in the hours in which it is counted."""
    match reading.state:
        case State.LATE:
            return _("{span} late").format(span=span(-reading.left, up=True))
        case State.WARNING | State.RUNNING:
            return _("{span} left").format(span=span(reading.left))
        case State.PAUSED:
            return _("paused, {span} left").format(span=span(reading.left))
        case State.MISSED:
            return _("missed by {span}").format(span=span(-reading.left, up=True))
        case State.MET:
            return _("met, {span} left").format(span=span(reading.left))


def span(time: timedelta, *, up: bool = False) -> str:
    """Return a duration in hours and, unless it is long, minutes; nobody has what is not whole."""
    seconds = round(time.total_seconds())
    minutes = -(-seconds // 60) if up else seconds // 60
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return _("{minutes} min").format(minutes=minutes)
    if not minutes or hours >= _LONG:
        return _("{hours} h").format(hours=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
