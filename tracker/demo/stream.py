"""Commits as a stream for git-fast-import(1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit.

    Attributes:
        author: the person's name.
        email: the person's address.
        time: when; aware.
        message: subject, and a body where there is one.
        files: the new bytes by path; None deletes.
    """

    author: str
    email: str
    time: datetime
    message: str
    files: dict[str, bytes | None]


def fast_import_stream(commits: Iterable[Commit], branch: str) -> Iterator[bytes]:
    """Yield what git-fast-import reads, in large pieces."""
    pieces: list[bytes] = []
    size = 0
    for commit in commits:
        for piece in _commit(commit, branch):
            pieces.append(piece)
            size += len(piece)
        if size > _PIECE:
            yield b"".join(pieces)
            pieces, size = [], 0
    yield b"".join(pieces)


def _commit(commit: Commit, branch: str) -> Iterator[bytes]:
    moment = f"{int(commit.time.timestamp())} {commit.time.strftime('%z')}"
    who = f"{commit.author} <{commit.email}> {moment}".encode()
    message = commit.message.encode()
    yield b"commit refs/heads/%s\nauthor %s\ncommitter %s\n" % (branch.encode(), who, who)
    yield b"data %d\n%s\n" % (len(message), message)
    for path, data in commit.files.items():
        if data is None:
            yield b"D %s\n" % _quoted(path)
        else:
            yield b"M 100644 inline %s\ndata %d\n%s\n" % (_quoted(path), len(data), data)


def _quoted(path: str) -> bytes:
    """Return a path in quotes, as the stream wants one that may hold anything."""
    return b'"' + path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").encode() + b'"'
