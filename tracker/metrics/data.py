"""Numbers as plain data, as JSON and CSV have them: durations in seconds, times in ISO 8601."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import timedelta
    from zoneinfo import ZoneInfo

    from tracker.metrics.flow import Interval
    from tracker.metrics.numbers import Kept, Numbers, Period
    from tracker.metrics.outages import Downtime
    from tracker.metrics.spread import Spread

_SPREADS = ("first_response", "resolution", "age")
_DIGITS = 4


def numbers_data(numbers: Numbers) -> dict[str, Any]:
    """Return the numbers of a period by name; service levels where there are some."""
    kept = {clock: _kept_data(each) for clock, each in numbers.service_levels.items()}
    counts = {name: value for name, value in numbers._asdict().items() if isinstance(value, int)}
    return {
        **counts,
        "reopen_rate": _share(numbers.reopen_rate),
        "attainment": _share(numbers.attainment),
        **{name: _spread_data(getattr(numbers, name)) for name in _SPREADS},
        "in_status": {status: _spread_data(spread) for status, spread in numbers.in_status.items()},
        **({"service_levels": kept} if kept else {}),
    }


def numbers_row(numbers: Numbers) -> dict[str, Any]:
    """Return the same as a row of a table, `resolution_p90`; times in single statuses are left out."""
    row: dict[str, Any] = {}
    data = numbers_data(numbers)
    several = [*data.pop("service_levels", {}).items()]
    for name, value in [*data.items(), *several]:
        if name != "in_status":
            parts = value.items() if isinstance(value, dict) else [("", value)]
            row |= {f"{name}_{part}" if part else name: each for part, each in parts}
    return row


def interval_data(interval: Interval, zone: ZoneInfo) -> dict[str, Any]:
    """Return what happened in a day, week or month."""
    return {
        **period_data(interval.period, zone),
        "created": interval.created,
        "resolved": interval.resolved,
        "reopened": interval.reopened,
        "open": interval.open,
        "statuses": interval.statuses,
    }


def downtime_data(downtime: Downtime) -> dict[str, Any]:
    """Return how long something could not be used."""
    return {
        "tickets": downtime.tickets,
        "wall": _seconds(downtime.time.wall),
        "business": _seconds(downtime.time.business),
        "availability": round(downtime.availability, 6),
    }


def period_data(period: Period, zone: ZoneInfo) -> dict[str, str]:
    """Return from when to when, in a time zone."""
    start, end = (moment.astimezone(zone).isoformat(timespec="seconds") for moment in period)
    return {"start": start, "end": end}


def _kept_data(kept: Kept) -> dict[str, Any]:
    return {**kept._asdict(), "attainment": _share(kept.attainment)}


def _spread_data(spread: Spread) -> dict[str, Any]:
    number, *durations = spread
    names = spread._fields[1:]
    return {"number": number, **dict(zip(names, map(_seconds, durations), strict=True))}


def _seconds(duration: timedelta | None) -> int | None:
    return None if duration is None else round(duration.total_seconds())


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)
