"""Reading in a process of its own: whatever a mail does to it, the next one is read."""

import os
import signal
import subprocess
import sys
import time
from multiprocessing import active_children

import pytest

from tracker.errors import RefusedMailError
from tracker.mail.message import Message
from tracker.mail.reading import read_message
from tracker.mail.sandbox import Allowance, read_messages

PLAIN = b"Subject: Printer\n\nIt jams.\n"
SHORT = Allowance(memory=200 << 20, processor=1, patience=1)


def _read(data: bytes, largest: int) -> Message:
    """Read a message; some of them misbehave in the ways that a broken library does."""
    if data == b"loop":
        while True:
            pass
    if data == b"sleep":
        time.sleep(600)
    if data == b"grow":
        held = b"x"
        while True:
            held += held
    if data == b"crash":
        os.kill(os.getpid(), signal.SIGKILL)
    if data == b"leave":
        os._exit(0)
    if data == b"raise":
        raise ZeroDivisionError
    return read_message(data, largest)


@pytest.mark.parametrize(
    ("poison", "why"),
    [
        (b"sleep", "took too long"),
        (b"grow", "more than 200 MiB"),
        (b"crash", "ended without an answer"),
        (b"leave", "ended without an answer"),
        (b"raise", "ZeroDivisionError"),
    ],
)
def test_a_mail_that_misbehaves_is_refused_and_the_next_one_is_read(poison: bytes, why: str) -> None:
    first, second, third = read_messages([PLAIN, poison, PLAIN], SHORT, _read)
    assert isinstance(first, Message)
    assert first == third == read_message(PLAIN)
    assert isinstance(second, RefusedMailError)
    assert why in second.message
    assert second.hint
    assert _no_child_is_left()


def test_a_reader_that_loops_is_ended_by_the_time_of_its_processor() -> None:
    started = time.monotonic()
    answers = list(read_messages([b"loop", PLAIN], SHORT._replace(patience=60), _read))
    assert isinstance(answers[0], RefusedMailError)
    assert "took too long" in answers[0].message
    assert isinstance(answers[1], Message)
    assert time.monotonic() - started < 20


def test_one_process_reads_many_and_ends_with_the_iterator() -> None:
    reading = read_messages([PLAIN] * 10)
    next(reading)
    (child,) = active_children()
    next(reading)
    assert [other.pid for other in active_children()] == [child.pid]
    reading.close()
    assert _no_child_is_left()


def test_a_message_beyond_the_limit_is_refused_in_words() -> None:
    (answer,) = read_messages([b"Subject: x\n\n" + b"x" * 2_000_000], Allowance(largest=1 << 20))
    assert isinstance(answer, RefusedMailError)
    assert answer.message == "The message has 1.9 MiB; at most 1 are read."


def test_no_mail_starts_no_process() -> None:
    assert list(read_messages([])) == []
    assert _no_child_is_left()


def _no_child_is_left() -> bool:
    """Whether this process has no other that it has started, be it dead and never asked for; servers apart."""
    try:
        os.waitpid(0, os.WNOHANG)  # servers have groups of their own
    except ChildProcessError:
        return True
    return False


def test_the_process_ends_when_the_one_that_asks_is_killed() -> None:
    script = (
        "import multiprocessing, time\n"
        "from tracker.mail.sandbox import read_messages\n"
        "reading = read_messages([b'', b''])\n"
        "next(reading)\n"
        "print(multiprocessing.active_children()[0].pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    asking = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert asking.stdout
    with asking.stdout as said:
        child = int(said.readline())
        asking.kill()
        asking.wait()
    deadline = time.monotonic() + 10
    while _is_running(child) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not _is_running(child)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], check=False, capture_output=True, text=True)
    return not state.stdout.startswith("Z")  # dead, but nobody asks here for processes without a parent
