"""What differs between two states of a repository, who did it, and which files mention a word.

All paths are relative to the top of the repository; commits are given by their object names.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tracker.errors import RepositoryError
from tracker.store.command import finish, git, start
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tracker.store.repository import Repository

_FOUND, _NOT_FOUND = 0, 1
_MOST_WORDS = 200
_EVERYTHING = ("--untracked", "--no-exclude-standard")
"""On disk, what Git does not track is a part of the desk, too."""


def differences(repository: Repository, before: str, after: str | None, *places: str) -> set[str]:
    """Return the files in some places that are not the same in a commit and another, or on disk for None.

    What Git does not track is asked for by `untracked`.

    Raises:
        RepositoryError: Git refuses.
    """
    ask = ("diff-tree", "-r", before, after) if after else ("diff", "--no-relative", before)
    form = (
        "-z",
        "--name-only",
        "--no-renames",
    )  # “diff” reads what differs in its time only, “diff-index” not
    told = git(
        repository.top,
        "--literal-pathspecs",
        ask[0],
        *form,
        *ask[1:],
        "--",
        *(place or "." for place in places),
    )
    return {path for path in told.output.split("\0") if path}


@contextmanager
def untracked(repository: Repository, folder: str) -> Iterator[Callable[[], set[str]]]:
    """Ask which files below a folder Git neither tracks nor ignores; the answer comes when it is called.

    Git looks through every folder for it, so it is well begun before it is needed.
    """
    ask = ("ls-files", "-z", "--others", "--exclude-standard", "--", folder or ".")
    process = start(repository.top, ("--literal-pathspecs", *ask))
    try:
        yield lambda: {path for path in finish(process).output.split("\0") if path}
    finally:
        if process.returncode is None:
            finish(process, check=False)


def common_commit(repository: Repository, one: str, other: str) -> str | None:
    """Return the commit at which two histories part; None where this clone does not reach back to it."""
    return git(repository.top, "merge-base", one, other, check=False).output.strip() or None


def authors(repository: Repository, since: str, until: str) -> set[str]:
    """Return the mail addresses of those who wrote the commits up to `until` that `since` does not have."""
    told = git(repository.top, "log", "-z", "--format=%ae", f"{since}..{until}")
    return {address for address in told.output.split("\0") if address}


def mentioning(
    repository: Repository, words: Iterable[str], commit: str | None, places: Iterable[str]
) -> list[str]:
    """Return the files on disk, or those that a commit holds, in which one of some words stands.

    Args:
        repository: the repository.
        words: single words without spaces.
        commit: None for the files on disk.
        places: pathspecs of Git, such as `:(glob)tickets/*/*/*.md`.

    Raises:
        RepositoryError: Git refuses.
    """
    wanted = sorted({word for word in words if word and word.isprintable()})
    found: set[str] = set()
    for place in range(0, len(wanted), _MOST_WORDS):
        asked = [part for word in wanted[place : place + _MOST_WORDS] for part in ("-e", word)]
        where = (commit,) if commit else _EVERYTHING
        ask = ("grep", "-z", "-l", "-a", "-F", *asked, *where, "--", *places)
        told = git(repository.top, *ask, check=False)
        if told.status not in (_FOUND, _NOT_FOUND):
            raise RepositoryError(_("Git cannot search: {reason}").format(reason=told.problem.strip()))
        prefix = f"{commit}:" if commit else ""
        found.update(path.removeprefix(prefix) for path in told.output.split("\0") if path)
    return sorted(found)
