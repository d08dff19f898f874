"""Clocks say what is counted quarter of an hour by quarter of an hour, whatever happens to a ticket."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tracker.hours import Hours
from tracker.model.calendar import DAYS, Calendar
from tracker.service_levels.clocks import Clock, Statuses, clocks
from tracker.service_levels.reading import State, Target, read

QUARTER = timedelta(minutes=15)
ZONES = [ZoneInfo(name) for name in ("Europe/Paris", "America/Toronto", "Australia/Lord_Howe", "UTC")]
NEAR_CHANGES = [datetime(2026, 3, 27, tzinfo=UTC), datetime(2025, 10, 24, tzinfo=UTC)]
DESK = Statuses(lambda status: status != "resolved", lambda status: status == "open")

PLACES = st.integers(0, 24 * 4).map(lambda quarter: quarter * 15)
WINDOWS = st.lists(PLACES, max_size=4, unique=True).map(sorted)
HOURS = st.lists(WINDOWS, min_size=7, max_size=7).filter(any)
STEPS = st.dictionaries(st.integers(1, 400), st.sampled_from(["open", "waiting", "resolved"]), max_size=8)
ANSWERS = st.lists(st.integers(0, 400), max_size=5)
SITUATIONS = st.tuples(
    st.sampled_from(NEAR_CHANGES), st.sampled_from(["open", "waiting"]), STEPS, ANSWERS, st.integers(0, 400)
)
Situation = tuple[datetime, str, dict[int, str], list[int], int]
Week = list[list[int]]


def calendar(week: Week, closed: set[int], start: datetime) -> Calendar:
    """Return a calendar of a week, with some closed days from a moment on."""
    spans = {
        day: ", ".join(
            f"{_clock(one)}-{_clock(other)}" for one, other in zip(*[iter(marks)] * 2, strict=False)
        )
        for day, marks in zip(DAYS, week, strict=True)
        if len(marks) > 1
    }
    days = [(start + timedelta(days=day)).date().isoformat() for day in closed]
    return Calendar.model_validate({"hours": spans or {"mon": "09:00-10:00"}, "closed": days})


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def works(moment: datetime, zone: ZoneInfo, desk: Calendar) -> bool:
    """Whether a quarter of an hour is worked, by the clock on the wall."""
    local = moment.astimezone(zone)
    minute = local.hour * 60 + local.minute
    closed = any(first <= local.date() <= last for first, last in desk.closed)
    windows = desk.hours.get(DAYS[local.weekday()], [])
    return not closed and any(opens <= minute < (closes or 24 * 60) for opens, closes in windows)


def counted(situation: Situation, zone: ZoneInfo, desk: Calendar) -> dict[str, timedelta]:
    """Return how much of each clock is used, counted step by step."""
    start, status, steps, answers, length = situation
    used = {"first_response": timedelta(), "resolution": timedelta()}
    answered = ended = False
    for step in range(length + 1):
        before, status = status, steps.get(step, status)
        if before != "resolved" == status:
            answered = ended = True
        if before == "resolved" != status:
            ended = False
            used["next_update"] = timedelta()
        if step in answers:
            answered = True
            if status != "resolved":
                used["next_update"] = timedelta()
                ended = False
        moment = start + step * QUARTER
        if step < length and status == "open" and works(moment, zone, desk):
            used["resolution"] += QUARTER
            if not answered:
                used["first_response"] += QUARTER
            if "next_update" in used and not ended:
                used["next_update"] += QUARTER
    return used


def known(situation: Situation) -> tuple[dict[str, Clock], datetime]:
    """Return the newest clock of each name, and the moment at which they are read."""
    start, status, steps, answers, length = situation
    told = [(start, status), *((start + step * QUARTER, value) for step, value in sorted(steps.items()))]
    now = start + length * QUARTER
    return {
        one.name: one for one in clocks(told, [start + step * QUARTER for step in answers], DESK, now)
    }, now


@given(SITUATIONS, st.sampled_from(ZONES), HOURS, st.sets(st.integers(0, 4), max_size=2))
def test_what_is_used_is_what_is_counted(
    situation: Situation, zone: ZoneInfo, week: Week, closed: set[int]
) -> None:
    desk = calendar(week, closed, situation[0])
    hours = desk.in_zone(zone)
    found, now = known(situation)
    target = Target("all", timedelta(hours=8), 75)
    assert {name: read(one, target, hours, now).elapsed for name, one in found.items()} == counted(
        situation, zone, desk
    )


def readings(situation: Situation, hours: Hours, hour: int) -> None:
    """Hold the readings of a ticket at several moments against each other."""
    found, now = known(situation)
    target = Target("all", hour * QUARTER, 75)
    for clock in found.values():
        times = [now + number * timedelta(hours=7) for number in range(4)]
        several = [read(clock, target, hours, time) for time in times]
        assert all(one.elapsed <= other.elapsed for one, other in pairwise(several))
        first = several[0]
        if first.due and first.state in (State.RUNNING, State.WARNING):
            assert first.due >= now
            assert read(clock, target, hours, first.due).left == timedelta()
        if first.state is State.LATE:
            assert first.due is not None
            assert first.due < now
            assert read(clock, target, hours, first.due).left == timedelta()
        assert first.left == target.time - first.elapsed
        assert (first.due is None) <= (first.state is State.PAUSED)


@given(SITUATIONS, st.sampled_from(ZONES), HOURS, st.integers(1, 100))
def test_time_only_goes_on_and_what_is_due_then_has_nothing_left(
    situation: Situation, zone: ZoneInfo, week: Week, hour: int
) -> None:
    readings(situation, calendar(week, set(), situation[0]).in_zone(zone), hour)
