"""What an action wants to change. Actions are pure: they read a desk and return this; `land` writes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class FileChange(NamedTuple):
    """A file's bytes before and after; None where there is no file."""

    before: bytes | None
    after: bytes | None


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a desk: all of its files, or none.

    Attributes:
        action: the verb, as the command is called.
        summary: one line for the history.
        tickets: the ids that it is about.
        files: what changes, by path relative to the desk's root.
    """

    action: str
    summary: str
    tickets: tuple[str, ...]
    files: Mapping[str, FileChange] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The commit's message: the summary on one line, and trailers for programs."""
        trailers = [f"Ticket: {ticket}" for ticket in self.tickets]
        return "\n".join([one_line(self.summary), "", *trailers, f"{TRAILER}: {self.action}", ""])


TRAILER = "Tracker-Action"
_LONGEST = 100


def one_line(text: str) -> str:
    """Return a text as one printable line of a reasonable length: it may be anybody's."""
    line = "".join(character if character.isprintable() else " " for character in text)
    words = " ".join(line.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


def united(action: str, summary: str, changes: Iterable[Change]) -> Change:
    """Return several changes of different files as one."""
    all_changes = list(changes)
    tickets = dict.fromkeys(ticket for change in all_changes for ticket in change.tickets)
    files = {path: edit for change in all_changes for path, edit in change.files.items()}
    return Change(action, summary, tuple(tickets), files)
