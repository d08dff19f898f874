"""What `tracker.yml` can say that never works, and what it can say that looks much alike."""

from pathlib import Path

import pytest

from tests.conftest import CONFIGURATION, Run

TEAMS = "teams: {desk: {members: [ada, omar], lead: ada}, night: {members: [omar]}}\n"
STATUSES = (
    "statuses: {new: {to: [open]}, open: {to: [closed], then: {to: %s, after: 5d}}, closed: {open: no}}\n"
)
RULE = TEAMS + "assignment: {rules: [{%s}]}\n"
ADDRESS = "mail: {addresses: {help-lyon@example.org: {%s}}}\n"
LEVEL = "service_levels: {all: {resolution: 1h, escalations: [{clock: %s, set: {priority: high}}]}}\n"
SKILLS = (
    "people: {ada: {name: Ada, skills: [network]}, omar: {name: Omar, skills: [printers]}, eve: {name: Eve, "
    "skills: [lifts], active: {until: 2020-01-01}}}\n" + RULE
)
REST = CONFIGURATION.partition("people:")[0]


@pytest.mark.parametrize(
    ("settings", "told", "place"),
    [
        (STATUSES % "closed", "", ""),
        (STATUSES % "new", "A ticket cannot go from “open” to “new”.", "new, after"),
        (STATUSES % "open", "A ticket cannot go from “open” to “open”.", "open, after"),
        (STATUSES % "gone", "“gone” is not a known value of statuses.open.then.to", "gone, after"),
        ("statuses: {new: {then: {to: done, after: 1d}}, done: {}}\n", "", ""),
        ("statuses: {new: {then: {to: new, after: 1d}}}\n", "cannot go from “new” to “new”", "new, after"),
        (RULE % "to: desk", "", ""),
        (RULE % "queue: desk", "", ""),
        (RULE % "to: omar, queue: desk", "“to” or “queue”, not both", "desk}]}"),
        (RULE % "to: desk, strategy: lead", "", ""),
        (RULE % "strategy: lead", "", ""),
        (RULE % "to: [desk, night], strategy: lead", "“night” has no lead.", "night], strategy"),
        (RULE % "to: omar, strategy: lead", "“omar” has no lead.", "omar, strategy"),
        (ADDRESS % "location: lyon", "", ""),
        (ADDRESS % "location: lion", "“lion” is not a known value of", "lion}"),
        (ADDRESS % "priority: hihg", "Did you mean “high”?", "hihg}"),
        (ADDRESS % "template: requets", "There is no ticket template “requets”.", "requets}"),
        (LEVEL % "resolution", "", ""),
        (LEVEL % "next_update", "“all” has no target for next_update.", "next_update, set"),
    ],
)
def test_what_never_works(settings: str, told: str, place: str, desk: Path, run: Run) -> None:
    text = CONFIGURATION + settings
    (desk / "tracker.yml").write_text(text)
    done = run("validate")
    assert done.code == (1 if told else 0), done
    assert told in done.out
    assert _position(text, place) in done.out


@pytest.mark.parametrize(
    ("rule", "told", "place"),
    [
        ("to: ada, skills: network", "", ""),
        ("to: desk, skills: [printers, network]", "", ""),
        ("skills: network", "", ""),
        ("to: night, skills: network", "Nobody of night has the skill “network”.", "network}]}"),
        ("to: [ada, eve], skills: [network, printers]", "Nobody of ada, eve has", "printers]}]"),
        ("to: eve, skills: lifts", "Nobody has the skill “lifts”.", "lifts}]}"),
    ],
)
def test_a_skill_that_none_of_those_has_who_are_named(
    rule: str, told: str, place: str, desk: Path, run: Run
) -> None:
    text = REST + SKILLS % rule
    (desk / "tracker.yml").write_text(text)
    done = run("validate")
    assert (done.code, "C405" in done.out) == (0, bool(told)), done
    assert told in done.out
    assert _position(text, place) in done.out


def _position(text: str, place: str) -> str:
    """Return where a part of a text begins, as findings say it; nothing of nothing."""
    before = text[: text.rindex(place)]
    return (
        f"tracker.yml:{before.count(chr(10)) + 1}:{len(before.rpartition(chr(10))[2]) + 1}" if place else ""
    )
