"""Comments with attachments, corrections and mentions."""

import json
import time
from pathlib import Path

import pytest

from tests.conftest import Run, git, write_ticket

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0"


def said(run: Run, ticket: str = "1") -> list[dict[str, object]]:
    return json.loads(run("show", ticket, "--json").out)["conversation"]


def test_an_attachment_is_named_after_its_bytes_and_kept_once(desk: Path, run: Run) -> None:
    path = write_ticket(desk, 1)
    (desk / "Écran cassé.PNG").write_bytes(PNG)
    first = run("comment", "1", "-m", "See here.", "-a", "Écran cassé.PNG")
    assert first.code == 0
    again = run("comment", "1", "-m", "And again.", "-a", "Écran cassé.PNG", "-a", "Écran cassé.PNG")
    (stored,) = (path.with_suffix("") / "files").iterdir()
    assert stored.name.endswith("-ecran-casse.png")
    assert stored.read_bytes() == PNG
    assert "files/" not in again.out
    assert [comment["attachments"] for comment in said(run)] == [[f"files/{stored.name}"]] * 2
    assert run("validate").code == 0


@pytest.mark.parametrize(
    ("name", "data", "stored"),
    [
        ("CON.txt", b"hello\n", "con.txt"),
        ("..", b"hello\n", "file.txt"),
        ("photo.txt", PNG, "photo.txt.png"),
        ("page.jpg", b"<html><script>alert(1)</script></html>", "page.jpg.html"),
        ("noname", b"\x00\x01\x02\x03", "noname.bin"),
        ("a" * 300 + ".csv", b"a,b\n", "a" * 60 + ".csv"),
        ("naïve\x1b[31m; rm -rf ~.log", b"x\n", "naive-31m-rm-rf.log"),
        (".hidden", b"x\n", "hidden.txt"),
    ],
)
def test_any_name_becomes_one_that_every_system_takes(name: str, data: bytes, stored: str) -> None:
    from tracker.actions.attachment import Attachment, safe_name

    assert safe_name(Attachment(name, data)) == stored


def test_too_large_a_file_is_refused_whole(desk: Path, run: Run) -> None:
    with (desk / "tracker.yml").open("a") as file:
        file.write("attachments: {largest: 0.001}\n")
    write_ticket(desk, 1)
    (desk / "big.txt").write_text("x" * 2000)
    result = run("comment", "1", "-m", "See here.", "-a", "big.txt")
    assert result.code == 2
    assert "at most 0.001" in result.err
    assert said(run) == []


def test_a_correction_stands_in_the_place_of_what_it_corrects(desk: Path, run: Run) -> None:
    write_ticket(desk, 1)
    run("comment", "1", "-m", "It is the fuser.", "--internal")
    run("comment", "1", "-m", "I wait.", "--author", "omar")
    before = {path: path.read_bytes() for path in desk.rglob("*Z-*.md")}
    corrected = run("comment", "1", "-m", "It is the tray.", "--supersedes", "last")
    assert corrected.code == 0
    assert {path: path.read_bytes() for path in before} == before
    shown = run("show", "1").out
    assert "It is the fuser." not in shown
    assert shown.index("It is the tray.") < shown.index("I wait.")
    assert "internal, corrected" in shown
    latest = next(comment for comment in said(run) if comment["body"] == "It is the tray.\n")
    assert latest["visibility"] == "internal"
    assert latest["supersedes"] == min(path.name for path in before if "omar" not in path.name)


@pytest.mark.parametrize(
    ("typed", "told"), [("2020", "no comment"), ("2", "several comments"), ("", None), ("omar", "no comment")]
)
def test_only_ones_own_words_are_corrected(desk: Path, run: Run, typed: str, told: str | None) -> None:
    write_ticket(desk, 1)
    run("comment", "1", "-m", "Mine.")
    run("comment", "1", "-m", "His.", "--author", "omar")
    if told is None:
        name = next(path.name for path in desk.rglob("*-omar.md"))
        typed, told = name, "only an author corrects"
    result = run("comment", "1", "-m", "Other.", "--supersedes", typed)
    assert result.code == 2
    assert told in result.err
    assert len(said(run)) == 2


def test_a_claimed_correction_of_anothers_words_stands_by_itself(desk: Path, run: Run) -> None:
    path = write_ticket(desk, 1)
    run("comment", "1", "-m", "Keep this.")
    folder = path.with_suffix("")
    name = next(folder.glob("*.md")).name
    forged = (
        "---\nauthor: omar\ncreated: 2030-01-01T00:00:00Z\nvisibility: public\nsupersedes: {}\n---\nForged.\n"
    )
    (folder / "2030-01-01T000000Z-omar.md").write_text(forged.format(name))
    shown = run("show", "1").out
    assert "Keep this." in shown
    assert "Forged." in shown


def test_what_a_program_wrote_is_marked(desk: Path, run: Run) -> None:
    path = write_ticket(desk, 1)
    path.with_suffix("").mkdir()
    for second, more in enumerate(("", "automatic: reminder\n", 'automatic: ""\n', "automatic: [x, y]\n")):
        head = f"author: omar\ncreated: 2026-11-05T10:00:0{second}Z\n{more}"
        (path.with_suffix("") / f"2026-11-05T10000{second}Z-omar.md").write_text(f"---\n{head}---\nSeen?\n")
    assert [comment["automatic"] for comment in said(run)] == [None, "reminder", None, None]
    assert run("show", "1").out.count("— omar, 2026-11-05 11:00 (automatic)\n") == 1
    found = json.loads(run("validate", "--json").out)
    assert [(one["code"], one["field"], one["line"]) for one in found] == [("T102", "automatic", 4)] * 2


def test_mentions_are_read_and_unknown_people_are_told(desk: Path, run: Run) -> None:
    write_ticket(desk, 1)
    text = "@omar and @omr: see HD-1, not `@ada` or ada@example.org\n```\nHD-7 @ada\n```\n"
    result = run("comment", "1", "-m", text)
    assert "“@omr” is nobody of this desk. Did you mean @omar?" in result.err
    assert said(run)[0]["mentions"] == {"people": ["omar", "omr"], "tickets": ["HD-1"]}


def test_an_author_is_a_person_or_an_address(desk: Path, run: Run) -> None:
    write_ticket(desk, 1)
    refused = run("comment", "1", "-m", "x", "--author", "omr")
    assert refused.code == 2
    assert "Did you mean “omar”?" in refused.err
    assert run("comment", "1", "-m", "x", "--author", "new@example.org").code == 0
    assert run("comment", "1", "-m", "x", "-F", "tracker.yml").code == 2


def test_what_was_written_as_internal_is_never_published(
    desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ticket(desk, 1)
    monkeypatch.setattr("tracker.cli.comment.interactive", lambda: True)
    monkeypatch.setenv("EDITOR", "echo SECRET >")
    monkeypatch.setenv("EDITOR", "sh -c 'echo SECRET > \"$0\"'")
    assert "Your text is kept" in run("comment", "1", "--internal", "--push").err
    monkeypatch.setenv("EDITOR", "true")
    assert run("comment", "1").code == 2
    assert said(run) == []
    assert run("comment", "1", "--internal").code == 0
    assert said(run)[0]["visibility"] == "internal"


def test_a_correction_is_of_the_comment_that_was_shown(desk: Path, run: Run) -> None:
    write_ticket(desk, 1)
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "x")
    run("comment", "1", "-m", "Committed.", "--commit")
    time.sleep(1.1)
    run("comment", "1", "-m", "Not committed.")
    refused = run("comment", "1", "-m", "Corrected.", "--supersedes", "last", "--commit")
    assert refused.code == 2
    assert "no comment" in refused.err
