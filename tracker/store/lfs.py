"""Large files of a repository that keeps them with Git LFS: in commits stands a pointer, the bytes lie apart.

Source: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from tracker.errors import RepositoryError
from tracker.store.command import git
from tracker.store.files import write_files
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tracker.store.repository import Repository

_POINTER = re.compile(rb"version https://git-lfs\.github\.com/spec/v1\noid sha256:[0-9a-f]{64}\nsize \d+\n")
INSTALL = "https://git-lfs.com"


def is_pointer(data: bytes | None) -> bool:
    """Whether bytes are a pointer to a large file."""
    return data is not None and bool(_POINTER.fullmatch(data))


def is_installed(repository: Repository) -> bool:
    """Whether this Git has Git LFS."""
    return git(repository.top, "lfs", "version", check=False).status == 0


def kept_apart(repository: Repository, paths: Iterable[str], commit: str, scratch: Path) -> set[str]:
    """Return those of some paths, relative to the top, that `.gitattributes` gives to Git LFS.

    Args:
        repository: with or without a work tree.
        paths: of files that may not be there yet.
        commit: the object name of the commit whose attributes count.
        scratch: a folder of ours for an index of that commit.
    """
    asked = list(paths)
    if not asked:
        return set()
    scratch.mkdir(parents=True, exist_ok=True)
    index = scratch / "attributes.index"
    variables = {"GIT_INDEX_FILE": str(index)}
    try:
        git(repository.top, "read-tree", commit, environment=variables)
        given = "\0".join([*asked, ""]).encode("utf-8", "surrogateescape")
        ask = ("check-attr", "--cached", "-z", "--stdin", "filter")
        told = git(repository.top, *ask, given=[given], environment=variables).output.split("\0")
    finally:
        index.unlink(missing_ok=True)
    return {path for path, value in zip(told[::3], told[2::3], strict=False) if value == "lfs"}


def keep_apart(repository: Repository, data: bytes) -> bytes:
    """Put a file's bytes where Git LFS keeps them in this clone, and return the pointer to them.

    Raises:
        StorageError: the disk refuses.
    """
    name = hashlib.sha256(data).hexdigest()
    folder = repository.folder / "lfs" / "objects" / name[:2] / name[2:4]
    if not (folder / name).exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_files(folder, {name: data})
    return f"version https://git-lfs.github.com/spec/v1\noid sha256:{name}\nsize {len(data)}\n".encode()


def upload(repository: Repository, remote: str, pointers: Iterable[bytes]) -> None:
    """Send the bytes behind pointers to the remote, before a commit that names them.

    Raises:
        RepositoryError: Git LFS is not installed, or the remote refuses.
    """
    names = [pointer.partition(b"sha256:")[2][:64].decode() for pointer in pointers]
    if not names:
        return
    sent = git(repository.top, "lfs", "push", "--object-id", remote, *names, check=False)
    if "is not a git command" in sent.problem:
        message = _("This repository keeps attachments with Git LFS, which is not installed.")
        raise RepositoryError(message, INSTALL)
    if sent.status != 0:
        message = _("Git LFS could not send the attachments to {remote}: {reason}")
        raise RepositoryError(
            message.format(remote=remote, reason=" ".join(sent.problem.split())), _("Nothing was changed.")
        )
