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


FORM = """\
name: Bug
body:
  - {type: textarea, id: steps, attributes: {label: Steps}, validations: {required: true}}
  - {type: dropdown, id: often, attributes: {label: How often, options: [always, once]}}
  - type: checkboxes
    id: terms
    attributes: {label: Terms, options: [{label: I agree, required: true}]}
"""


def test_the_questions_of_a_form_are_asked(desk: Path) -> None:
    (desk / "templates" / "tickets").mkdir(parents=True)
    (desk / "templates" / "tickets" / "bug.yml").write_text(FORM)
    answers = ["", "Print twice", "sometimes", "once", "", "I agree", "network"]
    said = _converse(desk, answers, "It jams", "-t", "bug")
    assert "Steps is missing." in said
    assert "Allowed: always, once." in said
    assert "I agree is missing." in said
    (draft,) = (desk / "tickets" / "drafts").glob("*.md")
    expected = "### Steps\n\nPrint twice\n\n### How often\n\nonce\n\n### Terms\n\n- [x] I agree\n"
    assert draft.read_text().endswith(f"---\n{expected}")
