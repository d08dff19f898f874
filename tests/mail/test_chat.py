"""The workflow of the guide files what a chat sends by the forge, and nothing of it reaches a shell."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import git
from tests.mail.conftest import NewDesk, recipe
from tests.mail.dovecot import needed
from tracker.document import read_yaml

ROOT = Path(__file__).parents[2]
HOSTILE = "$(touch pwned) `touch pwned` ${{ 1 }} \"; touch pwned; ' \\ \n'\n"


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder with the program."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "tracker").write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m tracker "$@"\n')
    (folder / "tracker").chmod(0o755)
    return folder


def run_workflow(clone: Path, tools: Path, payload: object) -> int:
    """Run the steps of the workflow that are ours; return the exit code of the first that fails, else 0."""
    needed("jq", "jq")
    event = tools / "event.json"
    event.write_text(json.dumps({"client_payload": payload}))
    workflow = read_yaml(recipe(".github/workflows/chat.yml").encode(), "chat.yml").values
    environment = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "GITHUB_EVENT_PATH": str(event)}
    for step in workflow["jobs"]["take-in"]["steps"]:
        if "name" in step:
            assert "${{" not in step["run"]
            command = ["bash", "-e", "-c", step["run"]]
            done = subprocess.run(command, cwd=clone, env=environment, capture_output=True, check=False)
            if done.returncode:
                return done.returncode
    return 0


@pytest.fixture
def clone(new_desk: NewDesk, tmp_path: Path) -> Path:
    """A clone of a desk, as a runner has it."""
    desk = new_desk()
    git(tmp_path, "clone", "-q", "--bare", str(desk), "remote.git")
    git(tmp_path, "clone", "-q", "remote.git", "clone")
    return tmp_path / "clone"


def test_what_is_said_in_a_chat_becomes_a_ticket_on_the_remote(
    clone: Path, tools: Path, tmp_path: Path
) -> None:
    payload = {
        "version": 1,
        "id": "chat/1",
        "who": {"email": "lea@example.com", "name": "Léa"},
        "title": f"Printer {HOSTILE}".partition("\n")[0],
        "text": HOSTILE,
        "attachments": [{"name": "$(touch pwned).txt", "data": "cGFwZXI="}],
    }
    assert run_workflow(clone, tools, payload) == 0
    files = git(tmp_path / "remote.git", "ls-tree", "-r", "--name-only", "main").splitlines()
    (ticket,) = [file for file in files if file.startswith("tickets/") and file.endswith("HD-1.md")]
    assert "touch pwned" in git(tmp_path / "remote.git", "show", f"main:{ticket}")
    assert [file for file in tmp_path.rglob("*pwned") if file.name == "pwned"] == []
    assert run_workflow(clone, tools, payload) == 0
    assert git(tmp_path / "remote.git", "rev-list", "--count", "main").strip() == "2"


@pytest.mark.parametrize("payload", [None, {}, {"version": 1}, "text"])
def test_what_is_no_message_fails_the_run(clone: Path, tools: Path, payload: object) -> None:
    assert run_workflow(clone, tools, payload) != 0


def test_what_is_held_fails_the_run(clone: Path, tools: Path) -> None:
    who = {"email": "lea@example.com"}
    settings = json.loads((clone / "tracker.yml").read_text())
    settings["mail"]["automatic"] = "hold"
    (clone / "tracker.yml").write_text(json.dumps(settings))
    git(clone, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qam", "Hold")
    git(clone, "push", "-q")
    payload = {"version": 1, "id": "chat/2", "who": who, "text": "beep", "automatic": True}
    assert run_workflow(clone, tools, payload) == 1
