"""The workflow: the statuses of a ticket, where it may go from each, and what that takes."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from tracker.model.rules import Span
from tracker.model.section import Label, Section


class NextStatus(Section):
    """Where a ticket goes by itself."""

    to: str
    after: Span = Field(description="After so much time without a change of its status.")


class Reminder(Section):
    """What is asked again while nobody answers."""

    every: Span
    at_most: Annotated[int, Field(ge=1, le=100)] = 3
    text: Label | None = Field(None, description="Of the public comment; left out: a usual text.")


class Status(Section):
    """A state of a ticket.

    Attributes:
        label: its name for people.
        to: where a ticket may go from here; left out: anywhere.
        open: whether a ticket in it still asks for work.
        pauses: whether a ticket in it waits for somebody else, so that no clock runs and it burdens nobody.
        then: where a ticket goes by itself when it has been here for long enough.
        remind: how often its requester is reminded.
        requires: the fields that a ticket must have to come here.
        open_children: whether a ticket may come here while a child of it is open; left out: where this
            status is an open one.
    """

    label: Label | None = None
    to: list[str] | None = None
    open: bool = True
    pauses: bool = False
    then: NextStatus | None = None
    remind: Reminder | None = None
    requires: list[str] = Field(default_factory=list)
    open_children: bool | None = None

    @property
    def bears_open_children(self) -> bool:
        """Whether a ticket may come here while a child of it is open."""
        return self.open if self.open_children is None else self.open_children


def default_statuses() -> dict[str, Any]:
    """Return the workflow of a desk that describes none."""
    active = ["open", "in_progress", "waiting"]
    return {
        "new": {"to": [*active, "resolved"]},
        "open": {"to": ["in_progress", "waiting", "resolved", "closed"]},
        "in_progress": {"to": ["open", "waiting", "resolved", "closed"]},
        "waiting": {"to": ["open", "in_progress", "resolved", "closed"], "pauses": True},
        "resolved": {"to": ["open", "closed"], "open": False},
        "closed": {"to": ["open"], "open": False},
    }


def default_resolutions() -> dict[str, Any]:
    """Return how tickets may end at a desk that does not say."""
    return {
        "solved": {"en": "Solved", "fr": "Résolu"},
        "workaround": {"en": "Workaround", "fr": "Contournement"},
        "duplicate": {"en": "Duplicate", "fr": "Doublon"},
        "declined": {"en": "Declined", "fr": "Refusé"},
        "withdrawn": {"en": "Withdrawn", "fr": "Retiré"},
    }
