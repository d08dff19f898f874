"""The messages in files: mbox (RFC 4155; in its variant mboxrd), Maildir, folders of `.eml` files."""

from __future__ import annotations

import re
import stat
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from tracker.mail.head import head
from tracker.mail.reading import read_date
from tracker.store.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

_MBOX = b"From "
_BEGINNING = re.compile(rb"From \S+ .{0,200}?\d:\d\d.{0,40}?\d{4}")
_DATED = re.compile(rb"From \S.{0,200}? [A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\d\d .{0,40}?\d{4}")
"""With the date of ctime(3): nobody writes so."""
_FIELD = re.compile(rb"[!-9;-~]+[ \t]*:|>From ")
"""How a header begins; some old programs put what was the line before it there, too."""
_ESCAPED = re.compile(rb"^>(?=>*From )", re.MULTILINE)
_DATE = re.compile(rb"^date:[ \t]*([^\n]{1,100})$", re.IGNORECASE | re.MULTILINE)


class _Kept(NamedTuple):
    """A message in a file: when it was written, as it says, and what reads it."""

    written: datetime
    read: Callable[[], bytes]


def messages_in(sources: Iterable[Path]) -> Iterator[bytes]:
    """Yield the bytes of each message in some files and folders, those first that were written first.

    An answer stands before what it answers in many an archive, and would be a request of its own.

    Raises:
        StorageError: a file cannot be read.
    """
    kept = [one for source in sources for one in _dated(_readers(source))]
    for one in sorted(kept, key=lambda one: one.written):
        yield one.read()


def _dated(readers: Iterable[Callable[[], bytes]]) -> Iterator[_Kept]:
    """Yield messages with when they were written; one that does not say so, with the one before it."""
    written = datetime.min.replace(tzinfo=UTC)
    for read in readers:
        found = _DATE.search(head(read()))
        written = (read_date(found[1].decode("ascii", "replace")) if found else None) or written
        yield _Kept(written, read)


def _readers(source: Path) -> Iterator[Callable[[], bytes]]:
    """Yield what reads each message of a file or folder, as they stand there."""
    if source.is_dir():
        for file in oldest_first(maildir_files(source) or source.rglob("*.eml")):
            yield partial(read_bytes, file)
        return
    with source.open("rb") as stream:
        is_mbox = stream.read(len(_MBOX)) == _MBOX
    if is_mbox:
        for begin, end in _places(source):
            yield partial(_mbox_bytes, source, begin, end)
    else:
        yield partial(read_bytes, source)


def _places(source: Path) -> Iterator[tuple[int, int]]:
    """Yield where each message of an mbox begins and ends.

    Each has a line before it that says who sent it and when, and begins with a field. People begin lines with
    “From”, too: so an empty line stands before that line, or the whole date in it.
    """
    begin = place = separator = 0
    is_after_empty = True
    with source.open("rb") as stream:
        for line in stream:
            is_separator = (_BEGINNING if is_after_empty else _DATED).match(line)
            if is_separator and not place:
                begin = len(line)
            elif separator and _FIELD.match(line):
                yield begin, separator
                begin = place
            separator = place if is_separator else 0
            is_after_empty = not line.strip(b"\r\n")
            place += len(line)
    yield begin, place


def _mbox_bytes(source: Path, begin: int, end: int) -> bytes:
    """Return a message of an mbox without the empty line after it, and without what kept its lines apart."""
    with source.open("rb") as stream:
        stream.seek(begin)
        data = _ESCAPED.sub(b"", stream.read(end - begin))
    return data.removesuffix(
        b"\r\n" if data.endswith(b"\r\n\r\n") else b"\n" if data.endswith(b"\n\n") else b""
    )


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
