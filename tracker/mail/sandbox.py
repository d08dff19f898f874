"""Reading mail in a process of its own, which may take so much time and memory and no more.

A mail that makes the reader loop, grow or crash ends that process only. The next mail gets a new one.
The process is forked: start reading before other threads, and before locks are taken that must not be held
twice.
"""

from __future__ import annotations

import resource
import signal
import sys
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import RefusedMailError
from tracker.mail.limits import LARGEST_MESSAGE, MIB
from tracker.mail.reading import read_message
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from tracker.mail.message import Message

    Reader = Callable[[bytes, int], Message]

_PAGE = resource.getpagesize()


class Allowance(NamedTuple):
    """What reading one mail may take.

    Attributes:
        largest: bytes of the mail.
        memory: bytes of memory beyond what the program has already.
        processor: seconds of processor time.
        patience: seconds until the answer, however they are spent.
    """

    largest: int = LARGEST_MESSAGE
    memory: int = 1 << 30
    processor: int = 20
    patience: float = 60


USUAL = Allowance()


def read_messages(
    mails: Iterable[bytes], allowance: Allowance = USUAL, read: Reader = read_message
) -> Iterator[Message | RefusedMailError]:
    """Read mails one after the other in a process of their own; whatever a mail does to it, the others go on.

    Args:
        mails: the mails as they came; the next one is asked for when the one before has been answered.
        allowance: what each may take.
        read: what reads one.

    Yields:
        What each mail says, or why it cannot be read, in order. The process ends with the iterator.
    """
    child: _Child | None = None
    try:
        for mail in mails:
            child = child or _Child(allowance, read)
            answer = child.ask(mail)
            if answer is None:
                answer = child.gone()
                child = None
            yield answer
    finally:
        if child:
            child.end()


def who_and_what(header: bytes) -> tuple[str, str]:
    """Return who a header says that its message is from, by their address, and what about."""
    read = next(read_messages([header]))
    return ("", "") if isinstance(read, RefusedMailError) else (read.sender.email, read.subject)


class _Child:
    """The process that reads, as those who ask it see it."""

    def __init__(self, allowance: Allowance, read: Reader) -> None:
        context = get_context("fork")
        self.connection, far = context.Pipe()
        self.process: BaseProcess = context.Process(
            target=_serve, args=(far, self.connection, allowance, read), daemon=True
        )
        self.process.start()
        far.close()
        self.patience = allowance.patience
        self.late = False

    def ask(self, mail: bytes) -> Message | RefusedMailError | None:
        """Return the answer; None when there is none in time, or the process died of the mail."""
        try:
            self.connection.send_bytes(mail)
            if self.connection.poll(self.patience):
                answer: Message | RefusedMailError = self.connection.recv()
                return answer
            self.late = True
        except (EOFError, OSError):  # it is dead
            pass
        return None

    def gone(self) -> RefusedMailError:
        """End the process for good, and return why."""
        self.end()
        if self.late or self.process.exitcode == -signal.SIGXCPU:
            return _refused(_("Reading the message took too long."))
        return _refused(_("The program that read the message ended without an answer."))

    def end(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()


def _serve(connection: Connection, far: Connection, allowance: Allowance, read: Reader) -> None:
    """Answer until nobody asks any more: in the process that reads."""
    far.close()  # else this process would never see that the other has gone
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for taken in (signal.SIGTERM, signal.SIGXCPU):
        signal.signal(taken, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # others do not say how much a process has, and do not hold it to a limit
        _limit(resource.RLIMIT_AS, _used_memory() + allowance.memory)
    while True:
        try:
            mail = connection.recv_bytes()
        except EOFError:
            return
        used = resource.getrusage(resource.RUSAGE_SELF)
        _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + allowance.processor)
        connection.send(_answer(mail, allowance, read))


def _answer(mail: bytes, allowance: Allowance, read: Reader) -> Message | RefusedMailError:
    try:
        return read(mail, allowance.largest)
    except RefusedMailError as refused:
        return refused
    except MemoryError:
        return _refused(
            _("Reading the message took more than {most} MiB of memory.").format(most=allowance.memory // MIB)
        )
    except Exception as error:  # noqa: BLE001  # a mail that we cannot read is set aside, never lost
        return _refused(_("The message could not be read: {error!r}.").format(error=error))


def _refused(message: str) -> RefusedMailError:
    return RefusedMailError(message, _("Look at the raw message; what it asks for can be filed by hand."))


def _limit(what: int, most: int) -> None:
    """Set a limit, where it is not lower already."""
    _soft, hard = resource.getrlimit(what)
    resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _used_memory() -> int:
    """Return how many bytes of address space this process has."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * _PAGE
