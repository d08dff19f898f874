"""Merging a ticket as Git's merge drivers do: fields by field, lists by item, the text by line.

Source: https://git-scm.com/docs/gitattributes#_defining_a_custom_merge_driver
"""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.document import Document, line_end, merge_fields, read_document
from tracker.errors import EditError
from tracker.model.place import TICKETS
from tracker.store.clone import attribute
from tracker.store.files import write_files
from tracker.store.merge import MergedLines, merge_lines
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.document import MergedFields
    from tracker.store.repository import Repository

ATTRIBUTES = ".gitattributes"
CONFLICT = 10
"""The exit code that says a conflict is marked: Python gives 1 when it cannot start us."""

_NAME = "tracker"
_LINE_END = re.compile(rb"\r\n|\r|\n")


def merge_ticket(before: bytes, ours: bytes, theirs: bytes, path: str) -> MergedLines:
    """Return the merged file with our line ends, and whether it is without conflict.

    Whatever cannot be merged by fields, or would not say what both sides said, is merged by line.

    Args:
        before: what both sides began with; empty where both added the file.
        ours: our version.
        theirs: their version.
        path: the file, for messages.
    """
    mine = read_document(ours, path)
    end = line_end(mine).encode()
    before, theirs = (_LINE_END.sub(end, data) for data in (before, theirs))
    base, other = read_document(before or b"---\n---\n", path), read_document(theirs, path)
    if base.findings or mine.findings or other.findings:
        return merge_lines(before, ours, theirs)
    if not before and mine.values.get("created") != other.values.get("created"):
        marks = (
            b"<<<<<<< ours",
            ours.removesuffix(end),
            b"=======",
            theirs.removesuffix(end),
            b">>>>>>> theirs",
        )
        return MergedLines(end.join([*marks, b""]), clean=False)  # two tickets that one number was given to
    try:
        fields = merge_fields(base, mine, other, _merge_texts)
    except EditError:
        return merge_lines(before, ours, theirs)
    body = merge_lines(_body(base), _body(mine), _body(other))
    head = replace(mine, text=_head(mine, fields)).encode()
    if body.data and not head.endswith((b"\n", b"\r")):
        head += end
    merged = MergedLines(head + body.data, body.clean and not fields.conflicts)
    return merged if _says(merged, fields, path) else merge_lines(before, ours, theirs)


def _merge_texts(before: str, ours: str, theirs: str) -> str | None:
    merged = merge_lines(*(text.encode("utf-8", "surrogateescape") for text in (before, ours, theirs)))
    return merged.data.decode("utf-8", "surrogateescape") if merged.clean else None


def _head(mine: Document, fields: MergedFields) -> str:
    return mine.text[: mine.span.start] + fields.yaml + mine.text[mine.span.end : mine.span.body]


def _body(document: Document) -> bytes:
    return document.body.encode("utf-8", "surrogateescape")


def _says(merged: MergedLines, fields: MergedFields, path: str) -> bool:
    """Whether the result, read again, says what each side said; what has a conflict is for a person."""
    if fields.conflicts:
        return True
    read = read_document(merged.data, path)
    return not read.findings and all(read.values.get(key) == value for key, value in fields.values.items())


def install_merge_driver(repository: Repository, prefix: str) -> None:
    """Tell this clone's Git to merge tickets with us, and line by line where we cannot be started.

    Args:
        repository: the clone's.
        prefix: the desk's folder in it; empty at its top.
    """
    program = f"{shlex.quote(Path(sys.executable).as_posix())} -m tracker merge-driver %O %A %B %P"
    otherwise = "git merge-file -L ours -L before -L theirs %A %O %B"
    told = f"test $code -eq 0 && exit 0; test $code -eq {CONFLICT} && exit 1"
    driver = f"{program}; code=$?; {told}; {otherwise}"
    repository.configure(f"merge.{_NAME}.name", "tickets: field by field")
    repository.configure(f"merge.{_NAME}.driver", driver)
    info = repository.folder / "info" / "attributes"
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    wanted = _pattern(prefix)
    if wanted not in lines:
        info.parent.mkdir(exist_ok=True)
        write_files(info.parent, {info.name: "\n".join([*lines, wanted, ""]).encode()})


def missing_from_merge_driver(repository: Repository, prefix: str) -> str:
    """Return what keeps this clone's Git from merging tickets with us, empty where nothing does.

    Args:
        repository: with a work tree.
        prefix: the desk's folder in it; empty at its top.
    """
    command = repository.setting(f"merge.{_NAME}.driver")
    if not command:
        return _("The merge driver is not installed in this clone.")
    try:
        program = shlex.split(command)[0]
    except (ValueError, IndexError):
        return _("The merge driver of this clone is no command.")
    if shutil.which(program) is None:
        return _("{program}, with which the merge driver runs, is not there.").format(program=program)
    example = f"{prefix}/{TICKETS}/2026/11/HD-1.md" if prefix else f"{TICKETS}/2026/11/HD-1.md"
    if attribute(repository, "merge", [example]) != {_NAME}:
        return _("No attribute of Git gives tickets to the merge driver.")
    return ""


def _pattern(prefix: str) -> str:
    folder = f"/{prefix}/{TICKETS}" if prefix else f"/{TICKETS}"
    quoted = f'"{folder}/**/*.md"' if " " in folder else f"{folder}/**/*.md"
    return f"{quoted} merge={_NAME}"


def attributes() -> str:
    """Return the lines of `.gitattributes` that let Git merge tickets with us, where that is installed."""
    return f"{_pattern('')}\n"
