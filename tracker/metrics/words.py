"""Numbers in words: durations and shares, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.translation import _

if TYPE_CHECKING:
    from datetime import timedelta

NOTHING = "–"


def in_words(duration: timedelta | None, *, business: bool = False) -> str:
    """Return a duration in its two largest units; working hours are no days."""
    if duration is None:
        return NOTHING
    minutes = round(duration.total_seconds() / 60)
    hours, minutes = divmod(minutes, 60)
    days, rest = (0, hours) if business else divmod(hours, 24)
    if days:
        return _("{days} d {hours} h").format(days=days, hours=rest)
    if hours:
        return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    return _("{minutes} min").format(minutes=minutes)


def percent(share: float | None, digits: int = 1) -> str:
    """Return a share of a whole in percent."""
    if share is None:
        return NOTHING
    mark = _("1.5")[1]  # the decimal mark
    return _("{number} %").format(number=f"{share * 100:.{digits}f}".replace(".", mark))
