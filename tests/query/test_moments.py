"""Moments as people write them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import UsageError
from tracker.query.moments import read_past, read_span, whole_days

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 24, 15, 30, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026", "2026-01-01T00:00+01:00", "2027-01-01T00:00+01:00"),
        ("2026-07", "2026-07-01T00:00+02:00", "2026-08-01T00:00+02:00"),
        ("2026-10", "2026-10-01T00:00+02:00", "2026-11-01T00:00+01:00"),
        ("2026-10-25", "2026-10-25T00:00+02:00", "2026-10-26T00:00+01:00"),
        ("2026-11-24T10:00", "2026-11-24T10:00+01:00", "2026-11-24T10:00+01:00"),
        ("2026-11-24 10:00:30", "2026-11-24T10:00:30+01:00", "2026-11-24T10:00:30+01:00"),
        ("2026-11-24t10:00z", "2026-11-24T11:00+01:00", "2026-11-24T11:00+01:00"),
        ("2026-11-24T10:00-0600", "2026-11-24T17:00+01:00", "2026-11-24T17:00+01:00"),
        ("today", "2026-11-24T00:00+01:00", "2026-11-25T00:00+01:00"),
        ("Yesterday", "2026-11-23T00:00+01:00", "2026-11-24T00:00+01:00"),
        ("tomorrow", "2026-11-25T00:00+01:00", "2026-11-26T00:00+01:00"),
        ("now", "2026-11-24T15:30+01:00", "2026-11-24T15:30+01:00"),
        ("7d", "2026-12-01T00:00+01:00", "2026-12-02T00:00+01:00"),
        ("-2w", "2026-11-10T00:00+01:00", "2026-11-11T00:00+01:00"),
        ("3m", "2027-02-24T00:00+01:00", "2027-02-25T00:00+01:00"),
        ("-1y", "2025-11-24T00:00+01:00", "2025-11-25T00:00+01:00"),
        ("-3h", "2026-11-24T12:30+01:00", "2026-11-24T12:30+01:00"),
        ("+90min", "2026-11-24T17:00+01:00", "2026-11-24T17:00+01:00"),
    ],
)
def test_what_is_meant(text: str, start: str, end: str) -> None:
    span = read_span(text, NOW)
    assert span is not None
    assert (span.start, span.end) == (datetime.fromisoformat(start), datetime.fromisoformat(end))


@pytest.mark.parametrize(
    "text",
    [
        "today",
        "Yesterday",
        "7d",
        "-2w",
        "+1d",
        "99999d",
        "2026",
        "2026-07",
        "2026-10-25",
        "2028-02-29",
        "9998",
    ],
)
@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Montreal", "Asia/Kathmandu"])
@pytest.mark.parametrize("day", ["2026-03-29T02:30", "2026-10-25T23:59", "2028-02-29T00:00"])
def test_some_days_are_whole_whenever_they_are_read(text: str, zone: str, day: str) -> None:
    now = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone))
    span, days = read_span(text, now), whole_days(text)
    assert span is not None
    assert days is not None
    from_today, first, after = days
    today = now.toordinal() if from_today else 0
    assert (span.start.toordinal(), span.end.toordinal()) == (today + first, today + after)


@pytest.mark.parametrize(
    "text", ["now", "3h", "-90min", "1m", "-1y", "2026-11-24T10:00", "2026-02-30", "9999", "soon"]
)
def test_others_are_not(text: str) -> None:
    assert whole_days(text) is None


def test_hours_count_as_they_pass_where_clocks_change() -> None:
    after = datetime(2026, 10, 25, 4, 0, tzinfo=PARIS)
    span = read_span("-3h", after)
    assert span is not None
    assert after.timestamp() - span.start.timestamp() == 3 * 3600
    assert span.start.isoformat() == "2026-10-25T02:00:00+02:00"


def test_the_last_day_of_a_shorter_month_is_meant() -> None:
    span = read_span("1m", datetime(2027, 1, 31, 12, tzinfo=PARIS))
    assert span is not None
    assert span.start.date().isoformat() == "2027-02-28"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026-13",
        "2026-02-30",
        "2026-11-24T25:00",
        "7",
        "d",
        "99999y",
        "26",
        "٢٠٢٦",
        "2026-11-24T10",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert read_span(text, NOW) is None


def test_in_the_past_a_distance_goes_back() -> None:
    assert read_past("7d", NOW).start == datetime(2026, 11, 17, tzinfo=PARIS)
    assert read_past("-7d", NOW) == read_past("7d", NOW)
    with pytest.raises(UsageError, match="no time"):
        read_past("soon", NOW)


@given(
    st.text(max_size=30) | st.from_regex(r"[+-]?[0-9]{1,6}(min|h|d|w|m|y)"),
    st.datetimes(timezones=st.just(PARIS)),
)
def test_no_text_does_harm(text: str, now: datetime) -> None:
    span = read_span(text, now)
    assert span is None or span.end - span.start >= timedelta(0)
