"""Whether a message is for the desk's people only: what it answers says so, or what it repeats."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.mail.token import is_internal
from tracker.model.quotes import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.mail.arrival import Arrival
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace

_FEWEST, _MOST = 4, 6
"""In words: fewer are anybody's; so many in the same order are nobody else's."""


def is_for_the_desk_only(workspace: Workspace, arrival: Arrival, entry: Entry | None, secret: bytes) -> bool:
    """Whether a message answers what only the desk's people got, or repeats what was said there."""
    answered = arrival.message.in_reply_to or arrival.message.references[-1:]
    if is_internal(secret, answered, arrival.recipients):
        return True
    if entry is None or arrival.message.automatic:  # which is for the desk's people anyway
        return False
    return _repeats(workspace, entry, arrival.message.text)


def _repeats(workspace: Workspace, entry: Entry, text: str) -> bool:
    """Whether a text has words in the same order that only stand in internal comments of a person.

    How lines were broken and quoted does not count, nor what such a comment repeats itself.
    """
    internal, public = list[list[str]](), [_words(entry.title), _words(entry.body)]
    for comment in workspace.comments(entry):
        if comment.visibility != "internal":
            public.append(_words(comment.body))
        elif not comment.automatic:
            internal.append(_words("\n".join(_own_lines(comment.body))))
    said = _words(text) if internal else []
    for words in internal:
        size = min(len(words), _MOST)
        if size >= _FEWEST and (_runs([said], size) & _runs([words], size)) - _runs(public, size):
            return True
    return False


def _own_lines(text: str) -> Iterator[str]:
    """Yield the lines of a comment that its writer wrote."""
    own = "".join(part.text for part in parts(text) if part.kind == "text")
    yield from (line for line in own.split("\n") if not line.startswith(">"))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _runs(texts: Iterable[list[str]], size: int) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + size]) for words in texts for at in range(len(words) - size + 1)}
