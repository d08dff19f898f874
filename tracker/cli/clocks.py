"""What the clocks of service levels say, for a person at a terminal and for programs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tracker.cli.charts import NOTHING
from tracker.model.rules import CLOCKS
from tracker.service_levels.reading import State
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from tracker.service_levels.reading import Reading

COLOURS = {
    State.LATE: "red",
    State.WARNING: "yellow",
    State.RUNNING: "",
    State.PAUSED: "dim",
    State.MISSED: "red",
    State.MET: "green",
}

_LONG = 24
"""Of so many hours, nobody asks for the minutes."""


def label_of(clock: str) -> str:
    """Return the name of a clock."""
    return {
        "first_response": _("First response"),
        "next_update": _("Next update"),
        "resolution": _("Resolution"),
    }[clock]


def newest(readings: Iterable[Reading]) -> list[Reading]:
    """Return the last reading of each clock: of those that began anew, what was before is past."""
    known = {reading.clock: reading for reading in readings}
    return [known[clock] for clock in CLOCKS if clock in known]


def due_in(reading: Reading, zone: tzinfo | None = None) -> str:
    """Return when a clock's target is used up, in a time zone; None for that of this machine."""
    return f"{reading.due.astimezone(zone):%Y-%m-%d %H:%M}" if reading.due else NOTHING


def in_time(reading: Reading) -> str:
    """Return how much of a clock's target is left, or how late it is: in the hours in which it is counted."""
    match reading.state:
        case State.LATE:
            return _("{span} late").format(span=_span(-reading.left, up=True))
        case State.WARNING | State.RUNNING:
            return _("{span} left").format(span=_span(reading.left))
        case State.PAUSED:
            return _("paused, {span} left").format(span=_span(reading.left))
        case State.MISSED:
            return _("missed by {span}").format(span=_span(-reading.left, up=True))
        case State.MET:
            return _("met, {span} left").format(span=_span(reading.left))


def reading_data(reading: Reading) -> dict[str, Any]:
    """Return what a clock says as `--json` prints it: times in UTC, durations in seconds."""
    return {
        "clock": reading.clock,
        "policy": reading.policy,
        "state": reading.state.value,
        "target": _seconds(reading.target),
        "elapsed": _seconds(reading.elapsed),
        "left": _seconds(reading.left),
        "start": _time(reading.start),
        "due": _time(reading.due),
        "ended": _time(reading.ended),
    }


def _span(span: timedelta, *, up: bool = False) -> str:
    """Return a duration in hours and, unless it is long, minutes; nobody has what is not whole."""
    seconds = round(span.total_seconds())
    minutes = -(-seconds // 60) if up else seconds // 60
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return _("{minutes} min").format(minutes=minutes)
    if not minutes or hours >= _LONG:
        return _("{hours} h").format(hours=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)


def _seconds(span: timedelta) -> int:
    return round(span.total_seconds())


def _time(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None
