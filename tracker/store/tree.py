"""Where a desk's files are read from: the work tree on disk, or a commit that nobody has checked out."""

from __future__ import annotations

import os
import re
import stat
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from tracker.errors import StorageError
from tracker.store.command import ObjectReader
from tracker.store.files import place_of, read_bytes
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Container
    from pathlib import Path

_Answer = TypeVar("_Answer")
_FOLDER_MODE = "40000"
_NO_NAMES = (b"", b".", b"..")
"""What a folder of Git's can be made to hold, though no file on disk is called so."""
_LINK_MODE = "120000"
_HELD_OPEN = re.compile(r"\.(?:#.*|~lock\..*#|nfs[0-9a-f]+|.*\.sw[a-p])", re.DOTALL)


class ChildKind(StrEnum):
    """What lies in a folder."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    SPECIAL = "special"


class Child(NamedTuple):
    """One thing in a folder.

    Attributes:
        name: without its folder.
        kind: what it is.
        mode: Git's mode where it is read from a commit; else empty.
        object: the name of its object in Git where it is read from a commit; else empty.
    """

    name: str
    kind: ChildKind
    mode: str = ""
    object: str = ""


class Tree(Protocol):
    """A desk's files. Paths are relative to the desk's root, with forward slashes."""

    def children(self, folder: str) -> list[Child]:
        """Return what lies in a folder, in order of name; nothing where it is no folder."""

    def names(self, folder: str) -> list[str]:
        """Return the names of what lies in a folder, in order; nothing where it is no folder."""

    def child(self, path: str) -> Child | None:
        """Return what lies at a path, None where nothing does."""

    def read(self, path: str, most: int | None = None) -> bytes:
        """Return an ordinary file's bytes, of a larger file than `most` only a part that is larger.

        Raises:
            StorageError: it cannot be read, is no ordinary file, or leads out of the desk.
        """

    def size(self, path: str) -> int:
        """Return the number of bytes of an ordinary file; 0 where there is none."""

    def exists(self, path: str) -> bool:
        """Whether anything is there."""


class WorkTree:
    """The files on disk; symbolic links are named and never followed, wherever in a path they stand."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._prefix = f"{os.fspath(root)}/"
        self._real: dict[str, bool] = {"": True}

    def children(self, folder: str) -> list[Child]:
        """Return what lies in a folder on disk."""
        if not self._is_real(folder):
            return []
        try:
            with os.scandir(self._prefix + folder) as listing:
                names = (child for child in listing if not _is_held_open(child.name))
                found = sorted(Child(child.name, _kind(child)) for child in names)
        except (FileNotFoundError, NotADirectoryError):
            return []
        above = f"{folder}/" if folder else ""
        self._real.update((above + child.name, True) for child in found if child.kind is ChildKind.FOLDER)
        return found

    def names(self, folder: str) -> list[str]:
        """Return the names of what lies in a folder on disk."""
        if not self._is_real(folder):
            return []
        try:
            names = os.listdir(self._prefix + folder)  # noqa: PTH208  # asked of every conversation
            return sorted(name for name in names if not _is_held_open(name))
        except (FileNotFoundError, NotADirectoryError):
            return []

    def child(self, path: str) -> Child | None:
        """Return what lies at a path on disk."""
        found = self._status(path)
        return Child(PurePosixPath(path).name, _kind_of(found.st_mode)) if found else None

    def read(self, path: str, most: int | None = None) -> bytes:
        """Return a file's bytes."""
        _refuse_outside(path)
        if not self._is_real(path.rpartition("/")[0]):
            raise _no_file(path, None)
        try:
            return read_bytes(self._prefix + path, most)
        except StorageError as error:
            if os.path.islink(self._prefix + path):  # noqa: PTH114  # it answers, whatever the path is
                raise _no_file(path, ChildKind.LINK) from error
            if error.__cause__ is None:
                raise _no_file(path, None) from error
            raise

    def size(self, path: str) -> int:
        """Return the number of bytes of a file on disk."""
        found = self._status(path)
        return found.st_size if found and stat.S_ISREG(found.st_mode) else 0

    def exists(self, path: str) -> bool:
        """Whether anything is there, a broken link included."""
        return os.path.lexists(place_of(self.root, path))

    def _status(self, path: str) -> os.stat_result | None:
        try:
            return os.lstat(self._prefix + path) if self._is_real(path.rpartition("/")[0]) else None
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _is_real(self, folder: str) -> bool:
        """Whether no symbolic link leads to a folder; each is looked at once."""
        for above in reversed(_unknown(folder, self._real)):
            reached = self._real[above.rpartition("/")[0]]
            self._real[above] = reached and not os.path.islink(self._prefix + above)  # noqa: PTH114  # asked of every conversation
        return self._real[folder]


def _refuse_outside(path: str) -> None:
    """Let nobody read what a path names that leads out of the desk, whoever wrote it."""
    if path[:1] == "/" or (".." in path and ".." in path.split("/")):  # asked of every ticket
        raise StorageError(_("{path} leads out of the desk.").format(path=path))


def _no_file(path: str, kind: ChildKind | None) -> StorageError:
    """Return the error of what lies in the place of a file and is none."""
    if kind is ChildKind.LINK:
        return StorageError(_("{path} is a symbolic link, which is never followed.").format(path=path))
    return StorageError(_("{path} is not an ordinary file.").format(path=path))


def _unknown(folder: str, known: Container[str]) -> list[str]:
    """Return a folder and those above it, up to the first that is known; the desk's root always is."""
    found = []
    while folder not in known:
        found.append(folder)
        folder = folder.rpartition("/")[0]
    return found


def _kind_of(mode: int) -> ChildKind:
    if stat.S_ISLNK(mode):
        return ChildKind.LINK
    if stat.S_ISDIR(mode):
        return ChildKind.FOLDER
    return ChildKind.FILE if stat.S_ISREG(mode) else ChildKind.SPECIAL


def _is_held_open(name: str) -> bool:
    """Whether a file on disk is what Vim, Emacs, LibreOffice or NFS keeps beside one that is open."""
    return name[0] == "." and bool(_HELD_OPEN.fullmatch(name))


def _kind(child: os.DirEntry[str]) -> ChildKind:
    if child.is_symlink():
        return ChildKind.LINK
    if child.is_dir(follow_symlinks=False):
        return ChildKind.FOLDER
    return ChildKind.FILE if child.is_file(follow_symlinks=False) else ChildKind.SPECIAL


class Revision:
    """The files of a commit. Nothing a stranger named reaches Git: objects are asked for by their names.

    Args:
        folder: a folder in which Git finds the repository.
        commit: the commit's object name.
        prefix: the desk's folder in the repository; empty at its top.
    """

    def __init__(self, folder: Path, commit: str, prefix: str = "") -> None:
        self.commit = commit
        self._folder = folder
        self._prefix = PurePosixPath(prefix).parts
        self._known: dict[str, dict[str, Child]] = {}
        self._data: dict[str, bytes] = {}
        self._reader: ObjectReader | None = None
        self._owner = os.getpid()

    def beside(self, commit: str) -> Revision:
        """Return another commit of the same repository; one process reads both."""
        other = Revision(self._folder, commit, "/".join(self._prefix))
        other._reader, other._owner = self._reader, self._owner
        return other

    def children(self, folder: str) -> list[Child]:
        """Return what lies in a folder of the commit."""
        return list(self._folder_at(folder).values())

    def names(self, folder: str) -> list[str]:
        """Return the names of what lies in a folder of the commit."""
        return list(self._folder_at(folder))

    def child(self, path: str) -> Child | None:
        """Return what lies at a path of the commit, None where nothing does."""
        parent, _slash, name = path.rpartition("/")
        if name.encode("utf-8", "surrogateescape") not in self._data_at(parent):
            return None  # most folders are asked for what they do not have: they need not be taken apart
        return self._folder_at(parent).get(name)

    def read(self, path: str, most: int | None = None) -> bytes:
        """Return a file's bytes in the commit."""
        _refuse_outside(path)
        child = self.child(path)
        if child is None or child.kind is not ChildKind.FILE:
            raise _no_file(path, child.kind if child else None)
        return self.object(child.object, most)

    def size(self, path: str) -> int:
        """Return the number of bytes of a file in the commit."""
        child = self.child(path)
        if child is None or child.kind is not ChildKind.FILE:
            return 0
        return self._ask(lambda reader: reader.size(child.object), child.object)

    def exists(self, path: str) -> bool:
        """Whether the commit has anything there."""
        return self.child(path) is not None

    def object(self, name: str, most: int | None = None) -> bytes:
        """Return the bytes of an object, of one that is larger than `most` only the first ones.

        Raises:
            StorageError: the repository lacks it.
        """
        return self._ask(lambda reader: reader.read(name, most), name)

    def _ask(self, question: Callable[[ObjectReader], _Answer], name: str) -> _Answer:
        if self._reader is None or self._owner != os.getpid():  # a forked process must not share its pipe
            self._reader, self._owner = ObjectReader(self._folder), os.getpid()
        try:
            return question(self._reader)
        except ValueError as error:
            message = _("The repository lacks the object {name}.").format(name=name)
            raise StorageError(message, "git fsck") from error

    def _folder_at(self, folder: str) -> dict[str, Child]:
        if folder not in self._known:
            self._known[folder] = self._entries(self._data_at(folder))
        return self._known[folder]

    def _data_at(self, folder: str) -> bytes:
        """Return the tree object of a folder; nothing where it is no folder."""
        if "" not in self._data:
            self._data[""] = self._read_folder("")
        for above in reversed(_unknown(folder, self._data)):
            self._data[above] = self._read_folder(above)
        return self._data[folder]

    def _read_folder(self, folder: str) -> bytes:
        if folder:
            child = self.child(folder)
            return self.object(child.object) if child and child.kind is ChildKind.FOLDER else b""
        data = self.object(f"{self.commit}^{{tree}}")
        for part in self._prefix:
            child = self._entries(data).get(part)
            data = self.object(child.object) if child and child.kind is ChildKind.FOLDER else b""
        return data

    def _entries(self, data: bytes) -> dict[str, Child]:
        """Take a tree object apart: mode, space, name, NUL, and the object's name, again and again."""
        size = len(self.commit) // 2
        children, place = [], 0
        try:
            while place < len(data):
                space, end = data.index(b" ", place), data.index(b"\0", place)
                mode, name = data[place:space].decode(), data[space + 1 : end]
                place = end + 1 + size
                if name in _NO_NAMES or b"/" in name:
                    raise ValueError(name)
                told = (_kind_of_mode(mode), mode, data[end + 1 : place].hex())
                children.append(Child(name.decode("utf-8", "surrogateescape"), *told))
        except ValueError as error:
            message = _("The commit {commit} holds a damaged folder.").format(commit=self.commit[:10])
            raise StorageError(message, "git fsck") from error
        return {child.name: child for child in sorted(children)}


def _kind_of_mode(mode: str) -> ChildKind:
    if mode == _FOLDER_MODE:
        return ChildKind.FOLDER
    if mode == _LINK_MODE:
        return ChildKind.LINK
    return ChildKind.FILE if stat.S_ISREG(int(mode, 8)) else ChildKind.SPECIAL
