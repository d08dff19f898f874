"""The messages in files: mbox (RFC 4155), Maildir, folders of `.eml` files."""

from __future__ import annotations

import mailbox
from typing import TYPE_CHECKING

from tracker.store.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MBOX = b"From "


def messages_in(source: Path) -> Iterator[bytes]:
    """Yield the bytes of each message in a file or folder, those that came first, first.

    Raises:
        StorageError: it cannot be read.
    """
    if source.is_dir():
        if (source / "cur").is_dir() or (source / "new").is_dir():
            folders = [folder for name in ("cur", "new") if (folder := source / name).is_dir()]
            files = [file for folder in folders for file in folder.iterdir() if not file.name.startswith(".")]
        else:
            files = list(source.rglob("*.eml"))
        for file in sorted(
            (file for file in files if file.is_file()), key=lambda file: (file.stat().st_mtime, file)
        ):
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
