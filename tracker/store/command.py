"""Running Git. The only module that does.

Nothing a stranger wrote becomes an option, a ref or an address: paths are ours and stand behind `--`.
No hook, no file system monitor, no pager, no editor and no prompt is ever started.
"""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, NamedTuple
from weakref import finalize

from tracker.errors import RepositoryError
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from git import Git

_QUIET = (
    *("-c", f"core.hooksPath={os.devnull}", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"),
    *("-c", "color.ui=false"),
    *("-c", "protocol.ext.allow=never", "-c", "commit.gpgSign=false", "-c", "gc.auto=0"),
    *("-c", "maintenance.auto=false", "-c", "submodule.recurse=false", "-c", "push.recurseSubmodules=no"),
)
_ENVIRONMENT = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_PAGER": "cat",
    "GIT_EDITOR": "true",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}
_PIECE = 1 << 20
_GRACE = 5.0
"""In seconds."""
_KINDS = (b"blob", b"tree", b"commit", b"tag")
AS_LANDED, SEPARATE = "--diff-merges=first-parent", "--diff-merges=separate"
"""What a merge changes: what it brings to its branch, or what it changes of each parent; never what a
configuration says (`log.diffMerges`), which is what `-m` asks."""
DOWNLOAD = "https://git-scm.com/downloads"


class Process(NamedTuple):
    """What a Git command did: its exit status, output and complaint."""

    status: int
    output: str
    problem: str


class ObjectReader:
    """Reads objects by name from one Git process, which ends with the last that holds the reader."""

    def __init__(self, folder: Path) -> None:
        started = _git_at(folder).cat_file("--batch", as_process=True, istream=subprocess.PIPE)
        self._process: subprocess.Popen[bytes] = started.proc
        started.proc = None  # GitPython would end it whenever it is collected
        self._expected: dict[str, None] = {}
        self._held: dict[str, bytes] = {}
        self._most = 0
        finalize(self, _close, self._process)

    def expect(self, names: Iterable[str], most: int) -> None:
        """Let Git find objects that will be read soon, while we do other things.

        Args:
            names: at most a thousand: a pipe holds so many. What was expected before is forgotten.
            most: of larger ones only so many bytes are read, and one more.
        """
        self._receive()
        self._held.clear()
        self._expected = dict.fromkeys(names)
        self._most = most
        self._ask(self._expected)

    def read(self, name: str, most: int | None = None) -> bytes:
        """Return an object's bytes, of one that is larger than `most` only the first ones.

        Raises:
            ValueError: there is none of this name.
        """
        if name in self._expected:
            self._receive(name)
        if name in self._held:
            return self._held.pop(name)
        return self._read(name, most)[0]

    def size(self, name: str) -> int:
        """Return the number of an object's bytes.

        Raises:
            ValueError: there is none of this name.
        """
        return self._read(name, 0)[1]

    def _read(self, name: str, most: int | None) -> tuple[bytes, int]:
        self._receive()
        self._ask([name])
        return self._answer(name, most)

    def _receive(self, last: str = "") -> None:
        """Read what Git answers about what is expected, up to an object, or all."""
        while self._expected and last not in self._held:
            name = next(iter(self._expected))
            del self._expected[name]
            with suppress(ValueError):
                self._held[name] = self._answer(name, self._most)[0]

    def _ask(self, names: Iterable[str]) -> None:
        assert self._process.stdin is not None  # noqa: S101  # it is a pipe
        with suppress(BrokenPipeError):  # it has ended, so nothing will be there
            self._process.stdin.write("".join(f"{name}\n" for name in names).encode())
            self._process.stdin.flush()

    def _answer(self, name: str, most: int | None) -> tuple[bytes, int]:
        stdout = self._process.stdout
        assert stdout is not None  # noqa: S101  # it is a pipe
        *_told, kind, size = stdout.readline().split(b" ")
        if kind not in _KINDS:
            raise ValueError(name)
        left = int(size)
        data = stdout.read(left if most is None else min(left, most + 1))
        left -= len(data) - 1  # a line feed follows
        while left and (piece := stdout.read(min(left, _PIECE))):
            left -= len(piece)
        return data, int(size)


def _close(process: subprocess.Popen[bytes]) -> None:
    """End a process that reads: it stops at the end of its input."""
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            with suppress(OSError):  # it may have ended before it read all
                stream.close()
    process.wait()


def _git_at(folder: Path, more: Mapping[str, str] | None = None) -> Git:
    """Return GitPython's Git, working in `folder` with `more` in its environment.

    Raises:
        RepositoryError: Git is not installed.
    """
    try:
        from git import Git
    except ImportError as error:  # GitPython looks for Git when it is imported
        raise RepositoryError(_("Git is not installed, or not on the PATH."), DOWNLOAD) from error
    command = Git(folder)  # a text would have its variables replaced
    command.update_environment(**_ENVIRONMENT, **(more or {}))
    return command


def git(
    folder: Path,
    *arguments: str,
    given: Iterable[bytes] | None = None,
    check: bool = True,
    environment: Mapping[str, str] | None = None,
    patience: float | None = None,
) -> Process:
    """Run one Git command in `folder` and wait for it.

    Args:
        folder: where it runs.
        arguments: the command and its arguments.
        given: what it reads from its standard input.
        check: whether a failure is an error.
        environment: variables beside ours.
        patience: in seconds, how long it may take; None for ever.

    Raises:
        RepositoryError: Git is not installed, it took too long, or it failed and `check` asks.
    """
    process = start(folder, arguments, environment, reads=given is not None)
    try:
        for chunk in given or ():
            assert process.stdin is not None  # noqa: S101  # a pipe where something is given
            process.stdin.write(chunk)
    except BrokenPipeError:
        pass  # it stopped reading: its complaint says why
    return finish(process, check=check, patience=patience)


def git_at_once(folder: Path, *commands: tuple[str, ...]) -> list[Process]:
    """Run several Git commands beside each other; none of them reads anything.

    Raises:
        RepositoryError: Git is not installed.
    """
    return [finish(process, check=False) for process in [start(folder, command) for command in commands]]


def start(
    folder: Path, arguments: Iterable[str], more: Mapping[str, str] | None = None, *, reads: bool = False
) -> subprocess.Popen[bytes]:
    """Start a Git command in `folder`, with `more` in its environment; `finish` returns what it did.

    Raises:
        RepositoryError: Git is not installed.
    """
    command = _git_at(folder, more)
    from git.exc import GitCommandNotFound

    try:
        started = command.execute(
            ["git", *_QUIET, *arguments],
            istream=subprocess.PIPE if reads else subprocess.DEVNULL,
            as_process=True,
        )
    except GitCommandNotFound as error:
        raise RepositoryError(_("Git is not installed, or not on the PATH."), DOWNLOAD) from error
    process, started.proc = started.proc, None
    assert process is not None  # noqa: S101  # nobody has waited for it yet
    return process


def finish(process: subprocess.Popen[bytes], *, check: bool = True, patience: float | None = None) -> Process:
    """Wait for a command, and return what it did.

    Raises:
        RepositoryError: it took longer than `patience`, in seconds, or it failed and `check` asks.
    """
    try:
        output, problem = process.communicate(timeout=patience)
    except subprocess.TimeoutExpired as error:
        _stop(process)
        message = _("There was no answer within {seconds} seconds.")
        raise RepositoryError(message.format(seconds=int(patience or 0))) from error
    done = Process(process.returncode, _text(output), _text(problem))
    if check and done.status != 0:
        assert isinstance(process.args, list)  # noqa: S101  # as it was started
        command = next(word for word in process.args[len(_QUIET) + 1 :] if not word.startswith("-"))
        message = _("git {command} failed: {reason}")
        raise RepositoryError(message.format(command=command, reason=done.problem.strip()))
    return done


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a command, whatever it is busy with; a helper of its own may hold its pipes for longer."""
    process.terminate()
    try:
        process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
    _close(process)


@contextmanager
def output_of(folder: Path, *arguments: str) -> Iterator[IO[bytes]]:
    """Run a Git command whose output is read while it writes it; who stops reading, stops it.

    Raises:
        RepositoryError: Git is not installed, or the command failed.
    """
    process = start(folder, arguments)
    assert process.stdout is not None  # noqa: S101  # both are pipes
    assert process.stderr is not None  # noqa: S101  # likewise
    try:
        yield process.stdout
        whole = not process.stdout.read(1)
    except BaseException:
        whole = False
        raise
    finally:
        process.stdout.close()
        problem = _text(process.stderr.read()).strip()
        process.stderr.close()
        status = process.wait()
    if whole and status != 0:
        raise RepositoryError(
            _("git {command} failed: {reason}").format(command=arguments[0], reason=problem)
        )


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
