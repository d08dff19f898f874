"""Committing a few files without the work tree, and without what a person has staged.

git-fast-import makes the commit from the bytes; the branch moves only if nobody moved it meanwhile; the
index is changed in a copy under Git's own lock, and only at the paths of the commit.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from tracker.errors import MovedBranchError, RepositoryError, StorageError, UsageError
from tracker.store.command import git
from tracker.store.stream import fast_import_stream
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from tracker.store.repository import Repository
    from tracker.store.stream import Commit

_PENDING = "refs/worktree/tracker-pending"
_MERGED = "0"


def make_commit(repository: Repository, commit: Commit, parent: str | None) -> str:
    """Write a commit that no branch holds yet, and return its object name.

    Raises:
        RepositoryError: Git refuses, or the disk is full. No branch has moved.
    """
    stream = [*fast_import_stream([commit], _PENDING, parent or ""), b"get-mark :1\n"]
    made = git(repository.top, "fast-import", "--quiet", "--force", "--date-format=raw", given=stream)
    return made.output.strip()


def move_head(repository: Repository, commit: str, parent: str | None, reason: str) -> None:
    """Let the branch that is checked out, or a detached HEAD, point to `commit` instead of `parent`.

    Raises:
        MovedBranchError: it points elsewhere meanwhile.
        RepositoryError: Git refuses for another cause.
    """
    lines = f"update HEAD\0{commit}\0{parent or '0' * len(commit)}\0delete {_PENDING}\0\0"
    arguments = ("update-ref", "-m", reason, "--create-reflog", "-z", "--stdin")
    moved = git(repository.top, *arguments, given=[lines.encode()], check=False)
    if moved.status == 0:
        return
    if "but expected" in moved.problem or "reference already exists" in moved.problem:
        raise MovedBranchError(_("Someone else committed at the same moment."), _("Try again."))
    message = _("Git could not move the branch: {reason}").format(reason=moved.problem.strip())
    raise RepositoryError(message, _("Nothing was committed."))


@contextmanager
def changed_index(repository: Repository, entries: Mapping[str, tuple[str, str] | None]) -> Iterator[None]:
    """Hold Git's lock of the index; put `entries` into the index when the block ends well.

    Args:
        repository: with a work tree.
        entries: mode and object name by path relative to the top; None where the path leaves the index.

    Raises:
        StorageError: another Git holds the lock, or the disk refuses.
    """
    index, lock, ours, new = _index_files(repository)
    none = "0" * repository.name_length
    _take(lock, ours)
    try:
        with suppress(FileNotFoundError):
            shutil.copyfile(index, new)
        lines = "".join(
            f"{entry[0]} {entry[1]}\t{path}\0" if entry else f"0 {none}\t{path}\0"
            for path, entry in entries.items()
        ).encode("utf-8", "surrogateescape")
        variables = {"GIT_INDEX_FILE": os.fspath(new)}
        git(repository.top, "update-index", "-z", "--index-info", given=[lines], environment=variables)
        yield
        new.replace(index)
    finally:
        for file in (new, lock, ours, new.with_name(f"{new.name}.lock")):
            file.unlink(missing_ok=True)


def recover_index(repository: Repository, is_landed: Callable[[], bool]) -> None:
    """Release the lock of a killed process of ours; its entries stay if its commit landed."""
    index, lock, ours, new = _index_files(repository)
    if ours.exists() and lock.exists() and ours.samefile(lock):
        if new.exists() and is_landed():
            new.replace(index)
        lock.unlink()
    for file in (new, ours, new.with_name(f"{new.name}.lock")):
        file.unlink(missing_ok=True)


def _index_files(repository: Repository) -> tuple[Path, Path, Path, Path]:
    """Return the index, its lock, the other name by which we know our own lock, and the index to come."""
    private, tracker = repository.private, repository.private / "tracker"
    return private / "index", private / "index.lock", tracker / "index.held", tracker / "index.new"


def _take(lock: Path, ours: Path) -> None:
    """Make Git's lock, with a second name in our folder: by it a later process knows whose lock it was."""
    try:
        ours.touch()
        lock.hardlink_to(ours)
    except FileExistsError:
        ours.unlink(missing_ok=True)
        message = _("Another Git is at work here: {path} exists.").format(path=lock)
        hint = _("Wait until it has ended. If no Git is running, delete that file. Nothing was written.")
        raise StorageError(message, hint) from None
    except OSError as error:
        ours.unlink(missing_ok=True)
        message = _("{path} cannot be written: {reason}.").format(path=lock, reason=error.strerror)
        raise StorageError(message, _("Nothing was written.")) from error


def staged(repository: Repository, paths: list[str]) -> dict[str, tuple[str, str]]:
    """Return mode and object name of each of these paths (relative to the top) that the index holds.

    Raises:
        UsageError: a merge left a conflict in one of them.
    """
    listed = git(repository.top, "--literal-pathspecs", "ls-files", "--stage", "-z", "--", *paths)
    found = {}
    for line in filter(None, listed.output.split("\0")):
        meta, path = line.split("\t", 1)
        mode, name, stage = meta.split(" ")
        if stage != _MERGED:
            message = _("{path} has a conflict of a merge.").format(path=path)
            raise UsageError(message, _("Resolve it first: git mergetool, or git add. Nothing was written."))
        found[path] = (mode, name)
    return found
