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
    assert rehearse_levels(DESK, {**LATE, "expect": {"resolution": expected}}) == [said]


def test_a_clock_that_does_not_run_is_told() -> None:
    assert rehearse_levels(DESK, {**LATE, "expect": {"next_update": {"state": "late"}}}) == [
        "next_update is none."
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"history": []},
        {"history": [{"comment": "omar"}]},
        {"history": [{"at": "noon"}]},
        {"now": "2026-11-29"},
        {"expect": {"repair": {"state": "late"}}},
        {"settings": {"service_levels": {"all": {"resolution": "2d"}}}},
        {"settings": {"service_levels": {"all": {"when": "nobody:knows", "resolution": "2h"}}}},
    ],
    ids=str,
)
def test_a_scenario_that_cannot_be_understood_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        rehearse_levels(DESK, {**LATE, "expect": {}, **wrong})
