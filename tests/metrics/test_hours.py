"""Working hours are the minutes in which somebody works, counted one by one."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.hours import Hours
from tracker.model.calendar import Calendar
from tracker.model.configuration import Configuration
from tracker.model.problem import Problem
from tracker.model.reading import read_configuration

PARIS = ZoneInfo("Europe/Paris")
ZONES = [PARIS, ZoneInfo("America/Toronto"), ZoneInfo("Asia/Kathmandu"), ZoneInfo("Australia/Lord_Howe")]
MINUTES = st.integers(0, 24 * 60 - 1).map(lambda minute: minute - minute % 15)
WINDOWS = st.lists(st.tuples(MINUTES, MINUTES.map(lambda minute: minute + 15)), max_size=2).map(sorted)
NEAR_CHANGES = [
    datetime(2026, 3, 27, tzinfo=UTC),
    datetime(2025, 10, 24, tzinfo=UTC),
    datetime(2026, 12, 30, tzinfo=UTC),
]
QUARTER = timedelta(minutes=15)


@given(
    st.sampled_from(ZONES),
    st.lists(WINDOWS, min_size=7, max_size=7),
    st.sampled_from(NEAR_CHANGES),
    st.integers(0, 400),
    st.integers(0, 400),
    st.sets(st.integers(0, 5), max_size=2),
)
def test_hours_are_what_is_counted_minute_by_minute(
    zone: ZoneInfo,
    week: list[list[tuple[int, int]]],
    first: datetime,
    offset: int,
    length: int,
    closed: set[int],
) -> None:
    days = frozenset((first + timedelta(days=number)).date() for number in closed)
    hours, start = Hours(zone, week, days), first + offset * QUARTER
    counted = timedelta()
    for step in range(length):
        moment = start + step * QUARTER
        counted += QUARTER * _works(moment, zone, week, days)
    assert hours.between(start, start + length * QUARTER) == counted


def _works(
    moment: datetime, zone: ZoneInfo, week: list[list[tuple[int, int]]], closed: frozenset[date]
) -> bool:
    """Whether a quarter of an hour lies in a window that began on its day, or on the day before."""
    local = moment.astimezone(zone)
    for back in (0, 1):
        day = local.date() - timedelta(days=back)
        for opens, closes in [] if day in closed else week[day.weekday()]:
            last = closes if closes > opens else closes + 24 * 60
            if _at(day, opens, zone) <= moment < _at(day, last, zone):
                return True
    return False


def _at(day: date, minute: int, zone: ZoneInfo) -> datetime:
    later, minute = divmod(minute, 24 * 60)
    local = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone) + timedelta(
        days=later
    )
    return local.astimezone(UTC)


def test_absurd_times_cost_nothing() -> None:
    hours = Hours(PARIS, [[(540, 1080)]] * 7, frozenset())
    old, young = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)
    assert hours.between(young, old) == timedelta()
    assert hours.between(old, datetime(1970, 1, 1, 12, tzinfo=UTC)) == timedelta(hours=4)
    assert hours.between(datetime(9998, 12, 30, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)) == timedelta(
        hours=9
    )


def _calendar(text: dict[str, object]) -> Calendar | list[Problem]:
    read = read_configuration({"desk": "x", "calendars": {"office": text}})
    return read.calendars["office"] if isinstance(read, Configuration) else read


def test_a_calendar_says_days_and_times() -> None:
    calendar = _calendar(
        {
            "hours": {
                "mon-thu": "9:00-12:30, 13:30-18:00",
                "fri, sun": ["10:00–12:00"],
                "sat": "22:00-24:00",
            },
            "closed": ["2026-12-24/2026-12-26", "2026-05-01"],
        }
    )
    assert isinstance(calendar, Calendar)
    assert calendar.hours["wed"] == [(540, 750), (810, 1080)]
    assert calendar.hours["sun"] == [(600, 720)]
    assert calendar.hours["sat"] == [(1320, 1440)]
    hours = calendar.in_zone(PARIS)
    whole = hours.between(datetime(2026, 12, 21, tzinfo=PARIS), datetime(2026, 12, 28, tzinfo=PARIS))
    assert whole == timedelta(hours=3 * 8 + 2)  # Monday to Wednesday, and Sunday


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({"hours": {"monday": "09:00-12:00"}}, "“monday” are no days of a week."),
        ({"hours": {"fri-mon": "09:00-12:00"}}, "“fri-mon” are no days of a week."),
        ({"hours": {"mon": "9-12"}}, "“9-12” is no working time."),
        ({"hours": {"mon": "09:00-25:00"}}, "“09:00-25:00” is no working time."),
        ({"hours": {"mon-wed": "09:00-12:00", "tue": "09:00-10:00"}}, "tue is there twice."),
        ({"hours": {"mon": "09:00-12:00"}, "closed": ["2026-12-24/2026-12-01"]}, "are no closing days."),
        ({"hours": {"mon": "09:00-12:00"}, "closed": ["2026-13-24"]}, "There is no day 2026-13-24."),
        ({"hours": {"mon": "09:00-12:00"}, "closed": ["2026-01-01/9999-12-31"]}, "are no closing days."),
        ({"hours": {"mon": "17:00-17:00"}}, "“17:00-17:00” is no time at all."),
        ({"hours": {"mon-fri": "09:00-17:00, 12:00-18:00"}}, "The working times of a day overlap."),
        ({"hours": {"mon-fri": "22:00-06:00, 23:00-23:30"}}, "The working times of a day overlap."),
        ({"hours": {}}, "calendars.office.hours"),
        ({"closed": "2026-12-24"}, "calendars.office.hours"),
    ],
)
def test_what_is_wrong_with_a_calendar_is_said(written: dict[str, object], message: str) -> None:
    problems = _calendar(written)
    assert isinstance(problems, list)
    assert len(problems) == 1
    assert message in f"{problems[0].field}: {problems[0].message}"


def test_a_calendar_that_is_named_must_exist() -> None:
    problems = read_configuration(
        {"desk": "x", "calendar": "office", "locations": {"lyon": {"calendar": "none"}}}
    )
    assert isinstance(problems, list)
    assert [problem.field for problem in problems] == ["calendar", "locations.lyon.calendar"]
