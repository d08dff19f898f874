"""Rules of recurrence: what is refused, and that none takes long."""

import time
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.model.recurrence import first, is_sound, latest

START = datetime(2026, 1, 5, 8)
PARIS = ZoneInfo("Europe/Paris")
SOUND = [
    "FREQ=DAILY",
    "freq=weekly;byday=mo,th",
    "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=MONTHLY;BYDAY=1MO,-1FR;BYMONTH=01,07",
    "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
    "FREQ=YEARLY;BYDAY=20MO,-53TU",
    "FREQ=YEARLY;BYWEEKNO=53;BYDAY=SU",
    "FREQ=YEARLY;BYYEARDAY=-1;BYHOUR=9,14;BYMINUTE=30",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=DAILY;COUNT=1",
    "FREQ=DAILY;UNTIL=20271231",
    "FREQ=DAILY;UNTIL=20271231T000000",
    "FREQ=DAILY;UNTIL=20271231T000000Z",
]
UNSOUND = [
    "",
    "DAILY",
    "FREQ=",
    "FREQ=HOURLY",
    "FREQ=DAILY;",
    "FREQ=DAILY;FREQ=WEEKLY",
    "FREQ=DAILY;INTERVAL=0",
    "FREQ=DAILY;INTERVAL=-1",
    "FREQ=DAILY;INTERVAL=10000",
    "FREQ=DAILY;INTERVAL=٣",
    "FREQ=DAILY;COUNT=0",
    "FREQ=DAILY;BYMONTH=13",
    "FREQ=DAILY;BYMONTH=0",
    "FREQ=DAILY;BYHOUR=24",
    "FREQ=DAILY;BYMINUTE=0,30",
    "FREQ=DAILY;BYSECOND=1",
    "FREQ=DAILY;BYEASTER=0",
    "FREQ=DAILY;DTSTART=20260101",
    "FREQ=DAILY;BYSETPOS=1",
    "FREQ=WEEKLY;BYDAY=1MO",
    "FREQ=MONTHLY;BYDAY=0MO",
    "FREQ=MONTHLY;BYDAY=6MO",
    "FREQ=YEARLY;BYMONTH=12;BYDAY=-6MO",
    "FREQ=YEARLY;BYDAY=54MO",
    "FREQ=MONTHLY;BYDAY=MO(+1)",
    "FREQ=MONTHLY;BYMONTHDAY=32",
    "FREQ=YEARLY;BYYEARDAY=400",
    "FREQ=YEARLY;BYWEEKNO=54",
    "FREQ=DAILY;UNTIL=20271331",
    "FREQ=DAILY;UNTIL=00010101T000000Z",
    "FREQ=DAILY\nBYDAY=MO",
]
NEVER = [
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1",
    "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=DAILY;UNTIL=20250101",
]

NUMBERS = st.lists(st.integers(-400, 400), min_size=1, max_size=5).map(lambda some: ",".join(map(str, some)))
DAYS = st.lists(
    st.tuples(st.sampled_from(("", "1", "-1", "5", "53")), st.sampled_from(("MO", "SU"))).map("".join),
    min_size=1,
).map(",".join)
PARTS = st.dictionaries(
    st.sampled_from(
        (
            "BYMONTH",
            "BYWEEKNO",
            "BYYEARDAY",
            "BYMONTHDAY",
            "BYHOUR",
            "BYMINUTE",
            "BYSETPOS",
            "INTERVAL",
            "COUNT",
        )
    ),
    NUMBERS | st.integers(1, 31).map(str),
    max_size=4,
)
RULES = st.tuples(
    st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")).map("FREQ={}".format),
    PARTS.map(lambda parts: "".join(f";{name}={text}" for name, text in parts.items())),
    st.just("") | DAYS.map(";BYDAY={}".format),
).map("".join)
STARTS = st.datetimes(datetime(1970, 1, 1), datetime(2090, 1, 1)).map(lambda one: one.replace(microsecond=0))


@pytest.mark.parametrize("rule", SOUND)
def test_a_rule_of_the_standard_is_taken(rule: str) -> None:
    assert is_sound(rule)
    assert first(rule, START)


@pytest.mark.parametrize("rule", UNSOUND)
def test_what_the_standard_does_not_know_is_refused(rule: str) -> None:
    assert not is_sound(rule)


@pytest.mark.parametrize("rule", NEVER)
def test_a_rule_without_a_moment_has_none(rule: str) -> None:
    assert is_sound(rule)
    assert first(rule, START) is None


@given(RULES, STARTS)
@example("FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30;BYSETPOS=1,2,3,366", datetime(2073, 1, 1))
@example(
    f"FREQ=MONTHLY;BYHOUR={','.join(map(str, range(24)))};BYSETPOS=361,362,363,364", datetime(2073, 1, 1)
)
@example("FREQ=DAILY;BYYEARDAY=366;BYMONTH=1", datetime(2073, 1, 1))
def test_the_first_moment_is_soon_found_or_missed(rule: str, start: datetime) -> None:
    if not is_sound(rule):
        return
    began = time.process_time()
    found = first(rule, start)
    assert time.process_time() - began < 0.5
    if found:
        assert [found] == list(islice(rrulestr(rule, dtstart=start), 1))


@given(st.text("FREQ=DAILYMONTHUSBP;,0123456789-+Z\n", max_size=40))
def test_any_text_is_judged(text: str) -> None:
    is_sound(text)
    is_sound(f"FREQ=DAILY;{text}")


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20260110", "2026-01-10T08:00"),
        ("20260110T080000", "2026-01-10T08:00"),
        ("20260110T075959", "2026-01-09T08:00"),
        ("20260110T070000Z", "2026-01-10T08:00"),
        ("20260110T065959Z", "2026-01-09T08:00"),
        ("20300101", "2026-02-01T08:00"),
    ],
)
def test_a_rule_ends_on_a_day_or_at_a_moment_of_the_desk_or_of_the_world(until: str, last: str) -> None:
    now = datetime(2026, 2, 1, 9, tzinfo=PARIS)
    assert latest(f"FREQ=DAILY;UNTIL={until}", START, now) == datetime.fromisoformat(last)


def test_before_its_start_a_rule_has_no_latest_moment() -> None:
    assert latest("FREQ=DAILY", START, datetime(2026, 1, 5, 7, 59, tzinfo=PARIS)) is None
