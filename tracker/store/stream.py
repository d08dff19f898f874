"""Commits as a stream for git-fast-import(1)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_PIECE = 1 << 16
_ORDINARY = "100644"


_SIGNATURE = re.compile(r"(.*?) ?<([^>]*)> (\d+) ([+-])(\d\d)(\d\d)")
_DAY = timedelta(days=1)
_LAST = 253_370_764_800  # the first second of the year 9999


class Signature(NamedTuple):
    """Who and when in a commit; `time` is aware."""

    name: str
    email: str
    time: datetime

    @classmethod
    def read(cls, line: str) -> Signature:
        """Read what Git writes: `Name <address> seconds +0100`.

        Raises:
            ValueError: it is written otherwise.
        """
        match = _SIGNATURE.fullmatch(line)
        if not match:
            raise ValueError(line)
        name, email, seconds, sign, hours, minutes = match.groups()
        offset = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1)
        zone = timezone(offset) if abs(offset) < _DAY else UTC  # anything can be written into a commit
        return cls(name, email, datetime.fromtimestamp(min(int(seconds), _LAST), zone))

    def line(self) -> bytes:
        """Return what Git writes."""
        who = f"{self.name} <{self.email}> {int(self.time.timestamp())} {self.time.strftime('%z')}"
        return who.encode("utf-8", "surrogateescape")


class Commit(NamedTuple):
    """One commit.

    Attributes:
        author: who and when.
        message: subject, and a body where there is one.
        files: the new bytes by path; None deletes.
        committer: who brought it in and when; the author where it is None.
        modes: Git's mode of files that are not ordinary ones, such as `100755`.
    """

    author: Signature
    message: str
    files: Mapping[str, bytes | None]
    committer: Signature | None = None
    modes: Mapping[str, str] = {}


def fast_import_stream(commits: Iterable[Commit], reference: str, parent: str = "") -> Iterator[bytes]:
    """Yield what git-fast-import reads, in large pieces.

    Args:
        commits: one after the other.
        reference: the full name of the ref that will point to the last.
        parent: the object name of the commit before the first; empty for a history's beginning.
    """
    pieces: list[bytes] = []
    size = 0
    for number, commit in enumerate(commits):
        for piece in _commit(commit, reference, "" if number else parent):
            pieces.append(piece)
            size += len(piece)
        if size > _PIECE:
            yield b"".join(pieces)
            pieces, size = [], 0
    yield b"".join(pieces)


def _commit(commit: Commit, reference: str, parent: str) -> Iterator[bytes]:
    message = commit.message.encode("utf-8", "surrogateescape")
    who = (commit.author.line(), (commit.committer or commit.author).line())
    yield b"commit %s\nmark :1\nauthor %s\ncommitter %s\n" % (reference.encode(), *who)
    yield b"data %d\n%s\n" % (len(message), message)
    if parent:
        yield f"from {parent}\n".encode()
    for path, data in commit.files.items():
        if data is None:
            yield b"D %s\n" % _quoted(path)
        else:
            mode = commit.modes.get(path, _ORDINARY).encode()
            yield b"M %s inline %s\ndata %d\n%s\n" % (mode, _quoted(path), len(data), data)


def _quoted(path: str) -> bytes:
    """Return a path in quotes, as the stream wants one that may hold anything."""
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return b'"' + escaped.encode("utf-8", "surrogateescape") + b'"'
