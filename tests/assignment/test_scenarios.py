"""The scenarios in `scenarios/`, by `tracker rules test`, as a desk tries out its own rules."""

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import Run

HERE = Path(__file__).parent
FILES = sorted((HERE / "scenarios").glob("*.yml"))


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copy(HERE / "tracker.yml", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_comes_out_as_the_scenarios_say(file: Path, rules: Path, run: Run) -> None:
    done = run("rules", "test", str(file))
    assert (done.code, done.out) == (0, "")
    assert re.search(r"\d+ scenarios, 0 not as expected", done.err)


def test_what_is_otherwise_is_told_with_its_place_and_reason(rules: Path, run: Run) -> None:
    (rules / "mine.yml").write_text(
        "settings:\n  assignment: {rules: [{to: ben}]}\nscenarios:\n  - scenario: A question\n"
        "    tickets:\n      - {title: Why?}\n    expect:\n      - {assignee: omar, because: least}\n"
    )
    done = run("rules", "test", "mine.yml")
    assert done.code == 1
    assert done.out.splitlines() == [
        "mine.yml:8:20: A question: expected assignee to be omar, but it is ben (0 open, the only one who may)",
        "mine.yml:8:35: A question: expected the reason to say “least”, but it is: 0 open, the only one who may",
    ]
    told = json.loads(run("rules", "test", "mine.yml", "--json").out)
    assert told["scenarios"] == 1
    assert [(one["line"], one["column"]) for one in told["findings"]] == [(8, 20), (8, 35)]


ONE = "scenarios: [{{{}}}]\n"
LATE = "mine.yml:1:79: One: resolution is none."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no scenarios"),
        ("scenarios: []\n", "no scenarios"),
        ("scenarios: [a]\n", "is a mapping"),
        ("scenarios: [{ticket: {title: a}}]\n", "Unknown key “ticket”"),
        ("scenarios: [{tickets: a}]\n", "a list of tickets"),
        ("scenarios: [{tickets: [{title: a}]}]\n", "1 tickets and 0 expectations"),
        ("scenarios: [{now: tomorrow, tickets: [{title: a}], expect: [{}]}]\n", "not a date"),
        ("scenarios: [{given: [{count: many}], tickets: [], expect: []}]\n", "no number of tickets"),
        ("scenarios: [{settings: {people: {}}, tickets: [], expect: []}]\n", ""),
        ("settings: {teams: {a: {members: [x]}}}\nscenarios: [{}]\n", "teams.a.members.0"),
        ("settings: {assignment: {rules: [{when: 'a:b'}]}}\nscenarios: [{}]\n", "no field “a”"),
        ("scenarios: [\n", ""),
        ("settings: [a]\nscenarios: [{}]\n", "mine.yml:1:11: settings must be a mapping"),
        ("setings: {}\nscenarios: [{}]\n", "mine.yml:1:1: Unknown key “setings”"),
        ("scenarios: [{settings: [a]}]\n", "settings must be a mapping"),
        ("scenarios: [{turns: 5}]\n", "turns must be a list of people"),
        ("scenarios: [{turns: [[a]]}]\n", "turns must be a list of people"),
        ("scenarios: [{turns: [omra]}]\n", "mine.yml:1:22: “omra” is not a known value of turns.0. Did you"),
        ("scenarios: [{given: [{assignee: omra}]}]\n", "mine.yml:1:33: “omra” is not a known"),
        ("scenarios: [{given: [{asignee: omar}]}]\n", "mine.yml:1:23: Unknown key “asignee”"),
        ("scenarios: [{given: [{count: '" + "9" * 5000 + "'}]}]\n", "no number of tickets"),
        (ONE.format("tickets: [{titel: a}], expect: [{}]"), "Unknown key “titel”"),
        (ONE.format("tickets: [{category: hardwear}], expect: [{}]"), "“hardwear” is not a known"),
        (ONE.format("tickets: [{labels: vip}], expect: [{}]"), "labels must be a list"),
        (ONE.format("tickets: [{due: soon}], expect: [{}]"), "“soon” is not a date"),
        (ONE.format("tickets: [{}], expect: [{assignee: [omar]}]"), "assignee must be a single text"),
        (ONE.format("tickets: [{}], expect: [{assignee: omra}]"), "“omra” is not a known"),
        (ONE.format("tickets: [{}], expect: [{becuase: a}]"), "Unknown key “becuase”"),
        (ONE.format("now: 0001-01-01T00:00Z"), "mine.yml:1:13: 0001-01-01T00:00Z is too far away"),
        (ONE.format("now: 9999-12-31T23:59"), "too far away"),
        (ONE.format("now: 9999-12-31T23:59-05:00"), "not a date"),
        (ONE.format("now: 0001-01-01T00:00"), "not a date"),
        (ONE.format("now: [a]"), "not a date"),
        (ONE.format("scenario: One, history: [{at: 2026-11-24}], expect: {resolution: {state: late}}"), LATE),
    ],
)
def test_what_is_no_scenario_is_told(text: str, said: str, rules: Path, run: Run) -> None:
    (rules / "mine.yml").write_text(text)
    done = run("rules", "test", "mine.yml")
    assert said in done.out
    assert "mine.yml:" in done.out or not said
    assert done.code == (1 if said else done.code)
    assert "Traceback" not in done.err


def test_what_nobody_is_given_may_be_left_out(rules: Path, run: Run) -> None:
    text = "tickets: [{{title: a, text: Why?, due: , labels: [vip]}}], expect: [{}]"
    for expected in ("{assignee: nobody, team: }", '{assignee: "", labels: [vip]}', "{assignee: }"):
        (rules / "mine.yml").write_text(ONE.format(text.format(expected)))
        assert run("rules", "test", "mine.yml").out == ""


def test_a_file_that_is_not_there(rules: Path, run: Run) -> None:
    assert run("rules", "test", "gone.yml").code == 2
    assert run("rules", "test").code == 2
