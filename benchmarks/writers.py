"""Many writers at once, and writers that are killed: python benchmarks/writers.py [--kills 1000].

Sixteen processes, each with a clone of its own, file and change tickets and push them to one bare
repository. Then writers of one clone are killed at random moments. Both end with everything counted.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TRACKER = [sys.executable, "-m", "tracker"]
DESK = "desk: Many writers\ncategories: [network]\n"
EACH = 20


def git(folder: Path, *arguments: str) -> str:
    """Run Git and return what it prints."""
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


def tracker(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one command in a process of its own."""
    return subprocess.run([*TRACKER, *arguments], cwd=folder, capture_output=True, text=True, check=False)


def clone(remote: Path, folder: Path) -> Path:
    """Return a clone with somebody to commit as."""
    git(remote, "clone", "-q", str(remote), str(folder))
    git(folder, "config", "user.name", folder.name)
    git(folder, "config", "user.email", f"{folder.name}@example.org")
    return folder


def new_remote(top: Path) -> Path:
    """Return a bare repository that holds an empty desk."""
    remote = top / "remote.git"
    git(top, "init", "-q", "--bare", "-b", "main", str(remote))
    first = clone(remote, top / "first")
    (first / "tracker.yml").write_text(DESK)
    git(first, "checkout", "-q", "-B", "main")
    git(first, "add", "-A")
    git(first, "commit", "-qm", "Set up")
    git(first, "push", "-q", "-u", "origin", "main")
    return remote


def write(folder: Path, tickets: int) -> list[str]:
    """File and change tickets one after the other; return the ids that were reported."""
    ids = []
    for number in range(tickets):
        title = f"{folder.name} {number}"
        filed = tracker(folder, "new", title, "-s", "category=network", "--push")
        assert filed.returncode == 0, filed.stderr
        ids.append(Path(filed.stdout.strip()).stem)
        changed = tracker(folder, "set", ids[-1], f"labels={folder.name}-{number}", "--push")
        assert changed.returncode == 0, changed.stderr
    return ids


def many_writers(top: Path, writers: int, tickets: int) -> None:
    """Let processes write at once, then count what is there."""
    remote = new_remote(top)
    folders = [clone(remote, top / f"writer{number}") for number in range(writers)]
    start = time.monotonic()
    with ThreadPoolExecutor(writers) as pool:
        reported = [
            ticket for ids in pool.map(lambda folder: write(folder, tickets), folders) for ticket in ids
        ]
    seconds = time.monotonic() - start
    listed = json.loads(tracker(remote, "list", "--all", "--json").stdout)
    numbers = sorted(int(row["id"].partition("-")[2]) for row in listed)
    labelled = sum(row["labels"] == [row["title"].replace(" ", "-")] for row in listed)
    total = writers * tickets
    print(f"{writers} writers, {tickets} tickets each: {seconds:.0f} s")
    print(f"  reported {len(reported)}, distinct {len(set(reported))}, in the repository {len(listed)}")
    print(f"  numbers 1 to {numbers[-1]}, gaps {numbers[-1] - len(set(numbers))}, changed {labelled}")
    git(remote, "fsck", "--strict")
    print("  git fsck: fine; commits:", git(remote, "rev-list", "--count", "main").strip())
    assert len(set(reported)) == len(listed) == labelled == total
    assert numbers == list(range(1, total + 1))


def kills(top: Path, times: int) -> None:
    """Kill writers at random moments; every command works after each, and nothing reported is lost.

    The first half writes into the files and commits; the second half pushes.
    """
    remote = new_remote(top)
    local, pushing = clone(remote, top / "local"), clone(remote, top / "pushing")
    dice = random.Random(1)
    killed = 0
    for folder, ways in ((local, (["--commit"], [], ["--draft"])), (pushing, (["--push"],))):
        reported: set[str] = set()
        for number in range(times // 2):
            status, ticket = _maybe_killed(
                folder, f"Ticket {number}", dice.choice(ways), dice.uniform(0.02, 0.4)
            )
            killed += status == -signal.SIGKILL
            if status == 0:
                assert ticket not in reported, ticket
                reported.add(ticket)
            if number % EACH == 0:
                _check(folder, reported)
        _check(folder, reported)
        git(folder, "fsck", "--strict")
    git(remote, "fsck", "--strict")
    print(
        f"{times} commands, {killed} killed: all that was reported is there, no number twice; git fsck: fine"
    )


def _maybe_killed(folder: Path, title: str, way: list[str], seconds: float) -> tuple[int, str]:
    """Start a command and kill it after some time; return how it ended, and the ticket that it reported."""
    command = [*TRACKER, "new", title, "-s", "category=network", *way]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        output, problem = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        output, problem = process.communicate()
    assert process.returncode in (0, -signal.SIGKILL), problem
    return process.returncode, Path(output.strip()).stem


def _check(folder: Path, reported: set[str]) -> None:
    """Whether every sort of command works, and all that was reported is there."""
    way = "--push" if folder.name == "pushing" else "--commit"
    settled = tracker(folder, "new", "Settled", "-s", "category=network", way)
    assert settled.returncode == 0, settled.stderr
    reported.add(Path(settled.stdout.strip()).stem)
    changed = tracker(folder, "set", Path(settled.stdout.strip()).stem, "priority=high", way)
    assert changed.returncode == 0, changed.stderr
    valid = tracker(folder, "validate")
    assert valid.returncode == 0, valid.stdout
    there = {row["id"] for row in json.loads(tracker(folder, "list", "--all", "--json").stdout)}
    assert reported <= there, sorted(reported - there)
    assert not [
        line for line in git(folder, "status", "--porcelain").splitlines() if not line.startswith("??")
    ]


def main() -> None:
    """Run both and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, default=16)
    parser.add_argument("--tickets", type=int, default=50)
    parser.add_argument("--kills", type=int, default=1000)
    options = parser.parse_args()
    os.environ.update(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_SYSTEM=os.devnull)
    if options.writers:
        with tempfile.TemporaryDirectory(prefix="tracker-writers-") as name:
            many_writers(Path(name), options.writers, options.tickets)
    if options.kills:
        with tempfile.TemporaryDirectory(prefix="tracker-kills-") as name:
            kills(Path(name), options.kills)


if __name__ == "__main__":
    main()
