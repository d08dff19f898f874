"""The order and the groups that a query asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.query.timing import moment_of
from tracker.query.values import NOTHING, items, number_in, rank_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.query.expression import Query
    from tracker.query.matching import Context
    from tracker.query.row import Row

_DIGITS = 15


def sort_rows(rows: Sequence[Row], query: Query, context: Context) -> list[Row]:
    """Return tickets in the order that a query asks for; what is equal stays as it was.

    Tickets without a value come last, whichever way they are sorted.
    """
    found = list(rows)
    for field, falls in reversed(query.sort):
        keys = {row["path"]: _key(row, field, context) for row in found}
        with_value = [row for row in found if keys[row["path"]] is not None]
        without = [row for row in found if keys[row["path"]] is None]
        found = sorted(with_value, key=lambda row: keys[row["path"]], reverse=falls) + without
    return found


def group_rows(rows: Sequence[Row], query: Query, context: Context) -> list[tuple[str, list[Row]]]:
    """Return tickets by the value of the field that a query groups by, an empty text for none, which is last.

    Choices come in their order, numbers and times from the first to the last, texts as in a dictionary. A
    ticket of several values is in several groups.
    """
    groups: dict[str, list[Row]] = {}
    for row in rows:
        for name in dict.fromkeys(map(_shown, items(row.get(query.group)))):
            groups.setdefault(name, []).append(row)
    order = {name: _key({query.group: name}, query.group, context) for name in groups if name}
    named = sorted(order, key=lambda name: (order[name] is None, order[name] or 0, name))
    return [(name, groups[name]) for name in (*named, "") if name in groups]


def _shown(value: Any) -> str:
    """Return the text by which a value is grouped."""
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values())
    if isinstance(value, list):
        return " ".join(str(part) for part in value)
    return "" if value is None else str(value)


def _key(row: Row, field: str, context: Context) -> Any:
    """Return what a ticket is sorted by; None where it has no value. All keys of a field are of one kind."""
    searchable, value = context.known[field], items(row.get(field))[0]
    if value in NOTHING:
        return None
    match searchable["form"]:
        case "number":
            return number_in(value)
        case "day" | "moment":
            moment = moment_of(str(value), context.now.tzinfo)
            return moment.timestamp() if moment else None
        case "choice" | "path":
            rank = rank_in(searchable["values"], value)
            return len(searchable["values"]) if rank is None else rank
        case "id":
            prefix, _hyphen, number = str(value).rpartition("-")
            counts = number.isascii() and number.isdigit() and len(number) <= _DIGITS
            return (0, int(number), prefix) if counts else (1, 0, str(value))
        case _:
            return _shown(value).lower()
