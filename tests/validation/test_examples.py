"""Every rule has an example of what it finds and one of what it lets pass, at the real command line."""

import json
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.validation.example import EXAMPLES, Example, as_a_user, make_desk, read_example
from tracker import validation
from tracker.validation.catalogue import RULES
from tracker.validation.rule import Rule, rule_code

ROOT = Path(__file__).parents[2]
MODULES = sorted((Path(validation.__file__).parent / "rules").glob("t*.py"))
FILES = sorted(EXAMPLES.glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_exactly_what_an_example_says_is_found(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    example = read_example(path)
    make_desk(example, tmp_path / "desk")
    monkeypatch.chdir(tmp_path / "desk")
    output = _as_a_user(example) if example.unreadable else run(*example.arguments, "--json").out
    found = json.loads(output)
    assert [_shown(finding) for finding in found] == example.findings


def _shown(finding: dict[str, str]) -> str:
    return "{path}:{line}:{column} {code}".format(**finding)


def _as_a_user(example: Example) -> str:
    """Return what the command prints to somebody whom the system can refuse to read a file."""
    command = [*as_a_user(), sys.executable, "-m", "tracker", *example.arguments, "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_what_is_put_right_by_itself_becomes_the_good_example(
    rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    for side in ("bad", "good"):
        make_desk(read_example(EXAMPLES / f"{rule.code}.{side}.txt"), tmp_path / side)
    before = _contents(tmp_path / "bad")
    monkeypatch.chdir(tmp_path / "bad")
    run("validate", "--fix")
    assert _contents(tmp_path / "bad") == (_contents(tmp_path / "good") if rule.fixable else before)


def _contents(desk: Path) -> dict[str, bytes]:
    """Return the ordinary files of a desk."""
    paths = (path for path in desk.rglob("*") if path.is_file() and not path.is_symlink())
    return {
        path.relative_to(desk).as_posix(): path.read_bytes()
        for path in paths
        if ".git" not in path.parts and os.access(path, os.R_OK)
    }


def test_every_rule_has_a_pair_of_examples_and_every_example_a_rule() -> None:
    wanted = {f"{rule.code}.{side}.txt" for rule in RULES for side in ("bad", "good")}
    assert {path.name for path in FILES} == wanted


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_bad_example_shows_its_rule_and_a_good_one_none(path: Path) -> None:
    example = read_example(path)
    codes = {rule_code(finding.rpartition(" ")[2]) for finding in example.findings}
    assert example.code in codes if path.stem.endswith(".bad") else not codes
    assert bool(example.author) == example.code.startswith("T3")
    assert bool(example.before) == bool(example.author)


def test_every_module_of_a_rule_is_in_the_catalogue_and_named_after_its_code() -> None:
    rules = [import_module(f"tracker.validation.rules.{path.stem}").RULE for path in MODULES]
    assert rules == list(RULES)
    names = [f"{rule.code.lower()}_{rule.name.replace('-', '_')}" for rule in RULES]
    assert [path.stem for path in MODULES] == names


def test_codes_and_names_are_unique_and_codes_are_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"T[0-4][0-9]{2}", code) for code in codes)
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_every_rule_says_what_it_asks_why_and_what_to_do() -> None:
    for rule in RULES:
        for words in (rule.asks(), rule.why(), rule.remedy()):
            assert words.endswith("."), (rule.code, words)
