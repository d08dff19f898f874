"""Single objects of a repository, made from bytes and turned into bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.store.command import git

if TYPE_CHECKING:
    from tracker.store.repository import Repository


def write_object(repository: Repository, data: bytes) -> str:
    """Put bytes into the repository and return their object name."""
    return git(repository.top, "hash-object", "-w", "--stdin", given=[data]).output.strip()


def as_committed(repository: Repository, path: str, data: bytes) -> str:
    """Return the name of the object that Git would make of a file's bytes: line ends and filters applied."""
    named = git(repository.top, "hash-object", f"--path={path}", "--stdin", given=[data])
    return named.output.strip()


def as_checked_out(repository: Repository, path: str, name: str) -> bytes:
    """Return the bytes that Git would write to the disk for an object: line ends and filters applied."""
    written = git(repository.top, "cat-file", "--filters", f"--path={path}", name)
    return written.output.encode("utf-8", "surrogateescape")
