"""Taking a person out of a desk's files: their addresses and names become words that tell nobody anything."""

from __future__ import annotations

import re
from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.change import Change, FileChange
from tracker.actions.comment import slug
from tracker.errors import RefusedValueError
from tracker.model.address import EMAIL
from tracker.model.place import TICKETS
from tracker.store.layout import ATTACHMENTS
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from tracker.workspace import Workspace

ADDRESS = "redacted@redacted.invalid"
"""Stands for an address: it is one in form, and nobody can have it (RFC 6761)."""
NAME = "Redacted"
_SHORTEST = 3


class Redacted(NamedTuple):
    """What becomes of a person's data.

    Attributes:
        change: of the files.
        attachments: files that came with what they said, which nobody can look into for them.
    """

    change: Change
    attachments: tuple[str, ...]


def redact(workspace: Workspace, words: Iterable[str]) -> Redacted:
    """Return the change that takes a person out of all tickets and conversations.

    Their comments keep their place in time; those whose files are named after them get another name.

    Args:
        workspace: the desk.
        words: their addresses and names.

    Raises:
        RefusedValueError: one of them is too short to be looked for.
    """
    words = list(words)
    wanted = _patterns(words)
    authors = {word.lower() for word in words}
    files: dict[str, FileChange] = {}
    tickets: list[str] = []
    attachments: list[str] = []
    for entry in workspace.entries:
        renamed = dict(_renamed(workspace, entry.comments, authors))
        found = False
        for path in (entry.path, *entry.comments):
            before = workspace.tree.read(path)
            after = _without(before, wanted, renamed)
            if path in renamed or after != before:
                found = True
                files |= _written(path, renamed.get(path, path), before, after)
        if found:
            tickets.append(entry.id)
            attachments += _attached(workspace, entry.comments, files)
    change = Change("redact", f"Redact somebody in {len(tickets)} tickets", tuple(tickets), files)
    return Redacted(change, tuple(attachments))


def _patterns(words: list[str]) -> list[tuple[re.Pattern[str], str]]:
    """Return what is looked for, the longest first, with what it becomes; capitals do not matter."""
    found = []
    for word in sorted(words, key=len, reverse=True):
        if len(word.strip()) < _SHORTEST:
            raise RefusedValueError(_("“{word}” is too short to be looked for.").format(word=word))
        is_address = bool(re.fullmatch(EMAIL, word))
        around = (r"(?<![\w.+-])", r"(?![\w-]|\.\w)") if is_address else (r"(?<!\w)", r"(?!\w)")
        pattern = r"\s+".join(map(re.escape, word.split()))
        found.append(
            (re.compile(f"{around[0]}{pattern}{around[1]}", re.IGNORECASE), ADDRESS if is_address else NAME)
        )
    return found


def _without(data: bytes, wanted: Iterable[tuple[re.Pattern[str], str]], renamed: dict[str, str]) -> bytes:
    text = data.decode("utf-8", "surrogateescape")
    for pattern, replacement in wanted:
        text = pattern.sub(replacement, text)
    for old, new in renamed.items():
        text = text.replace(old.rpartition("/")[2], new.rpartition("/")[2])
    return text.encode("utf-8", "surrogateescape")


def _renamed(workspace: Workspace, paths: Iterable[str], words: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the comments that somebody wrote whose files are named after them, with names that are free."""
    taken = set(paths)
    for comment in workspace.conversation(paths):
        folder, _slash, name = comment.path.rpartition("/")
        stamp, _hyphen, rest = name.partition("Z-")
        if comment.author.lower() not in words or rest.removesuffix(".md") != slug(comment.author):
            continue
        endings = chain([""], (f"-{number}" for number in count(2)))
        places = (f"{folder}/{stamp}Z-{NAME.lower()}{ending}.md" for ending in endings)
        place = next(place for place in places if place not in taken)
        taken.add(place)
        yield comment.path, place


def _written(path: str, place: str, before: bytes, after: bytes) -> dict[str, FileChange]:
    if place == path:
        return {path: FileChange(before, after)}
    return {path: FileChange(before, None), place: FileChange(None, after)}


def _attached(workspace: Workspace, comments: Iterable[str], files: dict[str, FileChange]) -> Iterator[str]:
    """Yield the attachments of the comments that change: they may hold anything."""
    for comment in workspace.conversation(path for path in comments if path in files):
        folder = comment.path.rpartition("/")[0]
        yield from (f"{folder}/{one}" for one in comment.attachments if one.startswith(f"{ATTACHMENTS}/"))


def expressions(words: Iterable[str]) -> str:
    """Return what git-filter-repo(1) takes with `--replace-text`: whole words, as in the files."""
    lines = [f"regex:(?i){pattern.pattern}==>{new}" for pattern, new in _patterns(list(words))]
    return "\n".join([*lines, ""])


def held_by_history(workspace: Workspace, words: Iterable[str]) -> int:
    """Return how many commits of the branch still hold one of some words in the files of tickets."""
    repository, tip = workspace.repository, workspace.tip
    if repository is None or tip is None:
        return 0
    folder = workspace.in_repository(TICKETS)
    return len({commit for word in words for commit in repository.commits_with(word, folder, tip)})
