"""What all tests share: how hard Hypothesis tries, and a desk in a real Git repository."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings

from tracker.cli import main

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", parent=settings.get_profile("default"), max_examples=10_000)
settings.load_profile("default")

CONFIGURATION = """\
desk: Test desk
time_zone: Europe/Paris
categories: [hardware, hardware/printer, network]
departments: [accounting, sales]
locations: {lyon: {label: Lyon}, austin: {label: Austin}}
people:
  ada: {name: Ada Byron, email: ada@example.org, location: lyon}
  omar: {name: Omar Haddad, email: omar@example.org, location: austin}
fields:
  location: {required_when: {work: onsite}}
  affected: {kind: number}
  supplier: {kind: choice, values: [north, south]}
"""


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith(("GIT_", "LC_", "LANG"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.setenv("HOME", os.fspath(home))
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")


def git(folder: Path, *arguments: str) -> str:
    """Run Git and return what it prints."""
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


def new_repository(folder: Path) -> None:
    """Make a repository with somebody to commit as."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "config", "user.name", "Ada Byron")
    git(folder, "config", "user.email", "ada@example.org")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk without tickets, with everything committed; the current folder."""
    folder = tmp_path / "desk"
    new_repository(folder)
    (folder / "tracker.yml").write_text(CONFIGURATION)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Set up")
    monkeypatch.chdir(folder)
    return folder


def ticket(number: int, title: str = "A ticket", more: str = "", body: str = "Text.\n") -> str:
    """Return the text of a sound ticket of November 2026."""
    return (
        f"---\nid: HD-{number}\ntitle: {title}\ntype: incident\nstatus: open\ncategory: hardware/printer\n"
        f"priority: normal\ncreated: 2026-11-{number % 28 + 1:02}T09:00:00+01:00\n"
        f"requester:\n  name: Léa Martin\n  email: lea@example.org\n{more}---\n{body}"
    )


def write_ticket(
    desk: Path, number: int, title: str = "A ticket", more: str = "", body: str = "Text.\n"
) -> Path:
    """Write a sound ticket to its place."""
    path = desk / "tickets" / "2026" / "11" / f"HD-{number}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(ticket(number, title, more, body))
    return path


class Result(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line in the current folder, as `python -m tracker` would."""

    def run_command(*arguments: str) -> Result:
        monkeypatch.setattr(sys, "argv", ["tracker", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main()
        captured = capsys.readouterr()
        return Result(int(stop.value.code or 0), captured.out, captured.err)

    return run_command
