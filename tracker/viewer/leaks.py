"""Proof that a website shows nothing private: every private text is looked for in every file of it.

A private text is looked for by its runs of words, as they are once capitals, accents, markup, escapes and
whatever stands between words are gone: so it is found in HTML, JSON, feeds, search indexes and file names.
What the public part of the desk says, too, is no secret, nor are quotations of it that stand side by side.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from tracker.model.kind import Kind
from tracker.parallel import in_parallel
from tracker.query.matching import folded
from tracker.query.values import texts
from tracker.viewer.audience import PublishedDesk, is_address, private_values, withheld
from tracker.viewer.visibility import shown

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tracker.model.entry import Comment, Entry
    from tracker.workspace import Workspace

_RUN = 4
"""So many words in a row are nobody's habit: shorter texts are looked for as a whole."""
_SHORTEST = 5
"""Letters of a text that tells anything by itself."""
_WORD = 3
"""Letters of a word that tells anything where words stand alone."""
_WORDS = re.compile(r"\w+")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BOUNDARY = re.compile(r'\\*"\s*[,:\]}]|</(?:td|th|li|p|dd|dt|h\d|time|title|summary|id|name)>')
_BETWEEN = " q7boundary "
"""Stands where one text ends and another begins: words on both sides are no run."""
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\[nrt]")
_INDEX = "tickets/data/search/"
_ENTRY = re.compile(r"[\s\"]([^\s\"!#$%&]+)[!#$%&]")
_BINARY = (".gif", ".gz", ".jpeg", ".jpg", ".pdf", ".png", ".webp", ".woff2", ".zip", ".xlsx", ".docx")

_TELLING = (Kind.TEXT, Kind.CONTACT, Kind.DETAILS, Kind.LABELS)
"""Kinds of fields whose values are somebody's words."""

Run = tuple[str, ...]


class Leak(NamedTuple):
    """A private text in a file of the website.

    Attributes:
        file: relative to the website's root.
        words: some of the text, as it was found.
        source: the file of the desk that holds it.
    """

    file: str
    words: str
    source: str


def leaks(
    site: Path,
    files: Iterable[str],
    desks: Iterable[PublishedDesk],
    former: Iterable[tuple[str, str]] = (),
) -> list[Leak]:
    """Return what is private and yet in a website, once for each file and text.

    Args:
        site: the website's folder.
        files: the files in it that were made of tickets, relative to it.
        desks: the desks as they are shown.
        former: private texts that only the history has, each after the file that had it.
    """
    shown = list(desks)
    secrets = _secrets(chain(*map(_private_texts, shown), former))
    lonely = {word: source for run, source in secrets.items() for word in run if len(word) >= _WORD}
    _drop_public(shown, secrets, lonely)
    anchors: dict[str, list[tuple[int, Run]]] = defaultdict(list)
    for run in secrets:
        place = max(range(len(run)), key=lambda place: len(run[place]))
        anchors[run[place]].append((place, run))
    ordered = sorted(files)
    found = in_parallel(lambda file: sorted(_found(_texts_of(site, file), anchors)), ordered)
    indexed = [
        Leak(file, word, lonely[word])
        for file in ordered
        if file.startswith(_INDEX)
        for word in sorted(lonely.keys() & _words_of_index(site, file))
    ]
    return indexed + [
        Leak(file, " ".join(run), secrets[run])
        for file, runs in zip(ordered, found, strict=True)
        for run in runs
    ]


def _drop_public(desks: Sequence[PublishedDesk], secrets: dict[Run, str], lonely: dict[str, str]) -> None:
    """Take what is public, too, from what is private: runs of words, and words that stand alone."""
    addresses = {run for desk in desks for run in _addresses(desk)}
    said = {run for desk in desks for name in _names(desk) if 1 < len(run := tuple(_words(name))) < _RUN}
    for desk in desks:
        addresses.difference_update(_runs_in(desk.configuration.model_dump_json()))
    for desk in desks:
        for run in (run for text in _public_texts(desk) for run in _runs_in(text)):
            if run in secrets and run not in addresses:
                del secrets[run]
                said.add(run)
            if len(run) == 1:
                lonely.pop(run[0], None)
    for source, text in chain.from_iterable(map(_texts_for_staff, desks)):
        for run in _repeated(text, said):
            if secrets.get(run) == source and run not in addresses:  # else a private field has it, too
                del secrets[run]


def _secrets(private: Iterable[tuple[str, str]]) -> dict[Run, str]:
    """Return the runs of words that private texts have, with the file of each."""
    found: dict[Run, str] = {}
    for source, text in private:
        words = _words(text)
        if len(words) >= _RUN:
            found |= {tuple(words[at : at + _RUN]): source for at in range(len(words) - _RUN + 1)}
        elif sum(map(len, words)) >= _SHORTEST:
            found[tuple(words)] = source
    return found


def _addresses(desk: PublishedDesk) -> Iterator[Run]:
    """Yield the runs of private addresses: these stay secret though somebody wrote one into a public text."""
    names = desk.configuration.website.private
    for entry in desk.desk.entries:
        for text in private_values(entry, names):
            if is_address(text):
                words = _words(text)
                yield from (tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1)))


def _repeated(text: str, said: Container[Run]) -> Iterator[Run]:
    """Yield the runs of a text in which every word belongs to something public.

    An answer to a notice repeats the ticket’s id, its title and what was said, one after the other.

    Args:
        text: what nobody may see.
        said: what is public: runs, and names that are shorter.
    """
    words = _words(text)
    public = [False] * len(words)
    for length in range(2, _RUN + 1):
        for at in range(len(words) - length + 1):
            if tuple(words[at : at + length]) in said:
                public[at : at + length] = [True] * length
    for at in range(len(words) - _RUN + 1):
        if all(public[at : at + _RUN]):
            yield tuple(words[at : at + _RUN])


def _private_texts(desk: PublishedDesk) -> Iterator[tuple[str, str]]:
    """Yield the texts that nobody may see, each with the file that holds it."""
    yield from _texts_for_staff(desk)
    names = [name for name in desk.configuration.website.private if _tells(desk, name)]
    for entry in desk.desk.entries:
        if not withheld(entry):
            yield from ((entry.path, text) for text in private_values(entry, names))


def _texts_for_staff(desk: PublishedDesk) -> Iterator[tuple[str, str]]:
    """Yield the texts of internal tickets and comments, which may quote what is public; likewise."""
    for entry in desk.desk.entries:
        comments = desk.desk.comments(entry)
        if withheld(entry):
            yield from ((entry.path, text) for text in _telling(desk, entry))
            yield from ((comment.path, text) for comment in comments for text in _texts_of_comment(comment))
            continue
        kept = {one.path for said in shown(desk, comments) for one in (said.comment, *said.earlier)}
        for comment in comments:
            if comment.path not in kept:
                yield from ((comment.path, text) for text in _texts_of_comment(comment))


def _names(desk: PublishedDesk) -> Iterator[str]:
    """Yield what things are called in public: tickets, and all that the desk’s settings name."""
    yield from texts(desk.configuration.model_dump(mode="json"))
    for entry in desk.entries:
        yield from (entry.id, entry.title)


def _public_texts(desk: Workspace) -> Iterator[str]:
    """Yield what everybody may see: it is no secret where it stands in a private text, too."""
    yield desk.configuration.model_dump_json()
    for entry in desk.entries:
        yield from _texts_in(entry)
        for said in shown(desk, desk.comments(entry)):
            for comment in (said.comment, *said.earlier):
                yield from _texts_of_comment(comment)


def _telling(desk: PublishedDesk, entry: Entry) -> Iterator[str]:
    """Yield the texts of a ticket that say something: a day or a choice by itself tells nobody anything."""
    yield from (entry.id, entry.body, *entry.ticket.aliases)
    for name, value in entry.values.items():
        if _tells(desk, name):
            yield from texts(value)


def _tells(desk: PublishedDesk, name: str) -> bool:
    field = desk.fields.get(name.partition(".")[0])
    return field is None or field.kind in _TELLING


def _texts_in(entry: Entry) -> Iterator[str]:
    yield entry.id
    yield entry.body
    for value in entry.values.values():
        yield from texts(value)


def _texts_of_comment(comment: Comment) -> Iterator[str]:
    yield from (comment.body, comment.author)
    for attachment in comment.attachments:
        file = attachment.rpartition("/")[2]
        yield from (file, file.partition("-")[2])  # the name that it was given stands behind a digest


def _runs_in(text: str) -> Iterator[Run]:
    """Yield every run of words of a text that may be a secret elsewhere."""
    words = _words(text)
    for length in range(1, _RUN + 1):
        for at in range(len(words) - length + 1):
            yield tuple(words[at : at + length])


def _found(texts: Iterable[str], anchors: Mapping[str, list[tuple[int, Run]]]) -> set[Run]:
    """Return the runs that are in some texts; each is looked for where its longest word is."""
    found: set[Run] = set()
    for text in texts:
        words = _words(text)
        if anchors.keys().isdisjoint(words):
            continue
        for at, word in enumerate(words):
            for place, run in anchors.get(word, ()):
                if tuple(words[max(at - place, 0) : at - place + len(run)]) == run:
                    found.add(run)
    return found


def _words_of_index(site: Path, file: str) -> set[str]:
    """Return the words of a file of the search: there, each stands alone (`browser/postings.py`)."""
    text = (site / file).read_text(encoding="utf-8", errors="replace")
    return {word for entry in _ENTRY.findall(text) for word in _words(entry)}


def _texts_of(site: Path, file: str) -> Iterator[str]:
    """Yield the name of a file, and what it says: as it is, without markup, and without escapes."""
    yield file
    if file.lower().endswith(_BINARY):
        return
    text = _BOUNDARY.sub(_BETWEEN, (site / file).read_text(encoding="utf-8", errors="replace"))
    yield text
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else " ", text)
    if "%" in plain:
        plain = unquote(plain, errors="replace")
    if plain != text:
        yield plain
    yield html.unescape(_TAG.sub("", plain))


def _words(text: str) -> list[str]:
    return _WORDS.findall(folded(text.casefold()))
