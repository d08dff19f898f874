"""What the program tells of a history is what a slow walk through every commit finds, however it came about."""

import random
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import Run, git
from tests.history.oracle import Oracle, Told, commit_all
from tracker.store.chronicle import Chronicle
from tracker.workspace import Workspace
from tracker.workspace.timeline import told

TICKETS = 200
DAY = "2026-11-24"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk of 200 tickets with two years of history."""
    folder = tmp_path_factory.mktemp("desks") / "desk"
    make = (sys.executable, "-m", "tracker", "demo", str(folder), "--tickets", str(TICKETS), "--now", DAY)
    subprocess.run(make, check=True, capture_output=True)
    return folder


@pytest.fixture
def desk(original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, its history already known; the current folder."""
    folder = tmp_path / "desk"
    git(tmp_path, "clone", "-q", str(original), str(folder))
    git(folder, "config", "user.name", "Ada Byron")
    git(folder, "config", "user.email", "ada@example.org")
    monkeypatch.chdir(folder)
    events_of_all(folder)
    return folder


def events_of_all(folder: Path) -> dict[str, list[Told]]:
    """Return what the program tells of each ticket, sorted."""
    workspace = Workspace.open(folder)

    def ask(chronicle: Chronicle) -> dict[str, list[Told]]:
        return {entry.id: sorted(of_place(chronicle, entry.path)) for entry in workspace.entries}

    return told(workspace, ask)


def of_place(chronicle: Chronicle, place: str) -> Iterator[Told]:
    resident = chronicle.home_at(place)
    assert resident is not None
    for event, landing, home in chronicle.of_life(resident.life):
        assert home == place
        old, new = ("" if value is None else str(value) for value in (event.old, event.new))
        yield landing.commit[:10], event.kind, event.field, old, new


the_oracle = cache(Oracle)


def assert_told_as_it_was(folder: Path) -> None:
    """Compare each ticket's events with those of the slow walk."""
    oracle, tip = the_oracle(folder), git(folder, "rev-parse", "HEAD").strip()
    events = events_of_all(folder)
    assert events.keys() == oracle.tickets(tip).keys()
    for ticket_id, found in events.items():
        assert found == sorted(oracle.events(tip, ticket_id)), ticket_id


def edit(folder: Path, chance: random.Random, number: int) -> None:
    """Change some tickets as people do: a field, the text, a label, a comment; commit it."""
    for path in chance.sample(sorted(folder.glob("tickets/20*/*/*.md")), number):
        text = path.read_text()
        match chance.randrange(5):
            case 0:
                text = re.sub(
                    "^status: .*", f"status: {chance.choice(('open', 'waiting'))}", text, flags=re.MULTILINE
                )
            case 1:
                text = re.sub(
                    "^priority: .*", f"priority: {chance.choice(('high', 'low'))}", text, flags=re.MULTILINE
                )
            case 2:
                text = re.sub("^  name: .*", "  name: Somebody Else", text, flags=re.MULTILINE)
            case 3:
                text += "\nOne more line.\n"
            case _:
                comment = path.with_suffix("") / f"2026-11-24T{chance.randrange(100_000):06}Z-ada.md"
                comment.parent.mkdir(exist_ok=True)
                comment.write_text("---\nauthor: ada\n---\nSeen.\n")
        path.write_text(text)
    commit_all(folder, f"Edit {number} tickets")


def test_of_a_desk_as_it_grew(desk: Path) -> None:
    assert_told_as_it_was(desk)


def test_after_twenty_merged_branches(desk: Path) -> None:
    chance = random.Random(1)
    for number in range(20):
        git(desk, "switch", "-qc", f"branch-{number}", f"main~{chance.randrange(5)}")
        edit(desk, chance, 4)
        edit(desk, chance, 4)
        git(desk, "switch", "-q", "main")
        git(desk, "merge", "-q", "--no-ff", "-X", "theirs", "-m", f"Merge {number}", f"branch-{number}")
        if number % 7 == 0:
            events_of_all(desk)
    assert_told_as_it_was(desk)


def test_after_a_rebase_a_squash_and_an_amended_tip(desk: Path) -> None:
    chance = random.Random(2)
    git(desk, "switch", "-qc", "side", "main~25")
    for _time in range(5):
        edit(desk, chance, 3)
    git(desk, "switch", "-q", "main")
    git(desk, "rebase", "-q", "-X", "theirs", "side")
    assert_told_as_it_was(desk)
    git(desk, "reset", "-q", "--soft", f"HEAD~{chance.randrange(5, 20)}")
    commit_all(desk, "Squash")
    assert_told_as_it_was(desk)
    edit(desk, chance, 3)
    events_of_all(desk)
    edit(desk, chance, 3)
    git(desk, "reset", "-q", "--soft", "HEAD~2")
    git(desk, "commit", "-q", "--amend", "--no-edit", "--allow-empty")
    assert_told_as_it_was(desk)
    git(desk, "checkout", "-q", "--detach", "HEAD~40")
    assert_told_as_it_was(desk)


def test_after_drafts_deletions_and_reverts(desk: Path, run: Run) -> None:
    chance = random.Random(3)
    (desk / "tickets/drafts").mkdir(exist_ok=True)
    model = re.sub("^id: .*\n", "", min(desk.glob("tickets/20*/*/HD-*.md")).read_text(), flags=re.MULTILINE)
    for name in ("printer", "screen"):
        (desk / f"tickets/drafts/{name}.md").write_text(model)
    commit_all(desk, "File")
    events_of_all(desk)
    assert run("accept", "--json").code == 0
    commit_all(desk, "Accept")
    assert_told_as_it_was(desk)
    gone = chance.choice(sorted(desk.glob("tickets/20*/*/HD-*.md")))
    git(desk, "rm", "-rq", *(str(path) for path in (gone, gone.with_suffix("")) if path.exists()))
    git(desk, "commit", "-qm", "Delete")
    edit(desk, chance, 5)
    assert_told_as_it_was(desk)
    git(desk, "revert", "--no-edit", "HEAD~1")
    assert_told_as_it_was(desk)


def test_of_a_shallow_clone_and_of_one_that_was_deepened(desk: Path, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "30", desk.as_uri(), str(shallow))
    assert_told_as_it_was(shallow)
    git(shallow, "fetch", "-q", "--unshallow")
    assert events_of_all(shallow) == events_of_all(desk)


def test_of_a_partial_clone_which_fetches_at_once(desk: Path, tmp_path: Path) -> None:
    for setting in ("uploadpack.allowFilter", "uploadpack.allowAnySHA1InWant"):
        git(desk, "config", setting, "true")
    lean = tmp_path / "lean"
    git(tmp_path, "clone", "-q", "--filter=blob:none", "-o", "Up.stream", desk.as_uri(), str(lean))
    packs = len([*lean.glob(".git/objects/pack/*.pack")])
    assert events_of_all(lean) == events_of_all(desk)
    assert len([*lean.glob(".git/objects/pack/*.pack")]) == packs + 1
