"""Words in files of about one size, of which a browser loads those that it needs.

Where one file ends follows from the words in it alone, so a word that comes or goes changes its own file, and
seldom the next one; and the files are the same whatever they were before.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, NamedTuple

from tracker.viewer.browser.postings import changed, order_of, word_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Changes = Mapping[str, Sequence[tuple[int, str, str]]]
    """What changes of each word: see `postings.changed`."""

_LEAST, _MOST = 36_000, 84_000
"""Characters of a file: some three quarters of them after compression."""
_ODDS = 64


class Shard(NamedTuple):
    """A file of words: the first one, and all entries with a space before each."""

    first: str
    text: str


def cut(entries: Iterator[str], rest: list[str]) -> Iterator[Shard]:
    """Yield full shards of entries in order; what is left for another one is put into `rest`."""
    size = 0
    for entry in entries:
        rest.append(entry)
        size += len(entry) + 1
        if size > _MOST or (size > _LEAST and zlib.crc32(word_of(entry).encode()) % _ODDS == 0):
            yield _shard(rest)
            rest.clear()
            size = 0


def shards(entries: Iterator[str]) -> list[Shard]:
    """Return all entries, which are in order, in shards."""
    rest: list[str] = []
    found = list(cut(entries, rest))
    return [*found, _shard(rest)] if rest else found


def revised(firsts: Sequence[str], read: Callable[[str], str], changes: Changes) -> dict[str, Shard | None]:
    """Return the shards after a change by their first words, in order; None for one that stays as it is.

    Args:
        firsts: the first word of each that there was, in order.
        read: returns the text of one by its first word.
        changes: what changes.
    """
    words = sorted(changes, key=order_of)
    found: dict[str, Shard | None] = {}
    rest: list[str] = []
    for place, first in enumerate(firsts):
        after = order_of(firsts[place + 1]) if place + 1 < len(firsts) else None
        number = next((at for at, word in enumerate(words) if after and order_of(word) >= after), len(words))
        mine, words = words[:number], words[number:]
        if not mine and not rest:
            found[first] = None
            continue
        entries = [*rest, *_entries(read(first), {word: changes[word] for word in mine})]
        rest = []
        found |= {shard.first: shard for shard in cut(iter(entries), rest)}
    if words:
        rest = [*rest, *_entries("", {word: changes[word] for word in words})]
    left = shards(iter(rest))
    return {**found, **{shard.first: shard for shard in left}}


def _entries(text: str, changes: Changes) -> list[str]:
    """Return the entries of a shard after a change."""
    entries = {word_of(entry): entry for entry in text.split()}
    for word, change in changes.items():
        entries[word] = changed(entries.get(word, ""), word, change)
    return [entries[word] for word in sorted(entries, key=order_of) if entries[word]]


def _shard(entries: Sequence[str]) -> Shard:
    return Shard(word_of(entries[0]), "".join(f" {entry}" for entry in entries))
