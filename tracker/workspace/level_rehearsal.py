"""Playing a scenario of service levels: a ticket that is nowhere but in a file, and what must come of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.errors import UsageError
from tracker.history.changes import field_changes
from tracker.history.event import Event, Kind, Landing
from tracker.metrics.course import FOLLOWED
from tracker.model.configuration import Configuration
from tracker.model.entry import Entry
from tracker.model.fields import ticket_fields
from tracker.model.reading import read_configuration
from tracker.model.rules import CLOCKS
from tracker.model.ticket import TicketReader
from tracker.query.row import row_of
from tracker.query.timing import moment_of
from tracker.store.chronicle import Happened
from tracker.translation import _
from tracker.workspace.courses import Teller
from tracker.workspace.policies import Edition
from tracker.workspace.rule_queries import rule_vocabulary
from tracker.workspace.service_levels import ServiceLevels

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from tracker.service_levels.reading import Reading

    Values = Mapping[str, Any]

_HOME = "tickets/2026/01/HD-1.md"
_BEGINNING = datetime.min.replace(tzinfo=UTC)
_SPAN = re.compile(r"(-?)(?:(\d{1,6})h)?\s*(?:(\d{1,7})m(?:in)?)?\s*(?:(\d{1,7})s)?")
_SPANS, _MOMENTS = ("target", "elapsed", "left"), ("start", "due", "ended")
_NOTHING = "none"


class _Played(NamedTuple):
    """What a scenario tells: the settings from when on, what the ticket says at last, and its story."""

    settings: list[tuple[datetime, Values]]
    values: Values
    story: list[Happened]


def rehearse_levels(settings: Values, scenario: Values) -> list[str]:
    """Return what is otherwise than a scenario expects, in words; nothing where all is as it should be.

    Args:
        settings: of the desk, as they are written; what a scenario says of a section replaces that.
        scenario: as it is written in a file: `ticket` has its fields, `history` what happened to it, the
            filing first, and `expect` what each clock says at `now`, or at the end of the history.

    Raises:
        UsageError: the scenario, or the settings that it makes, cannot be understood.
    """
    settings = {**settings, **scenario.get("settings", {})}
    zone = _configuration(settings).zone
    steps, now = _steps(scenario, zone)
    readings = {reading.clock: reading for reading in _readings(_play(settings, scenario, steps), now)}
    expected = scenario.get("expect") or {}
    unknown = [clock for clock in expected if clock not in CLOCKS]
    if unknown:
        raise UsageError(_("There is no clock “{name}”.").format(name=unknown[0]), ", ".join(CLOCKS))
    each = ((clock, wanted, readings.get(clock)) for clock, wanted in expected.items())
    return [said for told in each for said in _differing(*told, zone)]


def _steps(scenario: Values, zone: ZoneInfo) -> tuple[list[tuple[datetime, Values]], datetime]:
    """Return what happens until the moment at which the clocks are read, and that moment."""
    history = scenario.get("history")
    if not isinstance(history, list) or not history or not all(isinstance(step, dict) for step in history):
        raise UsageError(_("A scenario needs a history, with a time for each step."))
    told = [(_moment(step.get("at"), zone), step) for step in history]
    now = _moment(scenario["now"], zone) if "now" in scenario else told[-1][0]
    if now < told[0][0]:
        raise UsageError(_("Nothing has happened yet at {time}.").format(time=scenario["now"]))
    return [(time, step) for time, step in told if time <= now], now


def _play(settings: Values, scenario: Values, steps: Sequence[tuple[datetime, Values]]) -> _Played:
    """Return what happens in some steps."""
    held = [(_BEGINNING, settings)]
    filed = {"id": "HD-1", "title": str(scenario.get("scenario", "")), "created": steps[0][0].isoformat()}
    values = {"status": _configuration(settings).first_status, **filed, **scenario.get("ticket", {})}
    story: list[Happened] = []
    for time, step in steps:
        landing = Landing("", time, "", "", "", ())
        events = [] if story else [Event(1, Kind.CREATED)]
        if "comment" in step:
            said = {"author": step["comment"], "created": time.isoformat(), **step}
            events.append(Event(1, Kind.COMMENTED, new=said))
        if "settings" in step:
            held.append((time, {**held[-1][1], **step["settings"]}))
        after = {
            name: value for name, value in {**values, **step.get("set", {})}.items() if value is not None
        }
        events += (Event(1, Kind.CHANGED, *change) for change in field_changes(values, after))
        story += (Happened(event, landing, _HOME) for event in events)
        values = after
    return _Played(held, values, story[::-1])


def _readings(played: _Played, now: datetime) -> list[Reading]:
    each = [(time, _configuration(settings)) for time, settings in played.settings]
    configuration = each[-1][1]
    levels = ServiceLevels(
        [Edition(time, one.service_levels, rule_vocabulary(one)) for time, one in each], configuration
    )
    fields = ticket_fields(configuration)
    course = Teller(configuration, fields, (*FOLLOWED, *levels.fields)).course(played.story, played.values)
    ticket, _problems = TicketReader.of(configuration, fields).read(played.values, ())
    row = row_of(
        Entry(_HOME, ticket, played.values, ""), configuration, now.astimezone(configuration.zone).date()
    )
    return levels.readings(course, row, now)


def _configuration(settings: Values) -> Configuration:
    read = read_configuration(settings)
    if isinstance(read, Configuration):
        return read
    raise UsageError(f"{'.'.join(map(str, read[0].keys))}: {read[0].message}", read[0].hint)


def _differing(clock: str, wanted: Any, reading: Reading | None, zone: ZoneInfo) -> Iterator[str]:
    """Yield what a clock says otherwise than it should."""
    if wanted == _NOTHING or reading is None:
        if wanted != _NOTHING or reading is not None:
            said = reading.state.value if reading else _NOTHING
            yield _("{clock} is {said}.").format(clock=clock, said=said)
        return
    for name, value in wanted.items():
        held = getattr(reading, name, None)
        if held != _wanted(name, value, zone):
            message = _("{name} of {clock} is {said}, not {wanted}.")
            yield message.format(name=name, clock=clock, said=_in_words(held, zone), wanted=value)


def _wanted(name: str, value: Any, zone: ZoneInfo) -> Any:
    """Return what a scenario means."""
    if value == _NOTHING:
        return None
    if name in _MOMENTS:
        return _moment(value, zone)
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


def _moment(written: Any, zone: ZoneInfo) -> datetime:
    found = moment_of(written, zone) if isinstance(written, str) else None
    if found is None:
        raise UsageError(_("“{value}” is no time.").format(value=written), _("Write 2026-11-27T17:30+01:00."))
    return found
