"""What the clocks of service levels say, for a person at a terminal and for programs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tracker.metrics.words import NOTHING
from tracker.service_levels.reading import State

if TYPE_CHECKING:
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


def due_in(reading: Reading, zone: tzinfo | None = None) -> str:
    """Return when a clock's target is used up, in a time zone; None for that of this machine."""
    return f"{reading.due.astimezone(zone):%Y-%m-%d %H:%M}" if reading.due else NOTHING


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


def _seconds(span: timedelta) -> int:
    return round(span.total_seconds())


def _time(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None
