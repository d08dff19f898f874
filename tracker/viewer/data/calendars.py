"""iCalendar (RFC 5545): the due days of one person's open tickets, as events of whole days."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tracker.viewer.data.feeds import changed, identity, summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.viewer.publish import Placed
    from tracker.viewer.website import Website

_LINE = 75
"""Bytes of a line, without its end."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_NOTHING = (
    *("BEGIN:VTIMEZONE", "TZID:Etc/UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
    *("TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE"),
)
"""Stands in a calendar without events: it may not be empty."""


def calendar(website: Website, name: str, tickets: Iterable[Placed]) -> bytes:
    """Return the calendar of the person with a name: of those of some tickets that are due."""
    due = sorted(
        (ticket for ticket in tickets if ticket.open and ticket.entry.ticket.due),
        key=lambda ticket: (str(ticket.entry.ticket.due), ticket.entry.path),
    )
    events = [line for ticket in due for line in _event(website, ticket)]
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tracker//due days//EN", "CALSCALE:GREGORIAN"),
        f"X-WR-CALNAME:{_text(f'{name} · {website.workspace.configuration.desk}')}",
        *(events or _NOTHING),
        "END:VCALENDAR",
    ]
    return b"".join(map(_folded, lines))


def _event(website: Website, ticket: Placed) -> Iterator[str]:
    """Yield the lines of a ticket; without an end, the event is one day long."""
    publication, entry = ticket
    day = entry.ticket.due
    assert day is not None  # noqa: S101  # only such tickets are in a calendar
    stamp = changed(ticket) or datetime.combine(day, datetime.min.time(), UTC)
    yield "BEGIN:VEVENT"
    yield f"UID:{identity(website, publication.paths[entry.path]).removeprefix('urn:uuid:')}"
    yield f"DTSTAMP:{_in_utc(stamp)}"
    yield f"DTSTART;VALUE=DATE:{day.year:04}{day.month:02}{day.day:02}"
    yield f"SUMMARY:{_text(f'{entry.id} {entry.title}')}"
    yield f"DESCRIPTION:{_text(summary(ticket))}"
    yield "TRANSP:TRANSPARENT"
    if website.home:
        yield f"URL:{_CONTROL.sub('', website.home + publication.address(entry))}"
    yield "END:VEVENT"


def _in_utc(moment: datetime) -> str:
    try:
        utc = moment.astimezone(UTC)
    except OverflowError:  # at one of the ends of the calendar
        utc = moment.replace(tzinfo=UTC)
    return f"{utc.year:04}{utc:%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """Return a text as a value: line breaks, commas and semicolons mean something else there."""
    plain = _CONTROL.sub("", text.replace("\r\n", "\n"))
    return re.sub(r"([\\;,])", r"\\\1", plain).replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """Return a line with its end, in pieces that are short enough; no character is cut in two."""
    rest, pieces, room = line.encode("utf-8", "replace"), [], _LINE
    while len(rest) > room:
        end = room
        while rest[end] & 0xC0 == 0x80:  # noqa: PLR2004  # the byte continues a character in UTF-8
            end -= 1
        pieces.append(rest[:end])
        rest, room = rest[end:], _LINE - 1
    return b"\r\n ".join([*pieces, rest]) + b"\r\n"
