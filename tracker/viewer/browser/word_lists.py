"""Which tickets hold which words, gathered from the words of each."""

from __future__ import annotations

from array import array
from collections import defaultdict
from typing import TYPE_CHECKING

from tracker.viewer.browser.postings import (
    BODY,
    COMMENT,
    LABEL,
    MARKS,
    PERSON,
    TITLE,
    entry,
    order_of,
    places_in,
)
from tracker.viewer.browser.shards import Shard, shards

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Words = Sequence[str]
    """The words of a ticket, with spaces between them, for each kind of place in the order of MARKS."""

TIERS = {"names": (TITLE, PERSON, LABEL), "texts": (BODY, COMMENT)}
"""What is looked at first, and what only then: words of texts are many more."""
NO_WORDS = ("",) * len(MARKS)


def gathered(tickets: Iterable[Words], limit: int) -> tuple[dict[str, int], dict[str, list[Shard]]]:
    """Return the files of words of each tier, and the words that are in too many texts to be in them.

    Args:
        tickets: the words of each.
        limit: in how many texts a word may be. Those in more are returned with their number.
    """
    places: dict[str, dict[str, array[int]]] = {mark: defaultdict(lambda: array("I")) for mark in MARKS}
    for number, words in enumerate(tickets):
        for mark, text in zip(MARKS, words, strict=True):
            held = places[mark]
            for word in text.split():
                held[word].append(number)
    common = dict(sorted(_too_frequent(places, limit)))
    for word in common:
        for mark in TIERS["texts"]:
            places[mark].pop(word, None)
    return common, {tier: shards(_entries(places, marks)) for tier, marks in TIERS.items()}


def _too_frequent(places: Mapping[str, Mapping[str, Sequence[int]]], limit: int) -> Iterator[tuple[str, int]]:
    lists = [places[mark] for mark in TIERS["texts"]]
    for word in set().union(*lists):
        number = sum(len(held[word]) for held in lists if word in held)
        if number > limit:
            yield word, number


def _entries(places: Mapping[str, Mapping[str, Sequence[int]]], marks: Iterable[str]) -> Iterator[str]:
    lists = {mark: places[mark] for mark in marks}
    for word in sorted(set().union(*lists.values()), key=order_of):
        yield entry(word, {mark: held[word] for mark, held in lists.items() if word in held})


def limit_of(tickets: int) -> int:
    """Return in how many texts of some tickets a word may be, about a quarter.

    It changes seldom, because everything does with it.
    """
    return max(200, (1 << tickets.bit_length()) // 6)


def is_in_too_many(shard: Shard, limit: int) -> bool:
    """Whether a file holds a word that is in too many texts."""
    longest = (one for one in shard.text.split() if len(one) > limit)
    return any(sum(map(len, places_in(one).values())) > limit for one in longest)


def differences(past: Words, now: Words, marks: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the words of a tier that a ticket has otherwise: where they stood, and where they stand."""
    before, after = _marked(past, marks), _marked(now, marks)
    for word in before.keys() | after.keys():
        if before.get(word) != after.get(word):
            yield word, before.get(word, ""), after.get(word, "")


def _marked(words: Words, marks: Sequence[str]) -> dict[str, str]:
    pairs = zip(MARKS, words, strict=True)
    return {word: mark for mark, text in pairs if mark in marks for word in text.split()}
