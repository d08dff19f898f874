"""What a process is about to write, so that the next one can finish it when the first was killed.

Between a commit and the files of the work tree, or between two of these files, a process may die. Whoever
writes next finds the journal: work that was decided is finished, work that was not leaves no trace.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import StorageError
from tracker.store.files import write_files
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME = "journal.json"


class Journal(NamedTuple):
    """What is to be written.

    Attributes:
        commit: the object name of the commit that these files belong to; empty where there is none.
        prefix: the desk's folder in the work tree; empty at its top.
        files: the bytes before and after by path relative to the desk's root; None is no file.
    """

    commit: str
    prefix: str
    files: Mapping[str, tuple[bytes | None, bytes | None]]


def write_journal(folder: Path, journal: Journal) -> None:
    """Put a journal on the disk, whole or not at all.

    Raises:
        StorageError: the disk refuses.
    """
    files = {path: [_text(data) for data in states] for path, states in journal.files.items()}
    text = json.dumps({"commit": journal.commit, "prefix": journal.prefix, "files": files}, ensure_ascii=True)
    folder.mkdir(parents=True, exist_ok=True)
    write_files(folder, {NAME: text.encode()})


def remove_journal(folder: Path) -> None:
    """The work is done, or will never be."""
    with suppress(OSError):
        (folder / NAME).unlink(missing_ok=True)


def read_journal(folder: Path) -> Journal | None:
    """Return the journal that a killed process left, None where there is none.

    Raises:
        StorageError: it cannot be read.
    """
    try:
        data = json.loads((folder / NAME).read_bytes())
        files = {path: (_bytes(before), _bytes(after)) for path, (before, after) in data["files"].items()}
        return Journal(data["commit"], data["prefix"], files)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = _("{path} cannot be read: {reason}.").format(path=folder / NAME, reason=error)
        raise StorageError(message, _("Look at “git status”, then delete it.")) from error


def _text(data: bytes | None) -> str | None:
    return None if data is None else b64encode(data).decode()


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else b64decode(text)
