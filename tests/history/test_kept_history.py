"""What keeps the history can be damaged, cut, deleted or shared at any moment, and no answer changes."""

import os
import random
import sqlite3
import subprocess
import sys
import zlib
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import git, write_ticket
from tracker.store.chronicle import Chronicle
from tracker.workspace import Workspace
from tracker.workspace.timeline import told

STATUSES = ("open", "waiting", "resolved")


def commit_change(desk: Path, number: int) -> None:
    """Change a ticket's status and commit it, or file a new one."""
    path = write_ticket(desk, number % 20 + 1, f"Ticket {number}")
    path.write_text(path.read_text().replace("status: open", f"status: {STATUSES[number % 3]}"))
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", f"Change {number}", "--allow-empty")


@pytest.fixture
def changed(desk: Path) -> Path:
    """A desk of 20 tickets that changed 60 times."""
    for number in range(60):
        commit_change(desk, number)
    return desk


def history_of(desk: Path, *, kept: bool = True) -> list[str]:
    """Return all that happened, as text."""
    workspace = Workspace.open(desk, use_index=kept)

    def ask(chronicle: Chronicle) -> list[str]:
        homes = [entry.path for entry in workspace.entries]
        lives = [one.life for home in homes if (one := chronicle.home_at(home)) is not None]
        return [*map(str, chronicle.all()), *(str(one) for life in lives for one in chronicle.of_life(life))]

    return told(workspace, ask)


def file_of(desk: Path) -> Path:
    """Return the file that keeps the history."""
    (file,) = (desk / ".git" / "tracker").glob("history-*.sqlite")
    return file


def damage(file: Path, chance: random.Random) -> None:
    """Flip bits of a file, cut it, empty it or delete it."""
    with suppress(FileNotFoundError):
        match chance.randrange(4):
            case 0:
                file.unlink()
            case 1:
                os.truncate(file, chance.randrange(file.stat().st_size + 1))
            case _:
                data = bytearray(file.read_bytes())
                for place in chance.sample(range(len(data)), min(len(data), chance.choice((1, 3, 100)))):
                    data[place] ^= 1 << chance.randrange(8)
                with file.open("r+b") as stream:
                    stream.write(data)


def test_damage_between_two_questions_changes_no_answer(changed: Path) -> None:
    chance = random.Random(1)
    for number in range(60):
        history_of(changed)
        damage(file_of(changed), chance)
        if number % 4 == 0:
            commit_change(changed, 60 + number)
        if number % 9 == 0:
            git(changed, "reset", "-q", "--hard", "HEAD~2")
        assert history_of(changed) == history_of(changed, kept=False)


def test_damage_during_a_question_changes_no_answer(changed: Path) -> None:
    expected, chance = digest(history_of(changed)), random.Random(2)
    file = file_of(changed)
    script = (
        "import sys; from pathlib import Path; from tests.history.test_kept_history import digest, history_of\n"
        "for _ in range(40): print(digest(history_of(Path(sys.argv[1]))))"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", script, str(changed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        while process.poll() is None:
            damage(file, chance)
        assert process.stdout is not None
        assert process.stdout.read().split() == [expected] * 40


def digest(history: list[str]) -> str:
    """Return a short form of a history, the same in every process."""
    return str(zlib.crc32("\n".join(history).encode()))


def test_two_processes_and_a_checkout_at_once(changed: Path) -> None:
    git(changed, "branch", "older", "HEAD~20")
    wanted = {}
    for branch in ("main", "older"):
        git(changed, "switch", "-q", branch)
        wanted[branch] = history_of(changed, kept=False)
    script = (
        "import sys, subprocess; from pathlib import Path; from tracker.workspace import Workspace\n"
        "from tracker.workspace.timeline import told\n"
        "for _ in range(30):\n"
        "    workspace = Workspace.open(Path(sys.argv[1])); tip = workspace.tip\n"
        "    print(tip, told(workspace, lambda chronicle: sum(1 for _ in chronicle.all())))"
    )
    command = [sys.executable, "-c", script, str(changed)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _time in range(2)]
    while any(process.poll() is None for process in both):
        for branch in ("main", "older"):
            git(changed, "switch", "-q", branch)
    found = set()
    for process in both:
        found.update(process.communicate()[0].splitlines())
        assert process.returncode == 0
    tips = {branch: git(changed, "rev-parse", branch).strip() for branch in wanted}
    counts = {f"{tips[branch]} {count_of(wanted[branch])}" for branch in wanted}
    assert found == counts


def count_of(history: list[str]) -> int:
    """Return how many events there are: each is told twice, once for the branch and once for its ticket."""
    return len(history) // 2


def test_a_busy_history_is_read_again(changed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.store.pages._PATIENCE", 0.1)
    expected = history_of(changed)
    commit_change(changed, 99)
    lock = sqlite3.connect(file_of(changed), isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    assert len(history_of(changed)) > len(expected)
    lock.close()
    assert history_of(changed) == history_of(changed, kept=False)
