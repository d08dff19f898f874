"""Why a field of a ticket holds what it does, as a line of the message of the commit that decided it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.history.event import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracker.document import Value
    from tracker.history.event import Event

    Named = Mapping[str, tuple[int, Mapping[str, Value]]]
    """The lives of tickets and their front matter, by each of their names."""

KEY = "Reason: "
"""What such a line begins with."""
_LONGEST, _LONGEST_LINE = 500, 4_000
"""In characters: what a part of a line is cut to, and how much of a line is read."""
_MOST = 50
"""More fields than any ticket has: so many reasons are kept with an event."""


class Reason(NamedTuple):
    """Why a field holds what it does.

    Attributes:
        ticket: the ticket's id when that was decided.
        field: the field, `system.kind` for a part of one.
        value: what it holds since then, of a list one item; empty where it stays empty.
        words: the reason, in words.
    """

    ticket: str
    field: str
    value: str
    words: str

    def written(self) -> str:
        """Return it as a line; the words may be anybody's text, and are cut where they are very long."""
        ticket, value = decided(self.ticket.replace("=", " ")), decided(self.value)
        return f"{KEY}{ticket} {self.field}={value}; {printable(self.words, _LONGEST)}"


def read_reasons(message: str) -> tuple[Reason, ...]:
    """Return the reasons in a commit's message, which may be anybody's: other lines say nothing."""
    if KEY not in message:
        return ()
    lines = (line for line in message.split("\n") if line.startswith(KEY))
    return tuple(reason for line in lines if (reason := _read(line[:_LONGEST_LINE])))


def explained(events: Sequence[Event], reasons: Iterable[Reason], tickets: Named) -> list[Event]:
    """Return what happened in a commit, each event with the reasons that are about it.

    Anybody writes what they like into a message, so a reason counts only where it is about a ticket that the
    commit touches, and says what became of it. It goes with the change of its field; where that did not
    change, because the ticket is new or has none, with the first event of the ticket.

    Args:
        events: what happened.
        reasons: what the commit's message says.
        tickets: the tickets that it touches, as they are after it.
    """
    changes: dict[tuple[int, str, str], int] = {}
    firsts: dict[int, int] = {}
    for number, event in enumerate(events):
        firsts.setdefault(event.life, number)
        if event.kind is Kind.CHANGED:
            changes.setdefault((event.life, event.field, decided(event.new)), number)
    found: dict[int, dict[tuple[str, str], Reason]] = {}
    for reason in reasons:
        life, values = tickets.get(reason.ticket, (0, {}))
        place, first = changes.get((life, reason.field, reason.value)), firsts.get(life)
        if place is None and first is not None and holds(values, reason):
            is_new = events[first].kind is Kind.CREATED
            place = first if is_new or not reason.value else None
        if place is not None and len(given := found.setdefault(place, {})) < _MOST:
            given.setdefault((reason.field, reason.value), reason)
    return [event._replace(reasons=(*found.get(number, {}).values(),)) for number, event in enumerate(events)]


def holds(values: Mapping[str, Value], reason: Reason) -> bool:
    """Whether a ticket with this front matter holds what a reason is given for."""
    field, dot, part = reason.field.partition(".")
    value = values.get(field)
    if dot:
        value = value.get(part) if isinstance(value, dict) else None
    items = value if isinstance(value, list) else [value]
    return reason.value in [decided(item) for item in items or [None]]


def printable(text: str, longest: int) -> str:
    """Return a text, which may be anybody's, as one printable line of at most so many characters."""
    if not text.isprintable():
        text = "".join(character if character.isprintable() else " " for character in text)
    words = " ".join(text.split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def decided(value: Value) -> str:
    """Return a value as a reason has it: before the words, on their line."""
    return printable(str(value or "").replace(";", ","), _LONGEST)


def _read(line: str) -> Reason | None:
    head, _semicolon, words = line.removeprefix(KEY).partition(";")
    about, equals, value = head.partition("=")
    ticket, _space, field = printable(about, _LONGEST).rpartition(" ")
    if not (equals and ticket and field):
        return None
    return Reason(ticket, field, decided(value), printable(words, _LONGEST))
