"""What the guide shows of rules and scenarios does what it says."""

import re
from pathlib import Path

import pytest

from tests.conftest import Run

GUIDE = Path(__file__).parents[2] / "site" / "guide" / "assignment.md"
EXAMPLES = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
DESK = """\
desk: Example
time_zone: Europe/Paris
categories: [other, hardware, hardware/printer]
departments: [executive]
locations: {lyon: {}, austin: {}}
calendars: {office: {hours: {mon-fri: "09:00-18:00"}}}
calendar: office
people:
  omar: {name: Omar Haddad, location: lyon, skills: [hardware]}
  amelie: {name: Amélie Roussel, location: lyon, skills: [hardware]}
  ben: {name: Ben Carter, location: austin}
  chloe: {name: Chloé Tremblay}
teams: {workplace: {members: [omar, amelie]}, network: {members: [ben]}}
service_levels: {high: {when: "priority:high", first_response: 4h, resolution: 8h}}
"""


def test_the_guide_has_the_examples_that_are_tried_here() -> None:
    assert [example.split(":", 1)[0] for example in EXAMPLES] == ["cataloguing", "settings", "scenarios"]


@pytest.mark.parametrize("example", EXAMPLES[1:], ids=["dispatching", "a service level"])
def test_an_example_of_a_scenario_comes_out_as_it_says(
    example: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tracker.yml").write_text(DESK + EXAMPLES[0])
    (tmp_path / "example.yml").write_text(example)
    monkeypatch.chdir(tmp_path)
    assert run("validate").out == "0 tickets checked: no findings.\n"
    done = run("rules", "test", "example.yml")
    assert (done.code, done.out) == (0, "")
