"""Changing a ticket in an editor: checked before it is written, and no text is lost."""

import os
from pathlib import Path

import pytest

from tests.conftest import Run, git, write_ticket


def editor(monkeypatch: pytest.MonkeyPatch, expression: str) -> None:
    monkeypatch.setenv("EDITOR", f"sed -i '{expression}'")


def test_what_is_saved_is_written_and_committed(
    desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_ticket(desk, 1)
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "x")
    editor(monkeypatch, "s/Text/Words/")
    result = run("edit", "1", "--commit")
    assert result.code == 0
    assert "-Text.\n+Words." in result.out
    assert path.read_text().endswith("Words.\n")
    assert git(desk, "log", "-1", "--format=%s") == "HD-1: edited\n"
    assert list((desk / ".git" / "tracker" / "edit").iterdir()) == []
    editor(monkeypatch, "")
    assert "nothing to change" in run("edit", "1").err


def test_a_wrong_text_is_kept_and_opened_again(desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_ticket(desk, 1)
    before = path.read_bytes()
    editor(monkeypatch, "s/priority: normal/priority: hihg/;s/Text/Long words/")
    refused = run("edit", "1")
    assert refused.code == 2
    assert "HD-1.md:7:11: T103" in refused.err
    assert "Did you mean “high”?" in refused.err
    assert "Your text is kept" in refused.err
    assert path.read_bytes() == before
    editor(monkeypatch, "s/hihg/high/")
    assert run("edit", "1").code == 0
    assert "priority: high" in path.read_text()
    assert "Long words" in path.read_text()


def test_what_others_change_meanwhile_stays(desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_ticket(desk, 1)
    script = desk.parent / "editor"
    script.write_text(f"#!/bin/sh\nsed -i s/normal/low/ '{path}'\nsed -i s/Text/Words/ \"$1\"\n")
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", os.fspath(script))
    assert run("edit", "1").code == 0
    assert "priority: low" in path.read_text()
    assert "Words" in path.read_text()


def test_a_broken_ticket_can_be_repaired(desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_ticket(desk, 1, title='"never closed')
    assert run("validate").code == 1
    editor(monkeypatch, 's/"never/never/')
    assert run("edit", "1").code == 0
    assert run("validate").code == 0
    assert "title: never closed" in path.read_text()


@pytest.mark.parametrize("change", ["s/^id: HD-1/id: HD-2/", "s/^title: .*/title:/", "1d"])
def test_what_would_break_it_is_refused(
    desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    path = write_ticket(desk, 1)
    before = path.read_bytes()
    editor(monkeypatch, change)
    assert run("edit", "1").code == 2
    assert path.read_bytes() == before


def test_a_hostile_file_name_reaches_no_shell(desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "a$(touch pwned);`touch pwned`"
    draft = desk / "tickets" / "drafts" / f"{name}.md"
    draft.parent.mkdir(parents=True)
    draft.write_text("---\ntitle: One\n---\n")
    editor(monkeypatch, "s/One/Two/")
    assert run("edit", name).code == 0
    assert "title: Two" in draft.read_text()
    assert not list(desk.rglob("pwned"))
