"""Compare how long the desk's rules take with a look at the whole desk, on a demonstration desk, in one run.

python benchmarks/assignment.py [--tickets 10000]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import time
from pathlib import Path

from history import TRACKER, seconds

TURNS = 7


def main() -> None:
    """Run everything and print the figures with the targets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--tickets", type=int, default=10_000)
    given = parser.parse_args()
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        desk = Path(name) / "desk"
        seconds(Path(name), *TRACKER, "demo", str(desk), "-n", str(given.tickets))
        foresee = (*TRACKER, "assign", "--all", "--dry-run")
        time.sleep(3)  # what changed a moment ago is not taken to be known
        for command in ("validate", "list", "sla"):
            seconds(desk, *TRACKER, command)
        first = subprocess.run([*foresee, "--json"], cwd=desk, capture_output=True, check=True).stdout
        again = subprocess.run([*foresee, "--json"], cwd=desk, capture_output=True, check=True).stdout
        decided = json.loads(first)
        silent = [one["id"] for one in decided if not one["reason"]]
        warm = min(seconds(desk, *TRACKER, "validate") for _turn in range(TURNS))
        rules = min(seconds(desk, *foresee) for _turn in range(TURNS))
        levels = min(seconds(desk, *TRACKER, "sla") for _turn in range(TURNS))
        load = min(seconds(desk, *TRACKER, "workload") for _turn in range(TURNS))
    print(f"assign --all --dry-run: {rules:.2f} s, {rules / warm:.2f} times validate warm (target 2)")
    same = "the same twice" if first == again else "OTHERWISE THE SECOND TIME"
    print(f"{len(decided)} decisions, {len(silent)} without a reason, {same}")
    print(f"sla: {levels:.2f} s, workload: {load:.2f} s, validate warm: {warm:.2f} s")


if __name__ == "__main__":
    main()
