"""The messages in files: mbox (RFC 4155), Maildir, folders of `.eml` files."""

from __future__ import annotations

import mailbox
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from tracker.store.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_MBOX = b"From "


def messages_in(source: Path) -> Iterator[bytes]:
    """Yield the bytes of each message in a file or folder, those that came first, first.

    Raises:
        StorageError: it cannot be read.
    """
    if source.is_dir():
        files = maildir_files(source) or list(source.rglob("*.eml"))
        for file in oldest_first(files):
            yield read_bytes(file)
        return
    with source.open("rb") as stream:
        is_mbox = stream.read(len(_MBOX)) == _MBOX
    if is_mbox:
        box = mailbox.mbox(source, create=False)
        try:
            for key in box.iterkeys():
                yield box.get_bytes(key)
        finally:
            box.close()
    else:
        yield read_bytes(source)


def maildir_files(folder: Path) -> list[Path]:
    """Return the messages of a Maildir, those that nobody has looked at, too; of another folder, none."""
    folders = [place for name in ("cur", "new") if (place := folder / name).is_dir()]
    return [file for place in folders for file in place.iterdir() if not file.name.startswith(".")]


def oldest_first(files: Iterable[Path]) -> list[Path]:
    """Return files by when they were written, without those that are gone or are none."""
    found = []
    for file in files:
        with suppress(FileNotFoundError):
            status = file.lstat()
            if stat.S_ISREG(status.st_mode):
                found.append((status.st_mtime_ns, file))
    return [file for _written, file in sorted(found)]
