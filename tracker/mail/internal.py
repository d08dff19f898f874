"""Whether a message is for the desk's people only: what it answers says so, or what it repeats."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.mail.token import is_internal

if TYPE_CHECKING:
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
    return _repeats(arrival.message.text, _internal_texts(workspace, entry))


def _internal_texts(workspace: Workspace, entry: Entry) -> list[str]:
    return [comment.body for comment in workspace.comments(entry) if comment.visibility == "internal"]


def _repeats(text: str, others: list[str]) -> bool:
    """Whether a text has some words of another in the same order, however lines were broken and quoted."""
    said = f" {' '.join(_words(text))} " if others else ""
    for words in map(_words, others):
        runs = range(max(len(words) - _MOST + 1, 1)) if len(words) >= _FEWEST else ()
        if any(f" {' '.join(words[place : place + _MOST])} " in said for place in runs):
            return True
    return False


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
