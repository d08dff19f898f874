"""`tracker rules`: every rule with what this desk makes of it, and what a rule is for."""

import json
import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from tests.conftest import Run
from tracker.cli import group
from tracker.validation.catalogue import RULES

ROOT = Path(__file__).parents[2]


def test_all_rules_are_listed_one_a_line(desk: Path, run: Run) -> None:
    done = run("rules")
    rows = [line.split("\t") for line in done.out.splitlines()]
    assert done.code == 0
    assert [row[0] for row in rows] == [rule.code for rule in RULES]
    assert rows[0] == [
        *("T001", "ordinary-file", "error", ""),
        "A ticket is an ordinary file, never a symbolic link or a device.",
    ]
    assert [row[3] for row in rows if row[0] == "T109"] == ["fix"]


def test_a_rule_is_explained_by_its_code_or_name_in_any_case(desk: Path, run: Run) -> None:
    done = run("rules", "T207")
    assert done.code == 0
    assert done.out == (
        "T207 onsite (error)\n"
        "An open ticket with work on the spot is assigned to someone of its location.\n"
        "Why: Nobody changes a printer in Lyon from a chair in Austin.\n"
        "What to do: Assign it to someone there; correct “location” or “work”; say in\n"
        "  tracker.yml where somebody is on a visit (“also_covers”), or excuse the\n"
        "  ticket.\n"
        "- A ticket may be excused from it: a line “- T207 reason” in its field\n"
        "  “exceptions”.\n"
        "- A desk can make it an error, a warning or turn it off: “T207” below “rules” in\n"
        "  tracker.yml.\n"
    )
    assert run("rules", "onsite").out == run("rules", "t207", "OnSite").out == done.out


def test_a_code_of_a_finding_in_tracker_yml_has_the_rule_of_the_same_digits(desk: Path, run: Run) -> None:
    assert run("rules", "C103").out.startswith("T103 known-value (error)\n")


def test_what_a_rule_allows_is_said(desk: Path, run: Run) -> None:
    assert "--fix" in run("rules", "T109").out
    assert "--fix" not in run("rules", "T107").out
    assert "“exceptions”" not in run("rules", "T201").out
    essential = run("rules", "T003").out
    assert "always an error" in essential
    assert "below “rules”" not in essential


def test_the_severity_is_that_of_the_desk(desk: Path, run: Run) -> None:
    with (desk / "tracker.yml").open("a") as file:
        file.write("rules: {T109: off, T207: warning}\n")
    weights = {line.split("\t")[0]: line.split("\t")[2] for line in run("rules").out.splitlines()}
    assert (weights["T109"], weights["T207"], weights["T211"]) == ("off", "warning", "warning")
    assert run("rules", "T109").out.startswith("T109 field-order (off)\n")
    told = {rule["code"]: rule for rule in json.loads(run("rules", "--json").out)}
    assert told["T109"]["severity"] == "off"
    assert told["T109"]["default"] == "warning"


def test_outside_of_a_desk_rules_weigh_what_they_weigh_by_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("rules", "T109")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("T109 field-order (warning)\n")


def test_a_wrong_configuration_hides_no_rule(desk: Path, run: Run) -> None:
    (desk / "tracker.yml").write_text("desk: Test desk\nlanguage: fr-FR\n")
    done = run("rules", "C103")
    assert done.code == 0
    assert done.out.startswith("T103 known-value (error)\n")
    assert "tracker.yml is wrong" in done.err


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("T113x", "T113 mail-address"), ("t130", "T103 known-value"), ("knownvalue", "T103 known-value")],
)
def test_a_slip_is_told_with_what_may_be_meant(desk: Path, run: Run, typed: str, offered: str) -> None:
    done = run("rules", "T101", typed)
    assert (done.code, done.out) == (2, "")
    assert f"There is no rule {typed}." in done.err
    assert offered in done.err


def test_what_resembles_no_rule_leads_to_the_list(desk: Path, run: Run) -> None:
    done = run("rules", "\x1b[31mred")
    assert done.code == 2
    assert "\x1b" not in done.err
    assert done.err.endswith("tracker rules\n")


def test_programs_get_all_of_it(desk: Path, run: Run) -> None:
    told = json.loads(run("rules", "--json").out)
    assert [rule["code"] for rule in told] == [rule.code for rule in RULES]
    assert set(told[0]) == {
        *("code", "name", "severity", "default", "fixable", "excusable", "essential"),
        *("asks", "why", "remedy"),
    }
    assert [rule["code"] for rule in json.loads(run("rules", "--json", "t211", "T001", "secret").out)] == [
        "T211",
        "T001",
    ]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", [rule.code for rule in RULES]),
        ("t30", [rule.code for rule in RULES if rule.code.startswith("T30")]),
        ("se", ["secret", "settings"]),
    ],
)
def test_a_shell_completes_codes_and_names(typed: str, offered: list[str]) -> None:
    complete = ShellComplete(group, {}, "tracker", "_TRACKER_COMPLETE")
    assert [item.value for item in complete.get_completions(["rules"], typed)] == offered


@pytest.mark.parametrize(("columns", "names"), [(100, True), (60, False)])
def test_at_a_terminal_the_table_is_as_wide_as_it(desk: Path, columns: int, names: bool) -> None:
    text = _at_a_terminal(columns)
    lines = text.replace("\r", "").splitlines()
    assert max(map(len, lines)) <= columns
    assert ("known-value" in text) == names
    assert "T307" in text


def _at_a_terminal(columns: int) -> str:
    """Return what `tracker rules` prints at a terminal, without its colours."""
    terminal, end = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": str(columns), "TERM": "xterm"}
    with subprocess.Popen(
        [sys.executable, "-m", "tracker", "rules"], stdout=end, stdin=end, env=environment
    ) as process:
        os.close(end)
        printed = b""
        while select.select([terminal], [], [], 30)[0]:
            try:
                printed += os.read(terminal, 65536)
            except OSError:
                break
        process.wait()
    os.close(terminal)
    return re.sub(r"\x1b\[[0-9;]*m", "", printed.decode())
