"""Compare the speed of reading a desk's history with Git's own, on a demonstration desk, in one run.

python benchmarks/history.py [--tickets 10000]
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

TRACKER = (sys.executable, "-m", "tracker")
SOMEBODY = ("-c", "user.name=Bench", "-c", "user.email=bench@example.org")
LOG = ("git", "log", "--first-parent", "-m", "--raw", "-z", "--no-renames", "--format=%H", "--", "tickets")


def seconds(folder: Path, *command: str) -> float:
    """Return how long a command takes once."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begin = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)}\n{done.stderr.decode()[-2000:]}")
    return time.perf_counter() - begin


def one_more(folder: Path, number: int) -> None:
    """Commit the change of one ticket."""
    path = sorted((folder / "tickets").glob("2*/*/HD-*.md"))[number]
    path.write_text(path.read_text().replace("\npriority: ", f"\npriority: urgent  # {number} "))
    subprocess.run(["git", *SOMEBODY, "commit", "-qam", "One more"], cwd=folder, check=True)


def main() -> None:
    """Run everything and print the figures with the targets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--tickets", type=int, default=10_000)
    given = parser.parse_args()
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        desk = Path(name) / "desk"
        seconds(Path(name), *TRACKER, "demo", str(desk), "-n", str(given.tickets), "--now", "2024-11-24")
        ask = (*TRACKER, "log", f"HD-{given.tickets // 2}")
        seconds(desk, *TRACKER, "--version")
        start = min(seconds(desk, *TRACKER, "--version") for _turn in range(3))
        first, theirs = 0.0, 0.0
        for _turn in range(2):
            shutil.rmtree(desk / ".git" / "tracker", ignore_errors=True)
            theirs_now = seconds(desk, *LOG) + seconds(desk, *TRACKER, "validate", "--no-index")
            first_now = seconds(desk, *ask)
            if not first or first_now / theirs_now < first / theirs:
                first, theirs = first_now, theirs_now
        peak = getrusage(RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"first history: {first:.1f} s, {first / theirs:.2f} times Git’s log and validate (target 2.5)")
        again = min(seconds(desk, *ask) for _turn in range(5))
        print(f"nothing new: {(again - start) * 1000:.0f} ms beyond the start (target 150)")
        new = []
        for number in range(5):
            one_more(desk, number)
            new.append(seconds(desk, *ask))
        print(f"one new commit: {(min(new) - start) * 1000:.0f} ms beyond the start (target 200)")
        everything = seconds(desk, *TRACKER, "log")
        print(f"all events: {everything:.1f} s; peak memory of any command {peak:.0f} MiB")


if __name__ == "__main__":
    main()
