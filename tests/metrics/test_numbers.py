"""What holds for the numbers of any tickets."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tracker.hours import Hours
from tracker.metrics.course import Change, Course, Step, steps_of
from tracker.metrics.flow import flow, intervals
from tracker.metrics.numbers import Customs, Period, grouped, numbers

START = datetime(2026, 3, 1, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Paris")
OFFICE = Hours(ZONE, [[(540, 720), (840, 1080)]] * 5 + [[], []], lambda _day: False)
CUSTOMS = Customs(lambda status: status not in ("resolved", "closed"), lambda _place: OFFICE, ZONE)
STATUSES = st.sampled_from(["new", "open", "waiting", "resolved", "closed"])
MOMENTS = st.integers(0, 60 * 24).map(lambda hour: START + timedelta(hours=hour))


@st.composite
def courses(draw: st.DrawFn) -> Course:
    """A ticket with up to six statuses and persons, one after the other."""
    times = sorted(draw(st.lists(MOMENTS, min_size=1, max_size=6, unique=True)))
    landed, start = times[0], times[0] - timedelta(hours=draw(st.integers(0, 72)))

    def steps(values: st.SearchStrategy[str | None]) -> list[Step]:
        return [Step(time, draw(values)) for time in (start, *times[1:])]

    people = st.sampled_from(["ada", "omar", None])
    return Course(
        draw(st.uuids().map(str)),
        "",
        start,
        landed,
        {
            "status": steps(STATUSES),
            "assignee": steps(people),
            "due": steps(st.sampled_from(["2026-03-09", "2026-04-01", None, "nonsense"])),
            "location": steps(st.sampled_from(["lyon", None])),
        },
        sorted(draw(st.lists(MOMENTS, max_size=2))),
    )


@given(st.lists(courses(), max_size=8), st.lists(MOMENTS, min_size=3, max_size=3, unique=True))
def test_what_is_open_is_what_was_and_came_less_what_went(
    several: list[Course], edges: list[datetime]
) -> None:
    first, middle, last = sorted(edges)
    before = numbers(several, Period(START - timedelta(days=9), middle), CUSTOMS)
    after = numbers(several, Period(middle, last), CUSTOMS)
    whole = numbers(several, Period(START - timedelta(days=9), last), CUSTOMS)
    assert after.open == before.open + after.created + after.reopened - after.resolved
    for name in ("created", "resolved", "reopened", "reassigned", "due", "met", "landed_done"):
        assert getattr(whole, name) == getattr(before, name) + getattr(after, name), name
    assert after.reopened_tickets <= after.resolved_tickets <= after.resolved
    assert after.unanswered <= after.open == after.age.number
    assert first


@given(st.lists(courses(), max_size=8), st.lists(MOMENTS, min_size=2, max_size=2, unique=True))
def test_the_flow_tells_what_the_numbers_tell(several: list[Course], edges: list[datetime]) -> None:
    period = Period(*sorted(edges))
    whole = numbers(several, period, CUSTOMS)
    for step in ("day", "week", "month"):
        periods = intervals(period, step, ZONE)
        assert [periods[0].start, periods[-1].end] == [*period]
        assert all(one.end == other.start for one, other in pairwise(periods))
        told = flow(several, periods, CUSTOMS)
        assert told[-1].open == whole.open
        for name in ("created", "resolved", "reopened"):
            assert sum(getattr(one, name) for one in told) == getattr(whole, name)
        for one in told:
            assert one.open == numbers(several, one.period, CUSTOMS).open
    groups = grouped(several, "location", period, CUSTOMS)
    assert sum(group.open for group in groups.values()) == whole.open


@given(st.lists(courses(), max_size=8), st.lists(MOMENTS, min_size=2, max_size=2, unique=True))
def test_the_time_in_each_status_is_the_time_to_the_resolution(
    several: list[Course], edges: list[datetime]
) -> None:
    period = Period(*sorted(edges))
    for one in several:
        told = numbers([one], period, CUSTOMS)
        if told.resolution.number:
            for name in ("median", "p90", "business_median", "business_p90"):
                parts = [getattr(spread, name) for spread in told.in_status.values()]
                assert sum(parts, timedelta()) == getattr(told.resolution, name)


VALUES = st.sampled_from(["a", "b", "c", None])


@given(st.lists(VALUES, min_size=1, max_size=6))
def test_a_field_is_followed_back_from_what_it_holds_now(values: list[str | None]) -> None:
    held = [value for number, value in enumerate(values) if number == 0 or value != values[number - 1]]
    changes = [Change(START + timedelta(hours=at + 1), *pair) for at, pair in enumerate(pairwise(held))]
    steps = steps_of(changes, held[-1], START, several=False)
    assert [step.value for step in steps] == held
    assert [step.time for step in steps] == [START, *(change.time for change in changes)]


@given(st.lists(st.sets(st.sampled_from("abcd")), min_size=1, max_size=5))
def test_a_list_is_followed_back_item_by_item(values: list[set[str]]) -> None:
    changes = []
    for at, (before, after) in enumerate(pairwise(values), 1):
        time = START + timedelta(hours=at)
        changes += [Change(time, item, None) for item in sorted(before - after)]
        changes += [Change(time, None, item) for item in sorted(after - before)]
    steps = steps_of(changes, sorted(values[-1]), START, several=True)
    course = Course("x", "", START, START, {"labels": steps})
    for at, items in enumerate(values):
        found = course.at("labels", START + timedelta(hours=at))
        assert isinstance(found, list)
        assert sorted(map(str, found)) == sorted(items)
