"""What differs between two states of a repository, who did it, and which files mention a word.

All paths are relative to the top of the repository; commits are given by their object names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import RepositoryError
from tracker.store.command import git, git_at_once
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.store.repository import Repository

_FOUND, _NOT_FOUND = 0, 1
_MOST_WORDS = 200


def differences(repository: Repository, before: str, after: str | None, folder: str) -> set[str]:
    """Return the files below a folder that are not the same in a commit and another, or on disk for None.

    Raises:
        RepositoryError: Git refuses.
    """
    place = ("--", folder or ".")
    form = ("-r", "-z", "--name-only", "--no-renames")
    asked: list[tuple[str, ...]]
    if after:
        asked = [("--literal-pathspecs", "diff-tree", *form, before, after, *place)]
    else:
        known = ("--literal-pathspecs", "diff-index", "-z", "--name-only", "--no-renames", before, *place)
        new = ("--literal-pathspecs", "ls-files", "-z", "--others", "--exclude-standard", *place)
        asked = [known, new]
    told = git_at_once(repository.top, *asked)
    for process in told:
        if process.status != 0:
            raise RepositoryError(_("Git cannot compare: {reason}").format(reason=process.problem.strip()))
    return {path for process in told for path in process.output.split("\0") if path}


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
    """Return the files that Git tracks, or that a commit holds, in which one of some words stands.

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
    for start in range(0, len(wanted), _MOST_WORDS):
        asked = [part for word in wanted[start : start + _MOST_WORDS] for part in ("-e", word)]
        ask = ("grep", "-z", "-l", "-a", "-F", *asked, *([commit] if commit else []), "--", *places)
        told = git(repository.top, *ask, check=False)
        if told.status not in (_FOUND, _NOT_FOUND):
            raise RepositoryError(_("Git cannot search: {reason}").format(reason=told.problem.strip()))
        prefix = f"{commit}:" if commit else ""
        found.update(path.removeprefix(prefix) for path in told.output.split("\0") if path)
    return sorted(found)
