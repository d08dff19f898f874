"""Which tickets of a website hold which words: kept, and made anew only for the tickets that changed.

Tickets are numbers: their places in order of time, so that a new one leaves those of the others. What is kept
in the desk's index are the words of each ticket, and each file of words.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from tracker import __version__
from tracker.parallel import in_parallel
from tracker.translation import current_language
from tracker.viewer.browser.search_words import words_of
from tracker.viewer.browser.shards import revised
from tracker.viewer.browser.word_lists import (
    NO_WORDS,
    TIERS,
    differences,
    gathered,
    is_in_too_many,
    limit_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tracker.viewer.browser.shards import Changes, Shard
    from tracker.viewer.browser.word_lists import Words
    from tracker.viewer.publish import Placed
    from tracker.workspace import Workspace

_KEY = "words of the website"
_FORMAT = f"{__version__} 1"
"""Of what is kept; in another one, nothing is."""
_PIECE = 10_000
"""Tickets whose words are in memory at a time."""
_FEW = 50
"""Of more changed tickets than the fiftieth part, it is quicker to begin anew."""


class WordIndex(NamedTuple):
    """The files of words.

    Attributes:
        premises: of each ticket, a digest of what its words follow from.
        common: the words in so many texts that they tell nothing, each with the number of these.
        files: of each tier, the first word of each file and a digest of it, in order.
        made: the texts of files that are new, by tier and first word.
    """

    premises: Sequence[str]
    common: Mapping[str, int]
    files: Mapping[str, Mapping[str, str]]
    made: Mapping[tuple[str, str], str] = {}


def word_index(desk: Workspace, tickets: Sequence[Placed], *, anew: bool = False) -> WordIndex:
    """Return which tickets hold which words.

    Args:
        desk: whose index keeps it.
        tickets: all tickets, in order of time.
        anew: whether nothing that was made before is to be taken.
    """
    premises = _premises(tickets)
    known = None if anew else _known(desk)
    if known and known.premises == premises:
        return known
    found = known and _caught_up(desk, tickets, premises, known)
    if not found:
        common, files = gathered(_words(desk, tickets, premises), limit_of(len(tickets)))
        made = {tier: {shard.first: shard for shard in each} for tier, each in files.items()}
        found = _index(premises, common, made, {})
    if desk.has_index_of_its_own:
        files_made = {_file_key(desk, *place): text for place, text in found.made.items()}
        desk.index.learn({**files_made, f"{_KEY}{desk.mark}": [_FORMAT, *found[:3]]})
    return found


def text_of(desk: Workspace, index: WordIndex, tier: str, first: str) -> str | None:
    """Return the entries in a file of words; None where they were lost."""
    made = index.made.get((tier, first))
    if made is not None:
        return made
    key = _file_key(desk, tier, first)
    text = desk.index.known([key]).get(key)
    return text if isinstance(text, str) and _digest(text) == index.files[tier][first] else None


def _known(desk: Workspace) -> WordIndex | None:
    """Return what was made before."""
    key = f"{_KEY}{desk.mark}"
    kept = desk.index.known([key]).get(key) if desk.has_index_of_its_own else None
    return WordIndex(*kept[1:]) if isinstance(kept, list) and kept[0] == _FORMAT else None


def _premises(tickets: Sequence[Placed]) -> list[str]:
    """Return, for each ticket, a digest of what its words follow from."""
    shared = {desk: desk.key(_KEY, current_language()) for desk in {ticket.publication for ticket in tickets}}
    texts = (f"{shared[desk]}\0{desk.texts(entry)}" for desk, entry in tickets)
    return [blake2b(text.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest() for text in texts]


def _words(desk: Workspace, tickets: Sequence[Placed], premises: Sequence[str]) -> Iterator[Words]:
    """Yield the words of tickets; what was read before is not read again."""
    for start in range(0, len(tickets), _PIECE):
        keys = premises[start : start + _PIECE]
        known = desk.index.known(keys) if desk.has_index_of_its_own else {}
        pairs = zip(keys, tickets[start : start + _PIECE], strict=True)
        new = {key: ticket for key, ticket in pairs if key not in known}
        read = in_parallel(lambda ticket: words_of(*ticket), list(new.values()))
        learnt = dict(zip(new, read, strict=True))
        if desk.has_index_of_its_own:
            desk.index.learn(learnt)
        known |= learnt
        yield from (known[key] for key in keys)


def _caught_up(
    desk: Workspace, tickets: Sequence[Placed], premises: Sequence[str], before: WordIndex
) -> WordIndex | None:
    """Return the index after what changed; None where all of it may have changed, or something was lost."""
    old = before.premises
    touched = [place for place, one in enumerate(premises) if place >= len(old) or one != old[place]]
    if len(premises) < len(old) or len(touched) > max(_FEW, len(premises) // _FEW):
        return None
    former = {place: old[place] for place in touched if place < len(old)}
    known = desk.index.known(former.values())
    if not known.keys() >= {*former.values()}:
        return None
    now = _words(desk, [tickets[place] for place in touched], [premises[place] for place in touched])
    changes: dict[str, dict[str, list[tuple[int, str, str]]]] = {tier: defaultdict(list) for tier in TIERS}
    for place, words in zip(touched, now, strict=True):
        past = known[former[place]] if place in former else NO_WORDS
        for tier, marks in TIERS.items():
            for word, one, other in differences(past, words, marks):
                changes[tier][word].append((place, one, other))
    limit, common = limit_of(len(premises)), dict(before.common)
    for word in changes["texts"].keys() & common.keys():
        common[word] += sum(bool(one) - bool(other) for _place, other, one in changes["texts"].pop(word))
    if any(number <= limit for number in common.values()):
        return None
    found = _revised(desk, before, changes)
    if not found or any(shard and is_in_too_many(shard, limit) for shard in found["texts"].values()):
        return None
    return _index(premises, common, found, before.files)


def _revised(
    desk: Workspace, before: WordIndex, changes: Mapping[str, Changes]
) -> dict[str, dict[str, Shard | None]] | None:
    """Return the files after a change, None for one that stays as it is; none at all where one was lost."""

    def read(tier: str, first: str) -> str:
        text = text_of(desk, before, tier, first)
        if text is None:
            raise LookupError(first)
        return text

    try:
        return {
            tier: revised([*files], partial(read, tier), changes[tier])
            for tier, files in before.files.items()
        }
    except LookupError:
        return None


def _index(
    premises: Sequence[str],
    common: Mapping[str, int],
    found: Mapping[str, Mapping[str, Shard | None]],
    kept: Mapping[str, Mapping[str, str]],
) -> WordIndex:
    """Return the index of some files; of one that is None, what was kept holds."""
    files = {
        tier: {first: _digest(shard.text) if shard else kept[tier][first] for first, shard in each.items()}
        for tier, each in found.items()
    }
    pairs = ((tier, shard) for tier, each in found.items() for shard in each.values() if shard)
    return WordIndex(premises, common, files, {(tier, shard.first): shard.text for tier, shard in pairs})


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=6).hexdigest()


def _file_key(desk: Workspace, tier: str, first: str) -> str:
    return f"{_KEY}{desk.mark}: {tier} {first}"
