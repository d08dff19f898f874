"""What a calendar says, and what is wrong with one; tests/test_hours_oracle.py counts."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import jsonschema
import pytest
import yaml

from tests.conftest import Run, git, write_ticket
from tracker.document import read_yaml
from tracker.hours import Hours
from tracker.model.calendar import Calendar
from tracker.model.configuration import Configuration
from tracker.model.problem import Problem
from tracker.model.public_holidays import unknown_part
from tracker.model.reading import read_configuration
from tracker.model.schema import configuration_schema

PARIS = ZoneInfo("Europe/Paris")


def test_absurd_times_cost_nothing() -> None:
    hours = Hours(PARIS, [[(540, 1080)]] * 7, lambda _day: False)
    old, young = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)
    assert hours.between(young, old) == timedelta()
    assert hours.between(old, datetime(1970, 1, 1, 12, tzinfo=UTC)) == timedelta(hours=4)
    assert hours.between(datetime(9998, 12, 30, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)) == timedelta(
        hours=9
    )
    assert hours.between(datetime(9998, 12, 30, tzinfo=UTC), young) > timedelta(hours=9)
    assert not hours.is_worked(old)
    assert not hours.is_worked(young)
    assert hours.after(old, timedelta(hours=4)) == datetime(1970, 1, 1, 12, tzinfo=UTC)
    assert hours.after(young, timedelta(hours=4)) is None
    assert hours.after(young, timedelta()) == young


def test_what_takes_longer_than_anybody_works_is_never_due() -> None:
    start = datetime(2026, 3, 2, 8, tzinfo=UTC)
    for never in (
        Hours(PARIS, [[]] * 7, lambda _day: False),
        Hours(PARIS, [[(0, 60)]] * 7, lambda _day: True),
    ):
        assert never.after(start, timedelta(microseconds=1)) is None
        assert never.after(start, timedelta()) == start
    rare = Hours(PARIS, [[(0, 60)]] * 7, lambda day: (day.month, day.day) != (2, 29))
    assert rare.after(start, timedelta(hours=24)) == datetime(2124, 2, 29, tzinfo=UTC)
    assert rare.after(start, timedelta(hours=25)) is None


def test_a_window_has_its_beginning_and_not_its_end() -> None:
    hours = Hours(PARIS, [[(540, 720), (720, 780)]] * 7, lambda _day: False)
    nine, second = datetime(2026, 3, 2, 9, tzinfo=PARIS), timedelta(seconds=1)
    worked = [nine - second, nine, nine + timedelta(hours=3), nine + timedelta(hours=4) - second]
    assert [hours.is_worked(moment) for moment in worked] == [False, True, True, True]
    assert not hours.is_worked(nine + timedelta(hours=4))
    assert hours.after(nine - second, timedelta(hours=4)) == nine + timedelta(hours=4)
    assert hours.after(nine, timedelta(hours=4) + second) == nine + timedelta(days=1) + second


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
        ({"hours": {"mon": [], "tue": []}}, "The calendar “office” has no hours."),
        ({"hours": {"mon": "09:00-12:00"}, "holidays": "fr"}, "“fr” does not have the form of calendars."),
        (
            {"hours": {"mon": "09:00-12:00"}, "holidays": ["FR", "France"]},
            "holidays.1.country: “France” does",
        ),
        ({"hours": {"mon": "09:00-12:00"}, "holidays": {"region": "TX"}}, "holidays.0.country is missing."),
        (
            {"hours": {"mon": "09:00-12:00"}, "holidays": {"country": "FR", "region": ""}},
            "holidays.0.region must be a text of one line.",
        ),
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


def test_the_form_of_a_country_is_said() -> None:
    problems = _calendar({"hours": {"mon": "09:00-12:00"}, "holidays": "fr"})
    assert isinstance(problems, list)
    assert problems[0].hint == "Write the code of a country in ISO 3166, such as FR."


CODE, WHOLE = (
    "Write the code of a country in ISO 3166, such as FR.",
    "Left out, the holidays of the whole country count.",
)


@pytest.mark.parametrize(
    ("holidays", "message", "hint"),
    [
        ("XX", "The public holidays of “XX” are not known.", CODE),
        ("UK", "The public holidays of “UK” are not known.", f"Did you mean GB? {CODE}"),
        ("USA", "The public holidays of “USA” are not known.", f"Did you mean US? {CODE}"),
        ("JAN", "The public holidays of “JAN” are not known.", CODE),  # the library has a month of this name
        ("ECB", "The public holidays of “ECB” are not known.", CODE),  # and the days of the bank
        ({"country": "XX", "region": "ARA"}, "The public holidays of “XX” are not known.", CODE),
        (
            {"country": "CA", "region": "qc"},
            "CA has no region “qc” with holidays of its own.",
            f"{WHOLE} Did you mean “QC”? Allowed: AB, BC, MB, ",
        ),
        (
            {"country": "FR", "region": "ARA"},
            "FR has no region “ARA” with holidays of its own.",
            f"{WHOLE} Allowed: 57, 6AE, ",
        ),
        ({"country": "LU", "region": "L"}, "LU has no region “L” with holidays of its own.", WHOLE),
    ],
)
def test_holidays_that_nobody_knows_are_days_of_work(holidays: object, message: str, hint: str) -> None:
    calendar = _calendar({"hours": {"mon-sun": "09:00-12:00"}, "holidays": holidays})
    assert isinstance(calendar, Calendar)
    problem = unknown_part(calendar.holidays[0])
    assert problem is not None
    assert (problem.message, problem.hint[: len(hint)]) == (message, hint)
    assert problem.hint == hint or "Allowed" in hint
    assert problem.keys == (("region",) if "region" in message else ("country",))
    assert calendar.in_zone(PARIS).is_worked(datetime(2026, 12, 25, 10, tzinfo=PARIS))


def test_all_that_the_library_lists_is_known() -> None:
    from holidays import list_supported_countries

    listed = list_supported_countries(include_aliases=False)
    places = [(country, region) for country, regions in listed.items() for region in (None, *regions)]
    assert len(places) > len(listed) > 200
    for country, region in places:
        calendar = _calendar(
            {"hours": {"mon": "09:00-12:00"}, "holidays": {"country": country, "region": region}}
        )
        assert isinstance(calendar, Calendar), (country, region)
        assert unknown_part(calendar.holidays[0]) is None


@pytest.mark.parametrize(
    ("holidays", "closed", "open_days"),
    [
        ("FR", ["2026-04-06", "2031-07-14"], ["2026-04-03"]),  # Easter Monday, not Good Friday
        ({"country": "FR", "region": "6AE"}, ["2026-04-03", "2026-04-06"], ["2026-04-02"]),  # as in Alsace
        ("US", ["2027-07-05", "2027-12-31"], ["2027-07-06"]),  # the days after a Sunday, before a Saturday
        (["FR", {"country": "CA", "region": "QC"}], ["2026-07-14", "2026-06-24"], ["2026-07-04"]),
        ("CA", ["2026-07-01"], ["2026-06-24"]),
        ("IN", ["2050-01-26"], ["2050-01-27"]),  # when there are only some of the days known
        ([], [], ["2026-12-25"]),
    ],
)
def test_nobody_works_on_public_holidays(holidays: object, closed: list[str], open_days: list[str]) -> None:
    calendar = _calendar({"hours": {"mon-sun": "09:00-12:00"}, "holidays": holidays})
    assert isinstance(calendar, Calendar)
    hours = calendar.in_zone(PARIS)
    noons = {day: datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=PARIS) for day in closed + open_days}
    assert [day for day, noon in noons.items() if not hours.is_worked(noon)] == closed


@pytest.mark.parametrize(
    ("written", "fits"),
    [
        ("holidays: []", True),
        ("{closed: '2026-12-24', holidays: FR}", True),
        ("{closed: [2026-12-24/2027-01-01], holidays: {country: CA, region: QC}}", True),
        ("holidays: [FR, {country: CA}, {country: AT, region: 9}]", True),
        ("holidays: {region: QC}", False),
        ("holidays: fr", False),
        ("holidays: [{country: France}]", False),
        ("holidays: {country: CA, state: QC}", False),
        ("holidays: [[FR]]", False),
        ("closed: {from: '2026-12-24'}", False),
    ],
)
def test_the_schema_takes_what_the_reader_takes(written: str, fits: bool) -> None:
    hours = {"hours": {"mon": "09:00-12:00"}}
    schema = jsonschema.Draft202012Validator(configuration_schema())
    given = {"desk": "x", "calendars": {"office": {**hours, **yaml.safe_load(written)}}}
    assert schema.is_valid(given) == fits
    read = _calendar({**hours, **read_yaml(written.encode(), "tracker.yml").values})
    assert isinstance(read, Calendar) == fits


OFFICE = """\
calendars:
  office:
    hours: {mon-fri: "09:00-12:00"}
    holidays: [FR, {country: CA, region: QC}]
calendar: office
"""


def test_only_who_counts_hours_or_checks_waits_for_the_holidays(desk: Path) -> None:
    (desk / "tracker.yml").write_text((desk / "tracker.yml").read_text() + OFFICE)
    write_ticket(desk, 1)
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "A ticket")
    code = (
        "import sys, tracker.cli; from tracker.workspace import unchanged; unchanged._LATELY = -60_000_000_000\n"
        "try: tracker.cli.group({}, standalone_mode=False)\n"
        "finally: print('holidays' in sys.modules)"
    )
    waiting = [("list", "False"), ("validate", "True"), ("validate", "False"), ("stats", "True")]
    for argument, waits in waiting:  # the second time, validate remembers
        command = [sys.executable, "-c", code.format([argument])]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert done.stdout.splitlines()[-1] == waits, argument


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("hours: {mon: [], tue: []}", "4:12"),
        ('hours: {mon: "09:00-12:00"}\n    holidays: XX', "5:15"),
        ('hours: {mon: "09:00-12:00"}\n    holidays: [FR, XX]', "5:20"),
        ('hours: {mon: "09:00-12:00"}\n    holidays: {country: FR, region: ARA}', "5:37"),
        ('hours: {mon: "09:00-12:00"}\n    holidays:\n      - {country: FR, region: ARA}', "6:31"),
        ('hours: {mon: "09:00-12:00"}\n    holidays: {country: FR, county: Rhône}', "5:29"),
        ('hours: {mon: "09:00-12:00"}\n    closed: 2026-02-30', "5:13"),
    ],
)
def test_what_is_wrong_with_a_calendar_has_a_place(desk: Path, run: Run, written: str, place: str) -> None:
    (desk / "tracker.yml").write_text(f"desk: Test desk\ncalendars:\n  office:\n    {written}\n")
    done = run("validate")
    assert done.code == 1
    assert f"tracker.yml:{place}\n" in done.out
    assert done.out.count("error C") == 1
