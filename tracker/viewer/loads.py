"""How pages say what somebody has to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.translation import _
from tracker.viewer import formats

if TYPE_CHECKING:
    from tracker.assignment.workload import Load


def load_words(load: Load) -> str:
    """Return what open tickets weigh, and of how much."""
    said = formats.number(load.load)
    if load.capacity is None:
        return said
    return _("{load} of {capacity}").format(load=said, capacity=formats.number(load.capacity))


def away_words(load: Load) -> str:
    """Return until when somebody is away; nothing for those who are there."""
    if not load.away:
        return ""
    return _("yes") if load.away == "…" else _("until {day}").format(day=formats.day_in(load.away))
