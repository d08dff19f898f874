"""The index can be stale, damaged, locked or gone, and nobody notices."""

import random
import sqlite3
from pathlib import Path

import pytest

from tests.conftest import Run, git, write_ticket
from tracker.store.index import Index


def test_known_values_come_back_and_others_go(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.learn({"a": {"x": ["é"]}, "b": 1})
    assert index.known(["a", "b", "c"]) == {"a": {"x": ["é"]}, "b": 1}
    assert index.forget_all_but(["a"]) == 1
    assert index.known(["a", "b"]) == {"a": {"x": ["é"]}}


@pytest.mark.parametrize("damage", ["garbage", "truncated", "locked", "directory", "deleted"])
def test_a_damaged_index_costs_nothing_but_time(desk: Path, run: Run, damage: str) -> None:
    write_ticket(desk, 1)
    run("index")
    (file,) = (desk / ".git" / "tracker").glob("index-*.sqlite")
    lock = None
    match damage:
        case "garbage":
            file.write_bytes(b"not a database" * 1000)
        case "truncated":
            file.write_bytes(file.read_bytes()[:5000])
        case "locked":
            lock = sqlite3.connect(file, isolation_level=None)
            lock.execute("BEGIN EXCLUSIVE")
        case "directory":
            file.unlink()
            file.mkdir()
        case _:
            file.unlink()
    for _time in range(2):
        assert "A ticket" in run("list").out
        assert run("validate").code == 0
    if lock:
        lock.close()


def test_no_bit_that_flips_changes_a_value(tmp_path: Path) -> None:
    values = {f"key {number}": {"title": f"Ticket {number} " + "é" * number} for number in range(200)}
    Index(tmp_path).learn(values)
    (file,) = tmp_path.glob("index-*.sqlite")
    sound, chance, lost = file.read_bytes(), random.Random(1), 0
    for _time in range(300):
        damaged = bytearray(sound)
        for place in chance.sample(range(len(sound)), chance.choice((1, 50))):
            damaged[place] ^= 1 << chance.randrange(8)
        file.write_bytes(damaged)
        found = Index(tmp_path).known(values)
        assert found.items() <= values.items()
        lost += len(found) < len(values)
    assert lost > 100


def test_the_index_never_lies_about_changed_files(desk: Path, run: Run) -> None:
    path = write_ticket(desk, 1, "Old title")
    run("index")
    status = path.stat()
    path.write_text(path.read_text().replace("Old title", "New title"))
    __import__("os").utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert "New title" in run("list").out


def test_what_former_versions_kept_is_deleted(desk: Path, run: Run) -> None:
    write_ticket(desk, 1)
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "File")
    run("index")
    run("search", "ticket")
    folder = desk / ".git" / "tracker"
    kept = {path.name for path in folder.iterdir()}
    for name in (
        "index-1.sqlite",
        "history-2.sqlite",
        "history-2-0a1b2c3d.sqlite",
        "search-0.sqlite",
        "mine.sqlite",
    ):
        (folder / name).write_text("")
    run("index")
    assert {path.name for path in folder.iterdir()} == {*kept, "mine.sqlite"}
