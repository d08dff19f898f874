"""Where in a ticket's text a cursor stands. A look at lines, because half a word is rarely sound YAML."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

from tracker.editor.text import BOM, Spot, Stretch

_FENCE = re.compile(r"---[ \t]*")
_ENTRY = re.compile(r"(?P<indent>[ \t]*)(?P<key>\w[\w.-]*)[ \t]*:(?:[ \t]+|$)(?P<value>.*)")
_ITEM = re.compile(r"(?P<before>[ \t]*-(?:[ \t]+|$))(?P<value>.*)")
_WORD = re.compile(r"(?P<indent>[ \t]*)(?P<word>[\w-]*)[ \t]*")
_QUOTES = "'\""
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*")


class Where(Enum):
    """What a cursor can be in."""

    FIELD = auto()
    VALUE = auto()
    ITEM = auto()
    KEY = auto()
    BODY = auto()
    NOWHERE = auto()


class Place(NamedTuple):
    """What stands at a cursor.

    Attributes:
        where: what it is part of.
        field: the front matter field around it; empty where there is none.
        word: what an editor would replace there: a name, a value, an item.
        stretch: where that word is.
        typed: what stands of it before the cursor.
        bare: whether the word has yet to become an entry: there is no colon behind it, no space before it.
    """

    where: Where
    field: str = ""
    word: str = ""
    stretch: Stretch = Stretch(Spot(0, 0), Spot(0, 0))
    typed: str = ""
    bare: bool = False


def front_matter_end(lines: list[str]) -> int:
    """Return the line that closes the front matter; where none does, the first blank one; 0 without any."""
    if not _FENCE.fullmatch(lines[0].removeprefix(BOM)):
        return 0
    ends = (number for number, line in enumerate(lines) if number and _FENCE.fullmatch(line))
    blanks = (number for number, line in enumerate(lines) if number and not line.strip())
    return next(ends, next(blanks, len(lines)))


def place_at(lines: list[str], spot: Spot) -> Place:
    """Return what stands at a cursor in the text of a ticket or comment."""
    end = front_matter_end(lines)
    if spot.line >= end:
        return Place(Where.NOWHERE if spot.line == end and end else Where.BODY)
    if spot.line == 0:
        return Place(Where.NOWHERE)
    line = lines[spot.line]
    comment = _COMMENT.search(line)
    if comment and spot.column >= comment.start():
        return Place(Where.NOWHERE)
    content = line[: comment.start()] if comment else line
    return _item(lines, spot, content) or _entry(lines, spot, content) or _unfinished(lines, spot, content)


def _item(lines: list[str], spot: Spot, content: str) -> Place | None:
    found = _ITEM.fullmatch(content)
    if not found:
        return None
    if spot.column < found.end("before"):
        return Place(Where.NOWHERE)
    return _word_at(Where.ITEM, field_above(lines, spot.line), spot, content, found.start("value"))


def _entry(lines: list[str], spot: Spot, content: str) -> Place | None:
    found = _ENTRY.fullmatch(content)
    if not found:
        return None
    key, nested = found["key"], bool(found["indent"])
    field = field_above(lines, spot.line) if nested else key
    start, end = found.span("key")
    if spot.column < start:
        return Place(Where.NOWHERE, field)
    if spot.column <= end:
        stretch, typed = Stretch(Spot(spot.line, start), Spot(spot.line, end)), content[start : spot.column]
        return Place(Where.KEY if nested else Where.FIELD, field if nested else "", key, stretch, typed)
    if nested:
        return Place(Where.NOWHERE, field)
    if found["value"].startswith("["):
        return _flow_item(field, spot, content, found.start("value"))
    return _word_at(Where.VALUE, field, spot, content, found.start("value"))


def _unfinished(lines: list[str], spot: Spot, content: str) -> Place:
    """A line with neither colon nor hyphen: a name that is being typed, or anything else."""
    found = _WORD.fullmatch(content)
    if not found:
        return Place(Where.NOWHERE)
    start = min(found.start("word"), spot.column)
    nested = start > 0
    stretch = Stretch(Spot(spot.line, start), Spot(spot.line, max(found.end("word"), spot.column)))
    field = field_above(lines, spot.line) if nested else ""
    typed = content[start : spot.column]
    return Place(Where.KEY if nested else Where.FIELD, field, found["word"], stretch, typed, bare=True)


def _word_at(where: Where, field: str, spot: Spot, content: str, start: int) -> Place:
    """Return a value that begins at a column and ends with its line, without quotes and blanks."""
    end = len(content.rstrip())
    if content[start : start + 1] in _QUOTES and start < end:
        closed = end > start + 1 and content[end - 1] == content[start]
        start, end = start + 1, end - closed
        if closed and spot.column > end:
            return Place(Where.NOWHERE, field)
    bare = spot.column == start and content[start - 1 : start] in (":", "-")
    start = min(start, spot.column)
    end = max(end, spot.column)
    stretch = Stretch(Spot(spot.line, start), Spot(spot.line, end))
    return Place(
        where, field, content[start:end].strip(), stretch, content[start : spot.column].lstrip(), bare
    )


def _flow_item(field: str, spot: Spot, content: str, opening: int) -> Place:
    """Return the item at a cursor in a list in brackets that is on one line."""
    start = max(content.rfind(mark, opening, spot.column) for mark in "[,") + 1
    start += len(content[start : spot.column]) - len(content[start : spot.column].lstrip())
    ends = (content.find(mark, spot.column) for mark in ",]")
    end = min((found for found in ends if found >= 0), default=len(content))
    end = max(start, spot.column, start + len(content[start:end].rstrip()))
    stretch = Stretch(Spot(spot.line, start), Spot(spot.line, end))
    return Place(Where.ITEM, field, content[start:end].strip(), stretch, content[start : spot.column])


def field_above(lines: list[str], line: int) -> str:
    """Return the field whose list or mapping a line belongs to."""
    for above in reversed(lines[1:line]):
        found = _ENTRY.fullmatch(above)
        if found and not found["indent"]:
            return found["key"]
        if above[:1].strip() and not above.startswith(("-", "#")):
            break
    return ""
