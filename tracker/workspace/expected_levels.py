"""What a scenario expects of clocks, beside what they say."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tracker.model.problem import Problem, ProblemKind, unknown_key
from tracker.model.rules import CLOCKS
from tracker.translation import _
from tracker.workspace.scenario import moment_at, unknown_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from zoneinfo import ZoneInfo

    from tracker.service_levels.reading import Reading
    from tracker.workspace.scenario import Values

_SPAN = re.compile(r"(-?)(?:(\d{1,6})h)?\s*(?:(\d{1,7})m(?:in)?)?\s*(?:(\d{1,7})s)?")
_SPANS, _MOMENTS = ("target", "elapsed", "left"), ("start", "due", "ended")
_ASKED = ("policy", "state", *_SPANS, *_MOMENTS)
_NOTHING = "none"


def expectation_problems(expected: Values) -> Iterator[Problem]:
    """Yield each clock that there is not, and what no clock says."""
    for clock, wanted in expected.items():
        if clock not in CLOCKS:
            yield unknown_key(("expect", clock), CLOCKS)
        elif isinstance(wanted, dict):
            yield from unknown_keys(("expect", clock), wanted, _ASKED)
        elif wanted != _NOTHING:
            message = _("{field} must be {form}.").format(
                field=f"expect.{clock}", form=_("“none”, or a mapping of what the clock says")
            )
            yield Problem(ProblemKind.FORM, ("expect", clock), message)


def differences(expected: Values, readings: Mapping[str, Reading], zone: ZoneInfo) -> Iterator[Problem]:
    """Yield what clocks say otherwise than expected.

    Args:
        expected: `none`, or what it should say, by the clock's name.
        readings: what each says that runs or ran.
        zone: in which moments are read and told.

    Raises:
        RefusedValueError: a moment cannot be understood.
    """
    for clock, wanted in expected.items():
        for message in _differing(clock, wanted, readings.get(clock), zone):
            yield Problem(ProblemKind.VALUE, ("expect", clock), message)


def _differing(clock: str, wanted: Any, reading: Reading | None, zone: ZoneInfo) -> Iterator[str]:
    """Yield what a clock says otherwise than it should."""
    if wanted == _NOTHING or reading is None:
        if wanted != _NOTHING or reading is not None:
            said = reading.state.value if reading else _NOTHING
            yield _("{clock} is {said}.").format(clock=clock, said=said)
        return
    for name, value in wanted.items():
        held = getattr(reading, name)
        if held != _wanted(name, value, zone):
            message = _("{name} of {clock} is {said}, not {wanted}.")
            yield message.format(name=name, clock=clock, said=_in_words(held, zone), wanted=value)


def _wanted(name: str, value: Any, zone: ZoneInfo) -> Any:
    """Return what a scenario means."""
    if value == _NOTHING:
        return None
    if name in _MOMENTS:
        return moment_at(value, zone)
    found = _SPAN.fullmatch(str(value)) if name in _SPANS else None
    if found is None:
        return value
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    return timedelta(hours=hours, minutes=minutes, seconds=seconds) * (-1 if found[1] else 1)


def _in_words(held: Any, zone: ZoneInfo) -> str:
    if isinstance(held, timedelta):
        minutes, seconds = divmod(round(abs(held).total_seconds()), 60)
        whole = f"{minutes // 60}h {minutes % 60}m" + (f" {seconds}s" if seconds else "")
        return f"-{whole}" if held < timedelta() else whole
    if isinstance(held, datetime):
        return held.astimezone(zone).isoformat(timespec="minutes")
    return _NOTHING if held is None else str(held)
