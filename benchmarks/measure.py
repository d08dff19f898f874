"""Running a command, and what that took: time and the most memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

TRACKER = (sys.executable, "-m", "tracker")


class Taken(NamedTuple):
    """What a command took: seconds, MiB, and seconds of all processors together; None where it was stopped.

    The memory is that of its largest process; of ours, without Git, which maps whole packs into its own.
    """

    seconds: float | None
    memory: float | None
    cpu: float | None = None


class _Peak(threading.Thread):
    """Looks again and again how much memory a process has had at most, in KiB."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._status, self.most = Path(f"/proc/{pid}/status"), 0

    def run(self) -> None:
        """Look until it is gone."""
        with suppress(OSError, StopIteration):
            while True:
                lines = self._status.read_text().splitlines()
                told = next(line for line in lines if line.startswith("VmHWM:"))
                self.most = max(self.most, int(told.split()[1]))
                time.sleep(0.005)


def run(
    command: Sequence[str], folder: Path, *, patience: float = 900, codes: tuple[int, ...] = (0, 1)
) -> Taken:
    """Run a command once.

    Args:
        command: the program and its arguments.
        folder: where.
        patience: in seconds; then it is stopped.
        codes: of which one must be its exit code.
    """
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PAGER": "cat"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
    with tempfile.TemporaryFile() as problems:
        begin = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=problems,
        )
        timer = threading.Timer(patience, process.kill)
        timer.start()
        peak = _Peak(process.pid)
        peak.start()
        _pid, status, usage = os.wait4(process.pid, 0)
        taken = time.perf_counter() - begin
        timer.cancel()
        process.returncode = code = os.waitstatus_to_exitcode(status)
        if taken >= patience:
            return Taken(None, None)
        if code not in codes:
            problems.seek(0)
            sys.exit(f"{' '.join(command)[:200]}\n{problems.read()[-2000:].decode(errors='replace')}")
    ours = tuple(command[: len(TRACKER)]) == TRACKER
    memory = peak.most / 1024 if ours and peak.most else usage.ru_maxrss / 1024
    return Taken(taken, memory, usage.ru_utime + usage.ru_stime)


def best(command: Sequence[str], folder: Path, times: int = 3, patience: float = 900) -> Taken:
    """Return the shortest of several runs, and the most memory of any; slow ones run once."""
    found = [run(command, folder, patience=patience)]
    while len(found) < times and found[-1].seconds is not None and found[-1].seconds < 20:  # noqa: PLR2004
        found.append(run(command, folder, patience=patience))
    seconds = [one.seconds for one in found if one.seconds is not None]
    memory = [one.memory for one in found if one.memory is not None]
    return Taken(min(seconds, default=None), max(memory, default=None))
