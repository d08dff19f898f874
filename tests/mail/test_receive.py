"""A mail server keeps what is not safe on the disk."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.mail.conftest import NewDesk, recipe

ROOT = Path(__file__).parents[2]
MAIL = b"From: lea@example.com\nTo: help@example.org\nSubject: Printer jams\n\nIt jams.\n"


@pytest.mark.parametrize(("size", "code"), [(1 << 20, 0), ((1 << 20) + 1, 75)])
def test_a_message_that_fits_into_no_memory_stays_with_the_mail_server(
    new_desk: NewDesk, run: Run, monkeypatch: pytest.MonkeyPatch, size: int, code: int
) -> None:
    new_desk(limits={"size": 0.5})
    monkeypatch.setattr("tracker.cli.mail.receive._MOST", 1 << 20)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(MAIL.ljust(size, b"\n"))))
    result = run("mail", "receive", "--later", "help@example.org")
    assert result.code == code
    assert ("The message was not taken: It is larger than 1 MiB." in result.err) is (code == 75)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("{tracker} mail receive help@example.org", 0),
        ("{tracker} -C . mail receive help@example.org", 0),
        ("{tracker} mail receive help@example.org >&-", 0),
        ("{tracker} mail receive help@example.org >&- 2>&-", 0),
        ("{tracker} mail receive help@example.org >/dev/full 2>/dev/full", 0),
        ("{tracker} mail receive help@example.org <&-", 75),
        ("{tracker} mail receive help@example.org </dev/null", 75),
        ("{tracker} mail receive --nonsense", 75),
        ("{tracker} -C /nowhere mail receive help@example.org", 75),
        ("{tracker} -C / mail receive help@example.org", 75),
        ("{tracker} -C /nowhere mail status", 2),
        ("{tracker} search mail receive --nonsense", 2),
        ("PYTHONPATH={broken}:$PYTHONPATH {tracker} mail receive help@example.org", 75),
    ],
)
def test_a_message_is_safe_or_stays_with_the_mail_server(
    new_desk: NewDesk, tmp_path: Path, command: str, code: int
) -> None:
    folder = new_desk()
    (tmp_path / "broken" / "pydantic").mkdir(parents=True)
    (tmp_path / "broken" / "pydantic" / "__init__.py").write_text("raise ImportError('half installed')")
    command = command.format(tracker=f"{sys.executable} -m tracker", broken=tmp_path / "broken")
    done = subprocess.run(
        ["sh", "-c", f"export PYTHONPATH={ROOT}; {command}"],
        input=MAIL,
        capture_output=True,
        check=False,
        cwd=folder,
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (code, False), done.stderr
    assert len(list(folder.rglob("*.eml"))) == (code == 0)


@pytest.mark.parametrize("mistake", ["mail: [", "people: 7", "mail: {limits: {size: huge}}", "\0"])
def test_a_mistake_in_the_settings_keeps_no_message_away(
    new_desk: NewDesk, run: Run, monkeypatch: pytest.MonkeyPatch, mistake: str
) -> None:
    settings = new_desk() / "tracker.yml"
    sound = settings.read_text()
    settings.write_text(mistake)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(MAIL)))
    taken = run("mail", "receive", "help@example.org")
    assert (taken.code, taken.out) == (0, "")
    assert "It is safe, and taken in later: " in taken.err
    assert "tracker.yml" in taken.err
    settings.write_text(sound)
    assert run("mail", "process").out.count("created") == 1


@pytest.mark.parametrize("program", ["exit 1", "exit 127", "kill -9 $$"])
def test_the_script_of_the_guide_keeps_what_no_program_takes(tmp_path: Path, program: str) -> None:
    tracker = tmp_path / "tracker"
    tracker.write_text(f"#!/bin/sh\n{program}\n")
    script = recipe("/usr/local/bin/desk-receive").replace("/srv/desk/helpdesk", str(tmp_path))
    for path in (str(tracker), "/nowhere/tracker"):
        tracker.chmod(0o755)
        command = ["sh", "-c", script.replace("/srv/desk/bin/tracker", path)]
        assert subprocess.run(command, input=MAIL, capture_output=True, check=False).returncode == 75
    tracker.chmod(0o644)
    assert subprocess.run(command, input=MAIL, capture_output=True, check=False).returncode == 75


@pytest.mark.parametrize("given", ["environment", "arguments"])
@pytest.mark.parametrize("sender", ["lea@example.com", ""])
def test_the_script_of_the_guide_hands_over_the_envelope(tmp_path: Path, given: str, sender: str) -> None:
    script = recipe("/usr/local/bin/desk-receive").replace("/srv/desk/helpdesk", str(tmp_path))
    script = script.replace("/srv/desk/bin/tracker", "printf '%s\n'")
    envelope = {"SENDER": sender, "RECIPIENT": "help@example.org"}
    command = ["sh", "-c", script, "desk-receive", *(envelope.values() if given == "arguments" else ())]
    done = subprocess.run(
        command, env=envelope if given == "environment" else {}, capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[2:] == [f"--sender={sender}", "--", "help@example.org", ""]
