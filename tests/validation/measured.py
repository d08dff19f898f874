"""Running `tracker` as a program of its own on a hostile desk, with bounds on its time and memory."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 10.0
MEGABYTES = 500
_NOISE = 2.0
"""Others work on the machine, too."""
_ADDRESSES = 4 << 30
_RUNNER = f"""
import resource, subprocess, sys
resource.setrlimit(resource.RLIMIT_AS, ({_ADDRESSES}, {_ADDRESSES}))
code = subprocess.call(sys.argv[2:])
with open(sys.argv[1], "w") as file:
    file.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(code if code >= 0 else 128 - code)
"""
"""A small process between: the system counts what a process held before it became another one, too."""
_ESCAPES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Outcome(NamedTuple):
    """What a run did."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> str:
        """All that was printed."""
        return self.out + self.err


def tracker(desk: Path, *arguments: str, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> Outcome:
    """Run `tracker` in a desk; it must end in time, in its memory, without a traceback or an escape code."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    with (
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
        tempfile.NamedTemporaryFile() as most,
    ):
        command = [
            sys.executable,
            "-S",
            "-c",
            _RUNNER,
            most.name,
            sys.executable,
            "-m",
            "tracker",
            *arguments,
        ]
        begin = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=desk,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        try:
            code = process.wait(seconds * _NOISE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            code = process.wait()
        taken = time.monotonic() - begin
        kilobytes = int(most.read() or 0)
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode("utf-8", "surrogateescape"))
    done = Outcome(code, *texts)
    case = f"tracker {' '.join(arguments)}: exit {code}\n{done.err[-1500:]}"
    assert taken < seconds * _NOISE, f"{taken:.1f} s\n{case}"
    assert 0 < kilobytes < megabytes << 10, f"{kilobytes >> 10} MB\n{case}"
    assert code in (0, 1, 2, 3), case
    assert "Traceback" not in done.told, case
    assert "Internal error" not in done.told, case
    assert not _ESCAPES.search(done.told), repr(_ESCAPES.search(done.told))
    return done
