"""Playing a scenario of service levels: a ticket that is nowhere but in a file, and what must come of it."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import RefusedValueError
from tracker.history.changes import field_changes
from tracker.history.event import Event, Kind, Landing
from tracker.metrics.course import FOLLOWED
from tracker.model.entry import Entry
from tracker.model.fields import ticket_fields
from tracker.model.problem import unknown_value
from tracker.model.ticket import TicketReader
from tracker.query.row import row_of
from tracker.store.chronicle import Happened
from tracker.translation import _
from tracker.workspace.courses import Teller
from tracker.workspace.expected_levels import differences, expectation_problems
from tracker.workspace.policies import Edition
from tracker.workspace.rule_queries import rule_vocabulary
from tracker.workspace.scenario import (
    configured,
    mapping_at,
    mappings_at,
    moment_at,
    ticket_problems,
    unknown_keys,
)
from tracker.workspace.service_levels import ServiceLevels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from tracker.model.problem import Problem
    from tracker.service_levels.reading import Reading
    from tracker.workspace.scenario import Keys, Values

_KNOWN = ("scenario", "now", "settings", "ticket", "history", "expect")
_STEP = ("at", "set", "comment", "visibility", "automatic", "settings")
_HOME = "tickets/2026/01/HD-1.md"
_BEGINNING = datetime.min.replace(tzinfo=UTC)


class _Played(NamedTuple):
    """What a scenario tells: the settings from when on, what the ticket says at last, and its story."""

    settings: list[tuple[datetime, Values]]
    values: Values
    story: list[Happened]


def rehearse_levels(settings: Values, scenario: Values) -> list[Problem]:
    """Return what is otherwise than a scenario expects, or what is wrong with it; nothing where all is well.

    Args:
        settings: of the desk, as they are written; what a scenario says of a section replaces that.
        scenario: as it is written in a file: `ticket` has its fields, `history` what happened to it, the
            filing first, and `expect` what each clock says at `now`, or at the end of the history.

    Raises:
        RefusedValueError: the scenario, or the settings that it makes, cannot be understood.
    """
    settings = {**settings, **mapping_at(scenario, "settings")}
    zone, expected = configured(settings).zone, mapping_at(scenario, "expect")
    problems = [*_slips(settings, scenario), *expectation_problems(expected)]
    if problems:
        return problems
    steps, now = _steps(scenario, zone)
    readings = {reading.clock: reading for reading in _readings(_play(settings, scenario, steps), now)}
    return [*differences(expected, readings, zone)]


def _slips(settings: Values, scenario: Values) -> Iterator[Problem]:
    """Yield what means nothing in a scenario: a key, a field, or a person that the desk does not have."""
    history = mappings_at(scenario, "history", _("a list of what happened, each with its time"))
    for step in history:
        settings = {**settings, **mapping_at(step, "settings")}
    configuration = configured(settings)
    yield from unknown_keys((), scenario, _KNOWN)
    said: list[tuple[Keys, Values]] = [(("ticket",), mapping_at(scenario, "ticket"))]
    for place, step in enumerate(history):
        yield from unknown_keys(("history", place), step, _STEP)
        said.append((("history", place, "set"), mapping_at(step, "set")))
        author = step.get("comment", "@")
        if not isinstance(author, str) or (author not in configuration.people and "@" not in author):
            yield unknown_value(("history", place, "comment"), author, configuration.people)
    yield from ticket_problems(configuration, said)


def _steps(scenario: Values, zone: ZoneInfo) -> tuple[list[tuple[datetime, Values]], datetime]:
    """Return what happens until the moment at which the clocks are read, and that moment."""
    told = [(moment_at(step.get("at"), zone), step) for step in scenario["history"]]
    if not told:
        raise RefusedValueError(_("A scenario needs a history, with a time for each step."), "")
    if any(later[0] < earlier[0] for earlier, later in pairwise(told)):
        raise RefusedValueError(_("The history is not in order of time."), "")
    now = moment_at(scenario["now"], zone) if "now" in scenario else told[-1][0]
    if now < told[0][0]:
        raise RefusedValueError(_("Nothing has happened yet at {time}.").format(time=scenario["now"]), "")
    return [(time, step) for time, step in told if time <= now], now


def _play(settings: Values, scenario: Values, steps: Sequence[tuple[datetime, Values]]) -> _Played:
    """Return what happens in some steps."""
    held = [(_BEGINNING, settings)]
    filed = {"id": "HD-1", "title": str(scenario.get("scenario", "")), "created": steps[0][0].isoformat()}
    values = {"status": configured(settings).first_status, **filed, **mapping_at(scenario, "ticket")}
    story: list[Happened] = []
    for time, step in steps:
        landing = Landing("", time, "", "", "", ())
        events = [] if story else [Event(1, Kind.CREATED)]
        if "comment" in step:
            said = {"author": step["comment"], "created": time.isoformat(), **step}
            events.append(Event(1, Kind.COMMENTED, new=said))
        if "settings" in step:
            held.append((time, {**held[-1][1], **mapping_at(step, "settings")}))
        after = {
            name: value for name, value in {**values, **mapping_at(step, "set")}.items() if value is not None
        }
        events += (Event(1, Kind.CHANGED, *change) for change in field_changes(values, after))
        story += (Happened(event, landing, _HOME) for event in events)
        values = after
    return _Played(held, values, story[::-1])


def _readings(played: _Played, now: datetime) -> list[Reading]:
    each = [(time, configured(settings)) for time, settings in played.settings]
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
