"""What the clocks of tickets say is what was computed by hand."""

from pathlib import Path
from typing import Any

import pytest

from tracker.document import read_yaml
from tracker.errors import UsageError
from tracker.workspace.level_rehearsal import rehearse_levels

DESK = {"desk": "Test desk"}


def scenarios() -> list[Any]:
    """Return each scenario of the files, with the settings of its desk."""
    found = []
    for file in sorted((Path(__file__).parent / "scenarios").glob("*.yml")):
        document = read_yaml(file.read_bytes(), file.name)
        assert not document.findings
        settings = {**DESK, **document.values["settings"]}
        found += [pytest.param(settings, told, id=told["scenario"]) for told in document.values["scenarios"]]
    return found


@pytest.mark.parametrize(("settings", "scenario"), scenarios())
def test_clocks_say_what_was_computed_by_hand(settings: dict[str, Any], scenario: dict[str, Any]) -> None:
    assert scenario["expect"]
    assert rehearse_levels(settings, scenario) == []


LATE = {
    "history": [{"at": "2026-11-30T09:00+01:00"}],
    "now": "2026-11-30T12:00+01:00",
    "settings": {"time_zone": "Europe/Paris", "service_levels": {"all": {"resolution": "2h"}}},
}


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ({"state": "running"}, "state of resolution is late, not running."),
        ({"left": "1h"}, "left of resolution is -1h 0m, not 1h."),
        (
            {"due": "2026-11-30T11:30+01:00"},
            "due of resolution is 2026-11-30T11:00+01:00, not 2026-11-30T11:30+01:00.",
        ),
        ({"ended": "2026-11-30T11:30+01:00"}, "ended of resolution is none, not 2026-11-30T11:30+01:00."),
        ("none", "resolution is late."),
    ],
)
def test_what_differs_is_told(expected: Any, said: str) -> None:
    (told,) = rehearse_levels(DESK, {**LATE, "expect": {"resolution": expected}})
    assert (told.keys, told.message) == (("expect", "resolution"), said)


def test_a_clock_that_does_not_run_is_told() -> None:
    (told,) = rehearse_levels(DESK, {**LATE, "expect": {"next_update": {"state": "late"}}})
    assert (told.keys, told.message) == (("expect", "next_update"), "next_update is none.")


@pytest.mark.parametrize(
    "wrong",
    [
        {"history": []},
        {"history": [{}]},
        {"history": [{"at": "noon"}]},
        {"now": "2026-11-29"},
        {"history": [{"at": "2026-11-30T09:00+01:00"}, {"at": "2026-11-29T09:00+01:00"}], "now": None},
        {"history": [{"at": "2026-11-30T09:00+01:00", "set": "status"}]},
        {"history": "yesterday"},
        {"now": "0001-01-01T00:00"},
        {"now": "9999-12-31T23:59Z"},
        {"ticket": ["lyon"]},
        {"expect": ["late"]},
        {"settings": ["a"]},
        {"settings": {"service_levels": {"all": {"resolution": "2d"}}}},
        {"settings": {"service_levels": {"all": {"when": "nobody:knows", "resolution": "2h"}}}},
    ],
    ids=str,
)
def test_a_scenario_that_cannot_be_understood_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        rehearse_levels(DESK, {**LATE, "expect": {}, **wrong})


@pytest.mark.parametrize(
    ("slip", "keys", "said"),
    [
        ({"title": "x"}, ("title",), "Unknown key “title”."),
        ({"ticket": {"locaton": "lyon"}}, ("ticket", "locaton"), "Unknown key “locaton”."),
        (
            {"ticket": {"priority": "hihg"}},
            ("ticket", "priority"),
            "“hihg” is not a known value of priority.",
        ),
        (
            {"history": [{**LATE["history"][0], "comments": "omar"}]},
            ("history", 0, "comments"),
            "Unknown key “comments”.",
        ),
        (
            {"history": [{**LATE["history"][0], "comment": "omr"}]},
            ("history", 0, "comment"),
            "“omr” is not a known value of history.0.comment.",
        ),
        (
            {"history": [{**LATE["history"][0], "comment": {"omar": "Hello"}}]},
            ("history", 0, "comment"),
            "“{'omar': 'Hello'}” is not a known value of history.0.comment.",
        ),
        (
            {"history": [{**LATE["history"][0], "set": {"status": "waitng"}}]},
            ("history", 0, "set", "status"),
            "“waitng” is not a known value of status.",
        ),
        ({"expect": {"repair": "none"}}, ("expect", "repair"), "Unknown key “repair”."),
        (
            {"expect": {"resolution": {"stat": "none"}}},
            ("expect", "resolution", "stat"),
            "Unknown key “stat”.",
        ),
        (
            {"expect": {"resolution": "late"}},
            ("expect", "resolution"),
            "expect.resolution must be “none”, or a mapping of what the clock says.",
        ),
    ],
)
def test_a_slip_is_told_where_it_is(slip: dict[str, Any], keys: tuple[str | int, ...], said: str) -> None:
    desk = {**DESK, "people": {"omar": {"name": "Omar Haddad"}}}
    (told,) = rehearse_levels(desk, {**LATE, "expect": {}, **slip})
    assert (told.keys, told.message) == (keys, said)
