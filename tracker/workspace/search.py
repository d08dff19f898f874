"""Searching a desk's texts: ids, titles, what tickets say, and their conversations."""

from __future__ import annotations

import time
from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING

from tracker.errors import StorageError, UsageError
from tracker.store.fulltext import SCHEMA, FullText, Texts, Vouched
from tracker.store.index import DAMAGE
from tracker.translation import _
from tracker.workspace.unchanged import all_paths, recall, remember

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tracker.model.entry import Entry
    from tracker.store.fulltext import Hit
    from tracker.workspace.desk import Workspace

_KEY, _FILE = "mark of the texts", "file of the texts"


def words_of(text: str) -> list[str]:
    """Return the words and, of what stands between quotation marks, the phrases that a person looks for.

    Raises:
        UsageError: there is none.
    """
    words: list[str] = []
    parts = text.split('"')
    for place, part in enumerate(parts):
        quoted = place % 2 and place < len(parts) - 1  # the last mark may not be closed
        words += [" ".join(part.split())] if quoted else part.split()
    found = [word for word in words if any(sign.isalnum() for sign in word)]
    if not found:
        raise UsageError(
            _("There is nothing to search for."), _("Write some words: tracker search paper jam")
        )
    return found


def search(
    workspace: Workspace, words: list[str], progress: Callable[[int], None] = lambda _count: None
) -> list[Hit]:
    """Return the tickets in which all of some words stand, the best first.

    Args:
        workspace: the desk.
        words: what is looked for, at least one.
        progress: told how many tickets were read.
    """
    known = workspace.repository if workspace.has_index_of_its_own else None
    path = known.folder / "tracker" / f"search-{SCHEMA}{workspace.mark}.sqlite" if known else None
    for _time in range(2 if path else 0):
        with suppress(*DAMAGE, OSError):
            return _search(workspace, path, words, progress)
    return _search(workspace, None, words, progress)


def _search(
    workspace: Workspace, path: Path | None, words: list[str], progress: Callable[[int], None]
) -> list[Hit]:
    key = f"{_FILE}{workspace.mark}"
    told = workspace.index.known([key]).get(key, {}) if path else {}
    vouched = Vouched(told.get("mark", ""), tuple(told.get("state", ())))
    with FullText(path, vouched) as texts:
        if not texts.mark or recall(workspace, _KEY) != texts.mark:
            started = time.time_ns()
            _bring_up(workspace, texts, progress)
            remember(workspace, _KEY, texts.mark, all_paths(workspace), started)
        now = texts.vouched()
        if path and now != vouched:
            workspace.index.learn({key: {"mark": now.mark, "state": now.state}})
        return texts.find(words)


def _bring_up(workspace: Workspace, texts: FullText, progress: Callable[[int], None]) -> None:
    """Make the texts those that the desk has now."""
    held = texts.digests()
    digests = {entry.path: _digest(workspace, entry) for entry in workspace.entries}
    new = [entry for entry in workspace.entries if held.get(entry.path) != digests[entry.path]]
    gone = {path for path in held if held[path] != digests.get(path)}
    if new or gone or not texts.mark:
        texts.hold(_read(workspace, new, digests, progress), gone)


def _digest(workspace: Workspace, entry: Entry) -> str:
    """Return a digest of a ticket's file and of its comments."""
    unread = "" if entry.digest else entry.body
    found = blake2b(f"{entry.id}\0{entry.digest}\0{unread}".encode("utf-8", "replace"), digest_size=16)
    for path in entry.comments:
        try:
            found.update(path.encode("utf-8", "surrogateescape") + b"\0" + workspace.tree.read(path))
        except StorageError:
            continue  # it has no text
    return found.hexdigest()


def _read(
    workspace: Workspace, entries: list[Entry], digests: dict[str, str], progress: Callable[[int], None]
) -> Iterator[Texts]:
    for count, entry in enumerate(entries):
        comments = "\n\n".join(comment.body for comment in workspace.comments(entry))
        yield Texts(entry.path, digests[entry.path], entry.id, entry.title, entry.body, comments)
        progress(count)
