"""Working hours are the minutes in which the clock on the wall shows working time, counted one by one."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate, pairwise
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from tracker.hours import Hours
from tracker.model.configuration import Configuration
from tracker.model.reading import read_configuration

DAY, MINUTE = 24 * 60, timedelta(minutes=1)
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
BEFORE, LENGTH = 6, 17
"""In days: how long a stage begins before clocks change, and how long it is."""


class Place(NamedTuple):
    """Where somebody works: the time zone, when its clocks change, and public holidays, from the almanac."""

    zone: ZoneInfo
    changes: Sequence[str]
    holidays: Any
    days: str


PLACES = [
    Place(
        ZoneInfo("Europe/Paris"),
        ("2025-10-26", "2026-03-29"),
        "FR",
        "2025-11-01 2025-11-11 2025-12-25 2026-01-01 2026-04-06",
    ),
    Place(
        ZoneInfo("America/Chicago"),
        ("2025-11-02", "2026-03-08"),
        {"country": "US", "region": "TX"},
        "2025-11-11 2025-11-27 2025-11-28 2025-12-24 2025-12-25 2025-12-26 2026-01-01 2026-01-19 2026-02-16 2026-03-02",
    ),
    Place(
        ZoneInfo("America/Toronto"),
        ("2025-11-02", "2026-03-08"),
        [{"country": "CA", "region": "ON"}],
        "2025-12-25 2025-12-26 2026-01-01 2026-02-16",
    ),
    Place(ZoneInfo("Asia/Kolkata"), (), [], ""),
    Place(
        ZoneInfo("Australia/Lord_Howe"),  # by half an hour
        ("2025-10-05", "2026-04-05"),
        {"country": "AU", "region": "NSW"},
        "2025-10-06 2025-12-25 2025-12-26 2026-01-01 2026-01-26 2026-04-03 2026-04-04 2026-04-05 2026-04-06",
    ),
    Place(
        ZoneInfo("America/St_Johns"),
        ("2025-11-02", "2026-03-08"),
        ["FR", {"country": "CA", "region": "NL"}],
        "2025-11-01 2025-11-11 2025-12-25 2026-01-01",
    ),
    Place(
        ZoneInfo("UTC"),
        (),
        {"country": "GB", "region": "ENG"},
        "2025-12-25 2025-12-26 2026-01-01 2026-04-03 2026-04-06",
    ),
    Place(ZoneInfo("Africa/Casablanca"), ("2008-06-01",), [], ""),  # at midnight, as it is in UTC
    Place(ZoneInfo("Pacific/Apia"), ("2011-12-30",), [], ""),  # a day that never was
]
STAGES = [
    (place, datetime.fromisoformat(day).replace(tzinfo=UTC) - timedelta(days=BEFORE))
    for place in PLACES
    for day in (*place.changes, *place.changes, "2026-01-01", "2026-02-12")
]


def minutes_of(days: int) -> st.SearchStrategy[int]:
    """Draw a number of minutes, with no liking for small ones."""
    return st.builds(
        lambda hours, minutes: hours * 60 + minutes, st.integers(0, days * 24 - 1), st.integers(0, 59)
    )


TIMES = st.integers(0, DAY) | st.integers(45, 210)  # in minutes; from 0:45 to 3:30 clocks change


@st.composite
def weeks(draw: st.DrawFn) -> list[list[tuple[int, int]]]:
    """Draw the windows of each day: there are two kinds of days, with up to three; one kind may have none."""
    kinds = []
    for least in (2, 0):
        cuts = sorted(draw(st.sets(TIMES, min_size=least, max_size=5)))
        if len(cuts) % 2:  # the last window ends on the next day, or there is none
            opens = cuts.pop()
            cuts += [opens, draw(st.integers(0, opens - 1))] if 0 < opens < DAY else []
        kinds.append([*zip(cuts[::2], cuts[1::2], strict=True)])
    return [kinds[0], *(kinds[draw(st.integers(0, 1))] for _day in WEEK[1:])]


def calendar(week: list[list[tuple[int, int]]], closed: Iterable[date], holidays: Any) -> dict[str, Any]:
    """Write a calendar as tracker.yml has it."""
    hours = {
        day: [
            f"{opens // 60:02}:{opens % 60:02}-{closes // 60:02}:{closes % 60:02}"
            for opens, closes in windows
        ]
        for day, windows in zip(WEEK, week, strict=True)
    }
    return {"hours": hours, "closed": [day.isoformat() for day in closed], "holidays": holidays}


def hours_of(written: dict[str, Any], zone: ZoneInfo) -> Hours:
    """Return the hours of the only calendar of a desk."""
    values = {"desk": "x", "time_zone": zone.key, "calendars": {"office": written}, "calendar": "office"}
    read = read_configuration(values)
    assert isinstance(read, Configuration), read
    hours = read.hours_at(None)
    assert hours is not None
    return hours


@cache
def clock(zone: ZoneInfo, first: datetime) -> list[int]:
    """Read the clock on the wall in each minute: the minutes that it shows since midnight two days before."""
    shown, base = [], first.date() - timedelta(days=2)
    for number in range(LENGTH * DAY):
        local = (first + number * MINUTE).astimezone(zone)
        shown.append((local.date() - base).days * DAY + local.hour * 60 + local.minute)
    return shown


def worked(place: Place, first: datetime, week: list[list[tuple[int, int]]], closed: set[date]) -> list[int]:
    """Say of each minute since the first whether somebody works in it: 1 or 0."""
    shows = bytearray((LENGTH + 5) * DAY)  # of each minute that a clock may show, whether it is working time
    for number in range(LENGTH + 3):
        day = first.date() + timedelta(days=number - 2)
        if day in closed or day.isoformat() in place.days:
            continue
        for opens, closes in week[day.weekday()]:
            for minute in range(opens, closes if closes > opens else closes + DAY):
                shows[number * DAY + minute] = 1
    return [shows[shown] for shown in clock(place.zone, first)]


@settings(max_examples=max(300, settings().max_examples))
@given(
    st.sampled_from(STAGES),
    weeks(),
    st.sets(st.integers(-1, LENGTH), max_size=2),
    st.tuples(minutes_of(BEFORE), minutes_of(4)),
    st.lists(minutes_of(10), max_size=6),
    minutes_of(4),
)
def test_hours_are_what_is_counted_minute_by_minute(
    stage: tuple[Place, datetime],
    week: list[list[tuple[int, int]]],
    closing: set[int],
    around: tuple[int, int],
    cuts: list[int],
    wanted: int,
) -> None:
    place, first = stage
    closed = {first.date() + timedelta(days=number) for number in closing}
    hours = hours_of(calendar(week, closed, place.holidays), place.zone)
    minutes = worked(place, first, week, closed)
    begin, end = BEFORE * DAY - around[0], BEFORE * DAY + around[1]
    event(f"ends as far from UTC as it began: {is_even(place, first, begin, end)}")

    def between(start: int, until: int) -> timedelta:
        zone = place.zone if start % 2 else UTC
        return hours.between((first + start * MINUTE).astimezone(zone), first + until * MINUTE)

    assert between(begin, end) == sum(minutes[begin:end]) * MINUTE

    # Time runs from the start to the first cut, pauses until the second, and so on.
    turns = [begin, *sorted(min(begin + cut, end) for cut in cuts), end]
    running = [*pairwise(turns)][::2]
    paused = {minute for start, until in [*pairwise(turns)][1::2] for minute in range(start, until)}
    counted = sum(minutes[minute] for minute in range(begin, end) if minute not in paused)
    assert sum((between(*turn) for turn in running), timedelta()) == counted * MINUTE

    assert hours.is_worked(first + begin * MINUTE) == minutes[begin]

    found, start = hours.after(first + begin * MINUTE, wanted * MINUTE), first + begin * MINUTE
    reached = (number for number, done in enumerate(accumulate(minutes[begin:]), 1) if done == wanted)
    expected = next(reached, None) if wanted else 0
    if expected is not None:
        assert found == start + expected * MINUTE
    else:
        assert found is None or found > first + timedelta(days=LENGTH)


def is_even(place: Place, first: datetime, begin: int, end: int) -> bool:
    """Whether the distance from UTC is the same at both ends of a span."""
    start, until = ((first + number * MINUTE).astimezone(place.zone) for number in (begin, end))
    return start.utcoffset() == until.utcoffset()


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.zone.key)
def test_the_almanac_knows_the_same_public_holidays(place: Place) -> None:
    hours = hours_of(calendar([[(0, DAY)]] * 7, (), place.holidays), ZoneInfo("UTC"))
    noons = [datetime(2025, 9, 29, 12, tzinfo=UTC) + timedelta(days=number) for number in range(190)]
    free = {noon.date().isoformat() for noon in noons if not hours.is_worked(noon)}
    shown = {
        (first + timedelta(days=number)).date().isoformat()
        for at, first in STAGES
        for number in range(LENGTH)
        if at == place
    }
    assert free & shown == set(place.days.split()) & shown


MOMENTS = st.datetimes(datetime(1969, 12, 20), datetime(2150, 1, 1), timezones=st.just(UTC))


@given(
    st.sampled_from(PLACES),
    weeks(),
    MOMENTS,
    st.timedeltas(timedelta(), timedelta(days=40)),
)
def test_what_is_due_is_the_first_moment_at_which_so_much_is_worked(
    place: Place, week: list[list[tuple[int, int]]], start: datetime, span: timedelta
) -> None:
    hours = hours_of(calendar(week, (), place.holidays), place.zone)
    due = hours.after(start, span)
    if due is None:
        assert hours.between(start, start + timedelta(days=36_000)) < span
        return
    assert hours.between(start, due) == span
    if span:
        assert hours.between(start, due - timedelta(microseconds=1)) < span
    else:
        assert due == start
