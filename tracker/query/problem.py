"""A query that cannot be understood: what is wrong with it, and where."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.errors import UsageError
from tracker.model.problem import allowed_values
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable

_WIDTH = 72


class Wrong(StrEnum):
    """What can be wrong with a query; the website knows the same."""

    QUOTE = "quote"
    OPENED = "opened"
    CLOSED = "closed"
    INCOMPLETE = "incomplete"
    FIELD = "field"
    VALUE = "value"
    STATE = "state"
    HELD = "held"
    EMPTY = "empty"
    ORDER = "order"
    TIME = "time"
    AHEAD = "ahead"
    NUMBER = "number"
    NESTED = "nested"
    TWICE = "twice"
    LENGTH = "length"
    DEPTH = "depth"


class QueryError(UsageError):
    """A query cannot be understood.

    Args:
        wrong: what is wrong.
        text: the query.
        start: where it is wrong, counted in characters from 0.
        end: where that ends.
        known: what would be right there.
        field: the field that is meant.
    """

    def __init__(
        self, wrong: Wrong, text: str, start: int, end: int, known: Iterable[str] = (), field: str = ""
    ) -> None:
        self.wrong, self.start, self.end = wrong, start, end
        word = text[start:end]
        allowed = list(known)
        hint = allowed_values(allowed, word) if allowed else advice(wrong, field)
        message = message_of(wrong).format(word=word, field=field)
        super().__init__(message, "\n".join(filter(None, [*_pointed(text, start, end), hint])))


def _pointed(text: str, start: int, end: int) -> list[str]:
    """Return the part of a text around a place, and what points at the place."""
    first = max(0, min(start, start + (end - start) // 2 - _WIDTH // 2) if len(text) > _WIDTH else 0)
    shown = text[first : first + _WIDTH]
    if not shown.strip() or "\n" in shown:
        return []
    width = max(1, min(end, first + len(shown)) - start)
    return [f"  {shown}", f"  {' ' * (start - first)}{'^' * width}"]


def message_of(wrong: Wrong) -> str:
    """Return what is said of a fault, with `{word}` and `{field}` where these are named."""
    return {
        Wrong.QUOTE: _("A quotation mark is not closed."),
        Wrong.OPENED: _("A parenthesis is not closed."),
        Wrong.CLOSED: _("This parenthesis closes nothing."),
        Wrong.INCOMPLETE: _("Something is missing here."),
        Wrong.FIELD: _("There is no field “{word}” to search in."),
        Wrong.VALUE: _("“{word}” is not a known value of {field}."),
        Wrong.STATE: _("A ticket cannot be “{word}”."),
        Wrong.HELD: _("A ticket cannot have “{word}”."),
        Wrong.EMPTY: _("{field} is compared with nothing."),
        Wrong.ORDER: _("The values of {field} have no order."),
        Wrong.TIME: _("“{word}” is no day, month, year or moment."),
        Wrong.AHEAD: _("“{word}” lies in the future, and {field} never does."),
        Wrong.NUMBER: _("“{word}” is no number."),
        Wrong.NESTED: _("“{word}” stands for the whole query, not for a part of it."),
        Wrong.TWICE: _("The query has “{word}” already."),
        Wrong.LENGTH: _("The query is too long."),
        Wrong.DEPTH: _("The parentheses are nested too deep."),
    }[wrong]


def advice(wrong: Wrong, field: str) -> str:
    """Return what to write instead; empty where that goes without saying."""
    match wrong:
        case Wrong.EMPTY if field in ("sort", "group"):
            return _("Write {field}:created, for example.").format(field=field)
        case Wrong.EMPTY:
            hint = _("Write {field}:VALUE, {field}:>=VALUE, or {field}:none for tickets without it.")
            return hint.format(field=field)
        case Wrong.TIME if field in ("created", "updated"):
            hint = _("Write {field}:2026-11-28, {field}:2026-11, {field}:today or {field}:>-7d.")
            return hint.format(field=field)
        case Wrong.TIME:
            hint = _("Write {field}:2026-11-28, {field}:2026-11, {field}:today or {field}:<7d.")
            return hint.format(field=field)
        case Wrong.AHEAD:
            hint = _("Write {field}:>-7d for the last seven days, {field}:<-7d for what is older.")
            return hint.format(field=field)
        case Wrong.ORDER:
            return _("Write {field}:VALUE.").format(field=field)
        case Wrong.CLOSED:
            return _('Put what is meant as a word between quotation marks: "(".')
        case _:
            return ""
