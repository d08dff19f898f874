"""Files as they would be after a change that nobody has written yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import StorageError
from tracker.store.tree import Child, ChildKind
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.store.tree import Tree


class Overlay:
    """A tree with some files changed.

    Args:
        base: the tree; where that is an overlay itself, both are one.
        files: the new bytes of files, by path; None for those that are gone.
    """

    def __init__(self, base: Tree, files: Mapping[str, bytes | None]) -> None:
        below = base if isinstance(base, Overlay) else None
        self.base: Tree = below.base if below else base
        self.files: Mapping[str, bytes | None] = {**below.files, **files} if below else files
        self._touched: dict[str, set[str]] = {}
        """The names in each folder that lead to a changed file."""
        for path in self.files:
            folder, _slash, name = path.rpartition("/")
            while name not in self._touched.setdefault(folder, set()):
                self._touched[folder].add(name)
                if not folder:
                    break
                folder, _slash, name = folder.rpartition("/")

    def children(self, folder: str) -> list[Child]:
        """Return what would lie in a folder."""
        found = {child.name: child for child in self.base.children(folder)}
        above = f"{folder}/" if folder else ""
        for name in self._touched.get(folder, ()):
            child = self.child(above + name)
            if child:
                found[name] = child
            else:
                found.pop(name, None)
        return [found[name] for name in sorted(found)]

    def names(self, folder: str) -> list[str]:
        """Return the names of what would lie in a folder."""
        return (
            [child.name for child in self.children(folder)]
            if folder in self._touched
            else self.base.names(folder)
        )

    def child(self, path: str) -> Child | None:
        """Return what would lie at a path, None where nothing would."""
        name = path.rpartition("/")[2]
        if self.files.get(path) is not None:
            return Child(name, ChildKind.FILE)
        if path in self._touched:
            return Child(name, ChildKind.FOLDER) if self.children(path) else None
        return None if path in self.files else self.base.child(path)

    def read(self, path: str, most: int | None = None) -> bytes:
        """Return a file's bytes."""
        if path not in self.files:
            return self.base.read(path, most)
        data = self.files[path]
        if data is None:
            raise StorageError(_("{path} is not an ordinary file.").format(path=path))
        return data

    def size(self, path: str) -> int:
        """Return the number of bytes that a file would have."""
        data = self.files.get(path)
        return len(data or b"") if path in self.files else self.base.size(path)

    def exists(self, path: str) -> bool:
        """Whether anything would be there."""
        return self.child(path) is not None
