"""Running `tracker` as a program of its own on a hostile desk, with bounds on its time and memory."""

from __future__ import annotations

import os
import re
import resource
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
    command = [sys.executable, "-m", "tracker", *arguments]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begin = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=desk,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES)),  # noqa: PLW1509  # there are no threads
        )
        code, usage = _wait(process, begin + seconds * _NOISE)
        taken = time.monotonic() - begin
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode("utf-8", "surrogateescape"))
    done = Outcome(code, *texts)
    case = f"tracker {' '.join(arguments)}: exit {code}\n{done.err[-1500:]}"
    assert taken < seconds * _NOISE, f"{taken:.1f} s\n{case}"
    assert usage.ru_maxrss < megabytes << 10, f"{usage.ru_maxrss >> 10} MB\n{case}"
    assert code in (0, 1, 2, 3), case
    assert "Traceback" not in done.told, case
    assert "Internal error" not in done.told, case
    assert not _ESCAPES.search(done.told), repr(_ESCAPES.search(done.told))
    return done


def _wait(process: subprocess.Popen[bytes], until: float) -> tuple[int, resource.struct_rusage]:
    """Wait for a process, and end it when its time is over."""
    while True:
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        if ended:
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode, usage
        if time.monotonic() > until:
            process.kill()
        time.sleep(0.01)
