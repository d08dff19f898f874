"""What happened to tickets, as plain values."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tracker.document import Value
    from tracker.history.reason import Reason


class Kind(StrEnum):
    """What can happen to a ticket."""

    CREATED = "created"
    ACCEPTED = "accepted"
    RENUMBERED = "renumbered"
    CHANGED = "changed"
    COMMENTED = "commented"
    REWRITTEN = "rewritten"
    UNSAID = "unsaid"
    ATTACHED = "attached"
    DETACHED = "detached"
    BROKEN = "broken"
    MENDED = "mended"
    DELETED = "deleted"
    RESTORED = "restored"


OF_COMMENTS = ("author", "created", "visibility", "automatic", "source")
"""What is known of a comment that came."""


class FileChange(NamedTuple):
    """One file that a commit changes.

    Attributes:
        path: relative to the desk's root.
        before: the object name of its content before; None where it was not there.
        after: likewise, after it.
    """

    path: str
    before: str | None
    after: str | None


class Landing(NamedTuple):
    """A commit of the branch itself: what it brings, happened when it landed there.

    Attributes:
        commit: its object name.
        time: when it was committed; aware.
        name: its author's.
        email: its author's.
        subject: the first line of its message.
        files: what it changes.
        reasons: what its message says of the decisions in it; it may be anybody's text.
    """

    commit: str
    time: datetime
    name: str
    email: str
    subject: str
    files: Sequence[FileChange]
    reasons: Sequence[Reason] = ()


class Event(NamedTuple):
    """One thing that happened to a ticket.

    Attributes:
        life: the number of the ticket's life: it keeps it whatever its id and place become.
        kind: what happened.
        field: the field that changed, `requester.name` for a part of one, `text` for what stands below the
            front matter; the name of a comment's or attachment's file; empty for the ticket as a whole.
        old: the value before; None for none. One item of a list that is gone.
        new: the value after; None for none. One item of a list that came. Of a comment, what its file says of
            `OF_COMMENTS`.
        reasons: why the field holds the new value; of the first thing that happened to a ticket in a commit,
            also why other fields hold what they do, or nothing.
    """

    life: int
    kind: Kind
    field: str = ""
    old: Value = None
    new: Value = None
    reasons: tuple[Reason, ...] = ()
