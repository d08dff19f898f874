"""Compare the speeds of `tracker validate` with each other on demonstration desks, as ratios of one run.

    python benchmarks/validation.py [--tickets 10000] [--few 100] [--times 5]

The best of several runs counts; runs that are compared take turns, so that a busy moment meets both.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TRACKER = (sys.executable, "-m", "tracker")
SOMEBODY = ("-c", "user.name=Bench", "-c", "user.email=bench@example.org")
SETTLED = 2.5
"""So many seconds after a change, what was found is remembered."""


def seconds(folder: Path, *options: str) -> float:
    """Return how long `tracker validate` takes once."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [*TRACKER, "validate", *options]
    begin = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)}\n{done.stderr[-2000:]}")
    return time.perf_counter() - begin


def best(times: int, *runs: tuple[Path, tuple[str, ...]]) -> list[float]:
    """Return the shortest time of each of some runs, which take turns."""
    taken = [[seconds(folder, *options) for folder, options in runs] for _turn in range(times)]
    return [min(column) for column in zip(*taken, strict=True)]


def git(folder: Path, *arguments: str) -> None:
    """Run Git."""
    subprocess.run(["git", *SOMEBODY, *arguments], cwd=folder, check=True, capture_output=True)


def make(folder: Path, tickets: int) -> Path:
    """Make a desk in which three tickets were changed after the last commit."""
    made = [*TRACKER, "demo", str(folder), "--tickets", str(tickets), "--now", "2024-11-24"]
    subprocess.run(made, check=True, capture_output=True)
    for path in sorted((folder / "tickets").glob("2*/*/HD-*.md"))[:: max(1, tickets // 3)][:3]:
        path.write_text(path.read_text().replace("\npriority: ", "\npriority: urgent  # was "))
    return folder


def compare(name: str, one: float, other: float, target: str) -> None:
    """Print a ratio."""
    print(
        f"{name:34}{one * 1000:8.0f} ms to {other * 1000:6.0f} ms: {one / other:5.2f} times (target {target})"
    )


def main() -> None:
    """Run everything and print the ratios with the targets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--tickets", type=int, default=10_000)
    parser.add_argument("--few", type=int, default=100)
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        many, few = make(Path(name) / "many", given.tickets), make(Path(name) / "few", given.few)
        time.sleep(SETTLED)
        for desk in (many, few):
            git(desk, "status")  # Git reads again what was written in the second of its index, until it looks
        seconds(many)  # fills the cache
        cold, warm = best(given.times, (many, ("--no-index",)), (many, ()))
        compare("again, with the cache", warm, cold, "0.25")
        large, small = best(given.times, (many, ("--changed",)), (few, ("--changed",)))
        compare(f"--changed: {given.tickets} to {given.few} tickets", large, small, "1.5")
        for desk in (many, few):
            git(desk, "commit", "-qam", "Change three")
        revisions = ("--base", "HEAD~1", "--at", "HEAD")
        large, small = best(given.times, (many, revisions), (few, revisions))
        compare("--base and --at: the same", large, small, "1.5")
        files = [str(path.relative_to(many)) for path in sorted((many / "tickets").glob("2*/*/HD-*.md"))[:3]]
        part, whole = best(given.times, (many, tuple(files)), (many, ("--no-index",)))
        compare("three files, to the whole desk", part, whole, "0.25")


if __name__ == "__main__":
    main()
