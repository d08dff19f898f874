"""Changing a ticket in an editor: checked before it is written, and no text is lost."""

import os
import signal
import subprocess
import sys
import time
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


def test_a_conflict_is_marked_in_the_kept_text_and_can_be_resolved(
    desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_ticket(desk, 1)
    script = desk.parent / "editor"
    script.write_text(
        f"#!/bin/sh\nsed -i s/normal/low/ '{path}'\nsed -i 's/normal/high/;s/Text/Mine/' \"$1\"\n"
    )
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", os.fspath(script))
    refused = run("edit", "1")
    assert refused.code == 2
    assert "changed by someone else in the same lines" in refused.err
    assert "Your text is kept" in refused.err
    editor(monkeypatch, "s/Mine/Yours/")
    marks = run("edit", "1")
    assert marks.code == 2
    assert "text from last time" in marks.err
    assert "marks of a conflict" in marks.err
    editor(monkeypatch, "/^<<<<<<< ours/d;/^=======/,/^>>>>>>> theirs/d")
    assert run("edit", "1").code == 0
    text = path.read_text()
    assert "priority: high" in text
    assert "Yours" in text
    assert "<<<" not in text


def test_a_failing_editor_changes_and_keeps_nothing(
    desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ticket(desk, 1)
    monkeypatch.setenv("EDITOR", "false")
    failed = run("edit", "1")
    assert failed.code == 3
    assert "$EDITOR" in failed.err
    assert list((desk / ".git" / "tracker" / "edit").iterdir()) == []


def test_a_dry_run_keeps_what_was_written(desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_ticket(desk, 1)
    editor(monkeypatch, "s/Text/Words/")
    assert "Your text is kept" in run("edit", "1", "--dry-run").err
    assert "Words" not in path.read_text()
    editor(monkeypatch, "")
    assert run("edit", "1").code == 0
    assert "Words" in path.read_text()


def test_without_git_the_text_is_kept_at_home(
    desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = write_ticket(desk, 1)
    (desk / ".git").rename(tmp_path / "elsewhere")
    editor(monkeypatch, "s/priority: normal/priority: hihg/")
    assert run("edit", "1").code == 2
    editor(monkeypatch, "s/hihg/high/")
    assert run("edit", "1").code == 0
    assert "priority: high" in path.read_text()


def test_two_tickets_never_share_a_kept_text(desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = desk / "tickets" / "drafts"
    drafts.mkdir(parents=True)
    for name in ("a b", "a.b"):
        (drafts / f"{name}.md").write_text(f"---\ntitle: {name}\n---\n")
    editor(monkeypatch, "s/title: .*/title:/")
    assert run("edit", "a b").code == 2
    editor(monkeypatch, "")
    other = run("edit", "a.b")
    assert other.code == 0
    assert "from last time" not in other.err


def test_a_new_ticket_written_in_an_editor_is_kept_when_it_is_refused(
    desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, "$aLong words.")
    refused = run("new", "One", "-s", "category=network", "-e", "--push")
    assert refused.code != 0
    assert "Your text is kept" in refused.err
    editor(monkeypatch, "")
    path = desk / run("new", "One", "-s", "category=network", "-e").out.strip()
    assert "Long words." in path.read_text()


def test_a_conflict_in_the_text_is_not_written_with_its_marks(
    desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_ticket(desk, 1)
    script = desk.parent / "editor"
    script.write_text(f"#!/bin/sh\nsed -i s/Text/Theirs/ '{path}'\nsed -i s/Text/Mine/ \"$1\"\n")
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", os.fspath(script))
    assert run("edit", "1").code == 2
    editor(monkeypatch, "")
    assert "marks of a conflict" in run("edit", "1").err
    assert "<<<" not in path.read_text()


def _started(desk: Path, *arguments: str, script: str) -> subprocess.Popen[str]:
    file = desk.parent / f"editor-{abs(hash(script))}"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    command = [sys.executable, "-m", "tracker", *arguments]
    environment = {**os.environ, "EDITOR": os.fspath(file)}
    return subprocess.Popen(
        command, cwd=desk, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_two_editors_of_one_ticket_have_a_text_each(desk: Path) -> None:
    path = write_ticket(desk, 1)
    wait = f'touch "{desk}/first"; while [ ! -e "{desk}/go" ]; do sleep 0.05; done'
    first = _started(desk, "edit", "1", script=f'{wait}; sed -i s/normal/high/ "$1"')
    while not (desk / "first").exists():
        time.sleep(0.02)
    second = _started(desk, "edit", "1", script='sed -i "s/Text/Words/" "$1"')
    assert second.wait(20) == 0
    (desk / "go").touch()
    assert first.wait(20) == 0
    assert "priority: high" in path.read_text()
    assert "Words." in path.read_text()
    assert list((desk / ".git" / "tracker" / "edit").iterdir()) == []
    for child in (first, second):
        child.communicate()


def test_an_interrupted_edit_keeps_the_text(desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_ticket(desk, 1)
    wait = f'sed -i s/Text/Words/ "$1"; touch "{desk}/first"; while [ ! -e "{desk}/go" ]; do sleep 0.05; done'
    child = _started(desk, "edit", "1", script=wait)
    while not (desk / "first").exists():
        time.sleep(0.02)
    child.send_signal(signal.SIGINT)
    assert child.wait(30) == 130
    (desk / "go").touch()
    _out, told = child.communicate(timeout=30)
    assert "Your text is kept" in told
    editor(monkeypatch, "")
    assert run("edit", "1").code == 0
    assert "Words." in path.read_text()


def test_what_a_second_editor_kept_is_found_again(
    desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_ticket(desk, 1)
    wait = f'touch "{desk}/first"; while [ ! -e "{desk}/go" ]; do sleep 0.05; done'
    first = _started(desk, "edit", "1", script=wait)
    while not (desk / "first").exists():
        time.sleep(0.02)
    second = _started(desk, "edit", "1", script='sed -i "s/normal/hihg/" "$1"')
    assert second.wait(20) == 2
    (desk / "go").touch()
    assert first.wait(20) == 0
    for child in (first, second):
        child.communicate()
    editor(monkeypatch, "s/hihg/high/")
    again = run("edit", "1")
    assert "text from last time" in again.err
    assert "priority: high" in path.read_text()
