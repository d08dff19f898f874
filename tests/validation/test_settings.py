"""What `rules` in tracker.yml may say."""

from pathlib import Path

import pytest

from tests.conftest import Run, write_ticket


@pytest.mark.parametrize("setting", ["off", "warning"])
def test_what_makes_a_file_unreadable_is_always_an_error(desk: Path, run: Run, setting: str) -> None:
    (desk / "tracker.yml").write_text(f"desk: Test desk\nrules:\n  T003: {setting}\n")
    done = run("validate")
    assert done.code == 1
    assert "C103: T003 is always an error: a file that breaks it cannot be read." in done.out
    assert "tracker.yml:3:9" in done.out
    (desk / "tracker.yml").write_text("desk: Test desk\nrules:\n  T003: error\n")
    assert run("validate").code == 0


def test_off_is_a_text_with_quotes_or_without(desk: Path, run: Run) -> None:
    write_ticket(desk, 1, more="labels: [late, printer]\n")
    assert "T110" in run("validate").out
    settings = (desk / "tracker.yml").read_text()
    for written in ("off", '"off"', "'off'"):
        (desk / "tracker.yml").write_text(f"{settings}rules:\n  T110: {written}\n")
        assert "T110" not in run("validate").out


def test_a_pattern_is_shown_as_the_desk_wrote_it(desk: Path, run: Run) -> None:
    (desk / "tracker.yml").write_text(
        'desk: Test desk\nfields:\n  asset: {kind: text, pattern: "A-[0-9]{5}"}\n'
    )
    write_ticket(desk, 1, more="asset: A1\n")
    assert "It must match A-[0-9]{5}\n" in run("validate").out


def test_a_tickets_exceptions_hold_for_its_conversation(desk: Path, run: Run) -> None:
    write_ticket(desk, 1, more="exceptions:\n  - T211 A number of the bank’s test kit\n")
    folder = desk / "tickets/2026/11/HD-1"
    folder.mkdir()
    comment = folder / "2026-11-20T100000Z-ada.md"
    comment.write_text("---\nauthor: ada\ncreated: 2026-11-20T10:00:00+01:00\n---\n4111 1111 1111 1111\n")
    for arguments in ((), (str(comment),)):
        assert "T211" not in run("validate", "--no-index", *arguments).out
    write_ticket(desk, 1)
    for arguments in ((), (str(comment),)):
        assert "T211" in run("validate", "--no-index", *arguments).out


def test_the_summary_promises_no_more_than_fix_does(desk: Path, run: Run) -> None:
    write_ticket(desk, 1).write_text(write_ticket(desk, 1).read_text().replace("normal", "hihg"))
    assert "--fix" not in run("validate", "--no-index").out
    write_ticket(desk, 2).write_text(write_ticket(desk, 2).read_text().replace("normal", "Normal"))
    assert "1 of them can be put right with “tracker validate --fix”." in run("validate", "--no-index").out
    assert run("validate", "--fix").err == "1 finding was put right.\n"


@pytest.mark.parametrize(("written", "meant"), [("onsite", "T207"), ("t207", "T207"), ("T2O7", "T207")])
def test_a_rule_that_is_not_there_is_told_with_the_one_that_is_meant(
    desk: Path, run: Run, written: str, meant: str
) -> None:
    (desk / "tracker.yml").write_text(f"desk: Test desk\nrules:\n  {written}: warning\n")
    told = run("validate").out
    assert f"There is no rule {written}." in told
    assert f"Did you mean {meant}?" in told


CATALOGUING = """\
cataloguing:
  rules:
    - when: '{}'
      set: {{category: network}}
"""


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("assignee:me", "A rule does not know who “me” is."),
        ("printer (is:late,mine or title:x)", "A rule does not know who “me” is."),
        ("labels:me title:mine or assignee:ada", ""),
        ("has:comment", "A ticket cannot have “comment”."),
        ("has:labels", ""),
    ],
)
def test_the_query_of_a_rule(query: str, told: str, desk: Path, run: Run) -> None:
    with (desk / "tracker.yml").open("a") as settings:
        settings.write(CATALOGUING.format(query))
    done = run("validate")
    assert (done.code, told in done.out) == (1 if told else 0, True), done


def test_strict_lets_no_warning_pass(desk: Path, run: Run) -> None:
    write_ticket(desk, 1, more="labels: [one]\n")
    told = run("validate")
    assert (told.code, "warning T110" in told.out) == (0, True)
    assert run("validate", "--strict").code == 1
    assert run("validate", "--fix", "--strict").code == 0
