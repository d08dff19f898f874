"""Merging a ticket as Git's merge drivers do: fields by field, lists by item, the text by line.

Source: https://git-scm.com/docs/gitattributes#_defining_a_custom_merge_driver
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.document import Document, merge_fields, read_document
from tracker.errors import EditError
from tracker.store.merge import MergedLines, merge_lines

if TYPE_CHECKING:
    from tracker.store.repository import Repository

ATTRIBUTES = ".gitattributes"
_NAME = "tracker"
_PATTERN = f"/tickets/**/*.md merge={_NAME}"


def merge_ticket(before: bytes, ours: bytes, theirs: bytes, path: str) -> MergedLines:
    """Return the merged file, and whether it is without conflict.

    Args:
        before: what both sides began with; empty where both added the file.
        ours: our version.
        theirs: their version.
        path: the file, for messages.
    """
    documents = [read_document(data, path) for data in (before or b"---\n---\n", ours, theirs)]
    if any(document.findings for document in documents):
        return merge_lines(before, ours, theirs)
    try:
        fields = merge_fields(*documents)
    except EditError:
        return merge_lines(before, ours, theirs)
    body = merge_lines(*(_body(document) for document in documents))
    mine = documents[1]
    text = mine.text[: mine.span.start] + fields.yaml + mine.text[mine.span.end : mine.span.body]
    head = replace(mine, text=text).encode()
    return MergedLines(head + body.data, body.clean and not fields.conflicts)


def _body(document: Document) -> bytes:
    return document.body.encode("utf-8", "surrogateescape")


def install_merge_driver(repository: Repository, program: str = "tracker") -> None:
    """Tell this clone's Git to merge tickets with us; `.gitattributes` says which files these are."""
    repository.configure(f"merge.{_NAME}.name", "tickets: field by field")
    repository.configure(f"merge.{_NAME}.driver", f"{program} merge-driver %O %A %B %P")


def attributes() -> str:
    """Return the lines of `.gitattributes` that let Git merge tickets with us, where that is installed."""
    return f"{_PATTERN}\n"
