"""Git's index, where a person's staged work is: read and changed under Git's own lock, in a copy."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from tracker.errors import StorageError, UsageError
from tracker.store.command import finish, git, start
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from subprocess import Popen

    from tracker.store.repository import Repository

_MERGED = "0"


class HeldIndex:
    """The index of a work tree while we hold its lock."""

    def __init__(self, repository: Repository, listing: Popen[bytes], new: Path) -> None:
        self._repository = repository
        self._listing = listing
        self._new = new

    def staged(self) -> dict[str, tuple[str, str]]:
        """Return mode and object name of each path asked for that the index holds. To be called once.

        Raises:
            RepositoryError: Git cannot read its index.
            UsageError: a merge left a conflict in one of them.
        """
        found = {}
        for line in filter(None, finish(self._listing).output.split("\0")):
            meta, path = line.split("\t", 1)
            mode, name, stage = meta.split(" ")
            if stage != _MERGED:
                message = _("{path} has a conflict of a merge.").format(path=path)
                hint = _("Resolve it first: git mergetool, or git add. Nothing was written.")
                raise UsageError(message, hint)
            found[path] = (mode, name)
        return found

    def put(self, entries: Mapping[str, tuple[str, str] | None]) -> None:
        """Make the index to come, which becomes the index when the lock is released.

        Args:
            entries: mode and object name by path relative to the top; None where the path leaves the index.
        """
        none = "0" * self._repository.name_length
        lines = "".join(
            f"{entry[0]} {entry[1]}\t{path}\0" if entry else f"0 {none}\t{path}\0"
            for path, entry in entries.items()
        ).encode("utf-8", "surrogateescape")
        with suppress(FileNotFoundError):
            shutil.copyfile(self._repository.private / "index", self._new)
        variables = {"GIT_INDEX_FILE": os.fspath(self._new)}
        change = ("update-index", "-z", "--index-info")
        git(self._repository.top, *change, given=[lines], environment=variables)


@contextmanager
def held_index(repository: Repository, paths: list[str]) -> Iterator[HeldIndex]:
    """Hold Git's lock of the index; what was put into it stays when the block ends well.

    Args:
        repository: with a work tree.
        paths: those that will be asked for, relative to the top; Git looks them up meanwhile.

    Raises:
        StorageError: another Git holds the lock, or the disk refuses.
    """
    index, lock, ours, new = _index_files(repository)
    _take(lock, ours)
    listing = None
    try:
        ask = ("--literal-pathspecs", "ls-files", "--stage", "-z", "--", *paths)
        listing = start(repository.top, ask)
        yield HeldIndex(repository, listing, new)
        if new.exists():
            new.replace(index)
    finally:
        for file in (new, lock, ours, new.with_name(f"{new.name}.lock")):
            file.unlink(missing_ok=True)
        if listing is not None and listing.returncode is None:
            finish(listing, check=False)


def foreign_lock(repository: Repository) -> Path | None:
    """Return the lock of the index that another Git holds, or left behind; None where there is none."""
    _index, lock, _ours, _new = _index_files(repository)
    return lock if lock.exists() and not left_lock(repository) else None


def left_lock(repository: Repository) -> bool:
    """Whether a process of ours holds the lock of the index, or left it behind."""
    _index, lock, ours, _new = _index_files(repository)
    return lock.exists() and ours.exists() and ours.samefile(lock)


def recover_index(repository: Repository, is_landed: Callable[[], bool]) -> None:
    """Release the lock of a killed process of ours; its entries stay if its commit landed."""
    index, lock, ours, new = _index_files(repository)
    if left_lock(repository):
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
