"""Which tickets of a website hold which words: kept, and made anew only for the tickets that changed.

Tickets are numbers: their places in order of time, so that a new one leaves those of the others. What is kept in
the desk's index: the words of each ticket, and each file of words.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from tracker import __version__
from tracker.parallel import in_parallel
from tracker.translation import current_language
from tracker.viewer.browser.postings import BODY, COMMENT, LABEL, MARKS, PERSON, TITLE, entry, order_of, places_in
from tracker.viewer.browser.search_words import words_of
from tracker.viewer.browser.shards import Shard, revised, shards
from tracker.viewer.pages.ticket import comment_states

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.viewer.browser.shards import Changes
    from tracker.viewer.publish import Placed
    from tracker.workspace import Workspace

TIERS = {"names": (TITLE, PERSON, LABEL), "texts": (BODY, COMMENT)}
"""What is looked at first, and what only then: words of texts are many more."""
_KEY = "words of the website"
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
    files: Mapping[str, Sequence[Sequence[str]]]
    made: Mapping[tuple[str, str], str] = {}


def word_index(desk: Workspace, tickets: Sequence[Placed], *, anew: bool = False) -> WordIndex:
    """Return which tickets hold which words.

    Args:
        desk: whose index keeps it.
        tickets: all tickets, in order of time.
        anew: whether nothing that was made before is to be taken.
    """
    premises = [_premise(ticket) for ticket in tickets]
    known = None if anew else _known(desk)
    if known and known.premises == premises:
        return known
    found = (known and _caught_up(desk, tickets, premises, known)) or _whole(desk, tickets, premises)
    if desk.has_index_of_its_own:
        files = {_file_key(desk, *place): text for place, text in found.made.items()}
        desk.index.learn({**files, f"{_KEY}{desk.mark}": [__version__, *found[:3]]})
    return found


def text_of(desk: Workspace, index: WordIndex, tier: str, first: str) -> str | None:
    """Return the entries in a file of words; None where they were lost."""
    made = index.made.get((tier, first))
    if made is not None:
        return made
    key = _file_key(desk, tier, first)
    text = desk.index.known([key]).get(key)
    right = any([first, digest(text)] == list(file) for file in index.files[tier]) if text else False
    return text if right else None


def digest(text: str) -> str:
    """Return a digest of a file's text."""
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


def _known(desk: Workspace) -> WordIndex | None:
    """Return what was made before."""
    key = f"{_KEY}{desk.mark}"
    kept = desk.index.known([key]).get(key) if desk.has_index_of_its_own else None
    return WordIndex(*kept[1:]) if isinstance(kept, list) and kept[0] == __version__ else None


def _premise(ticket: Placed) -> str:
    publication, one = ticket
    states = comment_states(publication.workspace, one)
    return publication.key(_KEY, current_language(), one.path, one.digest, states)


def _whole(desk: Workspace, tickets: Sequence[Placed], premises: Sequence[str]) -> WordIndex:
    """Return the index, made of the words of all tickets."""
    places: dict[str, dict[str, array[int]]] = {mark: defaultdict(lambda: array("I")) for mark in MARKS}
    for start in range(0, len(tickets), _PIECE):
        piece = slice(start, start + _PIECE)
        for number, words in enumerate(_words(desk, tickets[piece], premises[piece]), start):
            for mark, text in zip(MARKS, words, strict=True):
                held = places[mark]
                for word in text.split():
                    held[word].append(number)
    counts = {
        word: len(places[BODY].get(word, ())) + len(places[COMMENT].get(word, ()))
        for word in {*places[BODY], *places[COMMENT]}
    }
    limit = _limit(len(tickets))
    common = {word: number for word, number in sorted(counts.items()) if number > limit}
    for word in common:
        places[BODY].pop(word, None)
        places[COMMENT].pop(word, None)
    made = {}
    for tier, marks in TIERS.items():
        words = sorted(set().union(*(places[mark] for mark in marks)), key=order_of)
        lists = [(mark, places[mark]) for mark in marks]
        entries = (entry(word, {mark: held[word] for mark, held in lists if word in held}) for word in words)
        made[tier] = shards(entries)
    return _index(premises, common, {tier: {one.first: one for one in found} for tier, found in made.items()})


def _limit(tickets: int) -> int:
    """Return in how many texts a word may be; it changes seldom, because everything does with it."""
    return max(200, (1 << tickets.bit_length()) // 6)


def _words(desk: Workspace, tickets: Sequence[Placed], premises: Sequence[str]) -> list[list[str]]:
    """Return the words of tickets; what was read before is not read again."""
    known = desk.index.known(premises) if desk.has_index_of_its_own else {}
    new = [(key, ticket) for key, ticket in zip(premises, tickets, strict=True) if key not in known]
    read = in_parallel(lambda one: words_of(*one[1]), new)
    learnt = {key: words for (key, _ticket), words in zip(new, read, strict=True)}
    if desk.has_index_of_its_own:
        desk.index.learn(learnt)
    known |= learnt
    return [known[key] for key in premises]


def _caught_up(
    desk: Workspace, tickets: Sequence[Placed], premises: Sequence[str], before: WordIndex
) -> WordIndex | None:
    """Return the index after what changed; None where all of it may have changed, or something was lost."""
    old = before.premises
    touched = [place for place, one in enumerate(premises) if place >= len(old) or one != old[place]]
    if len(premises) < len(old) or len(touched) > max(_FEW, len(premises) // _FEW):
        return None
    former = [old[place] for place in touched if place < len(old)]
    known = desk.index.known(former)
    if len(known) < len(set(former)):
        return None
    now = _words(desk, [tickets[place] for place in touched], [premises[place] for place in touched])
    changes: dict[str, dict[str, list[tuple[int, str, str]]]] = {tier: defaultdict(list) for tier in TIERS}
    for place, words in zip(touched, now, strict=True):
        past = known[old[place]] if place < len(old) else [""] * len(MARKS)
        for tier, marks in TIERS.items():
            for word, *change in _changes(_marked(past, marks), _marked(words, marks)):
                changes[tier][word].append((place, *change))
    limit = _limit(len(premises))
    common = dict(before.common)
    for word in changes["texts"].keys() & common.keys():
        common[word] += sum(bool(after) - bool(past) for _place, past, after in changes["texts"].pop(word))
    if any(number <= limit for number in common.values()):
        return None
    return _revised(desk, premises, common, before, changes, limit)


def _marked(words: Sequence[str], marks: Sequence[str]) -> dict[str, str]:
    pairs = zip(MARKS, words, strict=True)
    return {word: mark for mark, text in pairs if mark in marks for word in text.split()}


def _changes(past: Mapping[str, str], now: Mapping[str, str]) -> list[tuple[str, str, str]]:
    words = past.keys() | now.keys()
    pairs = ((word, past.get(word, ""), now.get(word, "")) for word in words)
    return [(word, before, after) for word, before, after in pairs if before != after]


def _revised(  # noqa: PLR0913
    desk: Workspace,
    premises: Sequence[str],
    common: Mapping[str, int],
    before: WordIndex,
    changes: Mapping[str, Changes],
    limit: int,
) -> WordIndex | None:
    """Return the index with some words changed; None where one is now in too many texts, or a file was lost."""
    found: dict[str, dict[str, Shard | None]] = {}
    for tier in TIERS:

        def read(first: str, tier: str = tier) -> str:
            text = text_of(desk, before, tier, first)
            if text is None:
                raise LookupError(first)
            return text

        try:
            found[tier] = revised([first for first, _digest in before.files[tier]], read, changes[tier])
        except LookupError:
            return None
    longest = (one for shard in found["texts"].values() if shard for one in shard.text.split() if len(one) > limit)
    if any(sum(map(len, places_in(one).values())) > limit for one in longest):
        return None
    return _index(premises, common, found, before)


def _index(
    premises: Sequence[str],
    common: Mapping[str, int],
    found: Mapping[str, Mapping[str, Shard | None]],
    before: WordIndex | None = None,
) -> WordIndex:
    """Return an index of shards; where one is None, it is that of before."""
    kept = {tier: dict(files) for tier, files in before.files.items()} if before else {}
    files = {
        tier: [[first, digest(shard.text) if shard else kept[tier][first]] for first, shard in made.items()]
        for tier, made in found.items()
    }
    texts = {
        (tier, first): shard.text for tier, made in found.items() for first, shard in made.items() if shard
    }
    return WordIndex(premises, common, files, texts)


def _file_key(desk: Workspace, tier: str, first: str) -> str:
    return f"{_KEY}{desk.mark}: {tier} {first}"
