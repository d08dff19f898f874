"""At a terminal, `new` asks for what was not said; elsewhere it never does."""

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

from tests.conftest import Run


def _converse(desk: Path, answers: list[str], *arguments: str) -> str:
    """Run `tracker new` at a pseudo-terminal, give one answer to each question, and return what it said."""
    terminal, theirs = pty.openpty()
    command = [sys.executable, "-m", "tracker", "new", "--draft", *arguments]
    child = subprocess.Popen(
        command, cwd=desk, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    said = b""
    for answer in [*answers, ""]:
        end = time.monotonic() + 20
        while time.monotonic() < end and select.select([terminal], [], [], 10)[0]:
            try:
                said += os.read(terminal, 4096)
            except OSError:
                break
            if said.endswith((b": ", b"]: ")):
                break
        if child.poll() is None:
            os.write(terminal, answer.encode() + b"\n")
            said += b"\n"
    assert child.wait(20) == 0, said.decode()
    os.close(terminal)
    return said.decode()


def test_new_asks_until_the_answers_fit(desk: Path) -> None:
    said = _converse(desk, ["", "Screen flickers", "incdent", "incident", "network", "", "lyon", ""])
    assert "Title is missing" in said
    assert "Did you mean “incident”?" in said
    (draft,) = (desk / "tickets" / "drafts").glob("*.md")
    text = draft.read_text()
    assert "title: Screen flickers\ntype: incident\n" in text
    assert "category: network\npriority: normal\n" in text
    assert "location: lyon\n" in text
    assert "work: triage\n" in text


def test_nothing_is_asked_where_nobody_can_answer(desk: Path, run: Run) -> None:
    result = run("new")
    assert result.code == 2
    assert "needs a title" in result.err


def test_with_a_title_only_what_is_required_is_asked(desk: Path) -> None:
    said = _converse(desk, ["network"], "Screen flickers")
    assert said.count("): ") == 1
    assert "Category" in said
    assert "tickets/drafts/" in _converse(desk, [], "Another", "-s", "category=network")
    texts = [draft.read_text() for draft in (desk / "tickets" / "drafts").glob("*.md")]
    assert all("category: network\npriority: normal\n" in text for text in texts)
