"""What the commits of a branch change, as one stream of git-log(1)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, NamedTuple

from tracker.history.reason import read_reasons
from tracker.store.command import AS_LANDED, git, output_of
from tracker.store.differences import untracked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.history.reason import Reason
    from tracker.store.repository import Repository

_PIECE = 1 << 18
_HEAD = "%H%n%ct%n%an%n%ae%n%s%n%b"
ON_DISK = "on disk "
"""What the name of a content begins with that is no object of Git's."""
_LAST = 253_402_214_400
"""In seconds: the last day that a datetime can hold in every time zone; a commit may claim a later one."""
_FIRST = 100_000_000
"""In seconds, of 1973: what is smaller, Git takes for something else than a time."""
_ORDINARY = b"100"
"""What the mode of an ordinary file begins with; links and submodules are no files."""


class RawChange(NamedTuple):
    """A file that a commit changes: its path in the repository, and object names, None for no file."""

    path: str
    before: str | None
    after: str | None


class RawCommit(NamedTuple):
    """A commit: its object name, when it was committed, its author, its message, and what it changes."""

    commit: str
    time: datetime
    name: str
    email: str
    subject: str
    reasons: tuple[Reason, ...]
    files: list[RawChange]


def first_parents(repository: Repository, tip: str, since: str = "") -> Iterator[str]:
    """Yield the commits of the branch itself, the newest first; what was merged into it is left out.

    Args:
        repository: the repository.
        tip: the object name of the newest commit.
        since: a commit; what it holds already is left out, whatever its branch.
    """
    span = (tip, f"^{since}") if since else (tip,)
    with output_of(repository.top, "rev-list", "--first-parent", *span) as stream:
        for line in stream:
            yield line.decode().strip()


def messages_like(repository: Repository, tip: str, since: str, pattern: str) -> dict[str, str]:
    """Return the messages of the commits of the branch itself in which a line is like this, by their commits.

    Args:
        repository: the repository.
        tip: the object name of the newest commit.
        since: a commit; what it holds already is left out, whatever its branch.
        pattern: an extended regular expression of ours.
    """
    ask = ("log", "--first-parent", "-z", "--no-show-signature", "--encoding=UTF-8", "--format=%H%n%B")
    like = ("--extended-regexp", f"--grep={pattern}")
    listed = git(repository.top, *ask, *like, tip, f"^{since}").output
    told = (one.partition("\n") for one in listed.split("\0") if one)
    return {commit: message for commit, _end, message in told}


def raw_log(repository: Repository, places: Sequence[str], tip: str, since: str = "") -> Iterator[RawCommit]:
    """Yield the commits of a branch itself that change something in some places, the oldest first.

    A merge changes what it brings to the branch.

    Args:
        repository: the repository.
        places: files and folders, relative to its top.
        tip: the object name of the newest commit.
        since: one of the branch after which the stream begins; empty for all.

    Raises:
        RepositoryError: Git cannot read the history.
    """
    ask = ("log", "--first-parent", AS_LANDED, "--raw", "-z", "--no-renames", "--no-abbrev", "--reverse")
    span = f"{since}..{tip}" if since else tip
    # Without --sparse, Git compares every two trees once to find the commits, and again to print them.
    form = (
        "--sparse",
        "--root",
        "--no-show-signature",
        "--no-color",
        "--encoding=UTF-8",
        f"--format={_HEAD}",
    )
    meant = (f":(top,literal){place}" for place in places)
    with output_of(repository.top, *ask, *form, span, "--", *meant) as stream:
        yield from _commits(stream)


def raw_differences(repository: Repository, before: str, after: str | None, folder: str) -> list[RawChange]:
    """Return the files in a folder that are not the same in a commit and another, or on disk for None.

    What is on disk alone has a name that begins with `ON_DISK`; what Git ignores is left out.

    Raises:
        RepositoryError: Git refuses.
    """
    form = ("--raw", "-z", "--no-renames", "--no-abbrev")
    span = (before, after) if after else (before,)
    place = f":(top,literal){folder}"
    found: list[RawChange] = []
    with output_of(repository.top, "diff", *form, *span, "--", place) as stream:
        pieces = _pieces(stream)
        found.extend(_change(told, next(pieces)) for told in pieces)
    if after is None:
        with untracked(repository, folder) as others:
            found.extend(RawChange(path, None, f"{ON_DISK}{path}") for path in sorted(others()))
    return [
        change._replace(after=f"{ON_DISK}{change.path}")
        if change.after and not change.after.strip("0")
        else change
        for change in found
    ]


def last_landed(repository: Repository, tip: str, moment: datetime, *, exactly: bool) -> str | None:
    """Return the newest commit of a branch that was committed before a moment; None where none was.

    Args:
        repository: the repository.
        tip: the object name of the branch's newest commit.
        moment: aware.
        exactly: whether what was committed at that moment counts, too.
    """
    seconds = int(moment.timestamp()) - (not exactly)
    if seconds < _FIRST:
        return None
    ask = ("rev-list", "-1", "--first-parent", f"--before={seconds}", tip)
    return git(repository.top, *ask).output.strip() or None


def _commits(stream: IO[bytes]) -> Iterator[RawCommit]:
    commit: RawCommit | None = None
    pieces = _pieces(stream)
    for piece in pieces:
        told = piece.lstrip(b"\n")
        if told.startswith(b":"):
            path = next(pieces)
            if commit is not None:
                commit.files.append(_change(told, path))
        elif told:
            if commit and commit.files:
                yield commit
            commit = _commit(told)
    if commit and commit.files:
        yield commit


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield what stands between the NULs of a stream."""
    rest = b""
    while data := stream.read(_PIECE):
        *whole, rest = (rest + data).split(b"\0")
        yield from whole
    if rest:
        yield rest


def _commit(head: bytes) -> RawCommit:
    name, time, author, email, subject, body = head.decode("utf-8", "replace").split("\n", 5)
    landed = datetime.fromtimestamp(min(int(time), _LAST), UTC)
    return RawCommit(name, landed, author, email, subject, read_reasons(body), [])


def _change(told: bytes, path: bytes) -> RawChange:
    old_mode, mode, before, after, _status = told[1:].split(b" ")
    was, is_ = (each.startswith(_ORDINARY) for each in (old_mode, mode))
    named = path.decode("utf-8", "surrogateescape")
    return RawChange(named, before.decode() if was else None, after.decode() if is_ else None)
