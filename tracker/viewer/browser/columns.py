"""Tickets as columns: what a browser reads fastest and what compresses best.

A column is the shortest of: the one value of all tickets (`all`), an index into the values that occur
(`pick`, whose 0 is nothing), moments as differences in seconds (`time`), ids as differences of numbers
(`ids`), the few values there are (`few`, with the distances between them), or every value (`each`).
`assets/scripts/rows.js` reads them.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.query.row import Row

_FEW = 0.3
_MANY = 64
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


def columns(rows: Sequence[Row], forms: Mapping[str, str]) -> dict[str, Any]:
    """Return rows as columns, by field.

    Args:
        rows: the tickets; moments in them are ISO 8601 texts.
        forms: the fields that are wanted, each with how its values compare (`Searchable.form`).
    """
    found = {name: _column([row.get(name) for row in rows], form) for name, form in forms.items()}
    return {"length": len(rows), "columns": {name: made for name, made in found.items() if made}}


def written(value: Any) -> str:
    """Return a value as JSON that any script can hold as it is."""
    return _encode(value)


def script(name: str, value: Any) -> bytes:
    """Return a script that hands over a value: a browser reads JSON in a text faster than a program."""
    text = written(written(value)).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"(globalThis.trackerData ??= {{}})[{name!r}] = JSON.parse({text});\n".encode("utf-8", "replace")


def _column(values: list[Any], form: str) -> dict[str, Any] | None:
    given = [None if value in ("", [], {}, False) else value for value in values]
    present = [place for place, value in enumerate(given) if value is not None]
    if not present:
        return None
    if form == "moment":
        return _times(given)
    if form == "id":
        return _ids(given)
    if len(present) < _FEW * len(given):
        gaps = [place - before for before, place in zip([0, *present], present, strict=False)]
        return {"few": gaps, "values": _picked([given[place] for place in present])}
    return _picked(given)


def _picked(values: list[Any]) -> dict[str, Any]:
    """Return values as indexes, the most frequent first, where they repeat; else as they are."""
    keys = [written(value) for value in values]
    counts: dict[str, int] = {}
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    if len(counts) == 1:
        return {"all": values[0]}
    if len(counts) > max(_MANY, len(values) // 4):
        return {"each": values}
    often = sorted(counts, key=lambda key: (key != "null", -counts[key], key))
    often = often if often[0] == "null" else ["null", *often]
    index = {key: place for place, key in enumerate(often)}
    return {"pick": [json.loads(key) for key in often], "at": [index[key] for key in keys]}


def _times(values: list[Any]) -> dict[str, Any]:
    """Return moments as seconds since the one before; what is no moment as it is."""
    found: list[Any] = []
    before = 0
    for value in values:
        seconds = _seconds(value)
        if seconds is None:
            found.append(str(value) if value is not None else None)
        else:
            found.append(seconds - before)
            before = seconds
    return {"time": found}


def _seconds(value: Any) -> int | None:
    try:
        moment = datetime.fromisoformat(str(value)) if value is not None else None
    except ValueError:
        return None
    return int(moment.timestamp()) if moment and moment.tzinfo and not moment.microsecond else None


def _ids(values: list[Any]) -> dict[str, Any]:
    """Return ids of one prefix as the differences of their numbers; others as they are."""
    prefix = str(next(value for value in values if value is not None)).rpartition("-")[0]
    found: list[Any] = []
    before = 0
    for value in values:
        start, _hyphen, number = str(value).rpartition("-")
        if start == prefix and number.isdecimal() and number.isascii() and str(int(number)) == number:
            found.append(int(number) - before)
            before = int(number)
        else:
            found.append(value)
    return {"prefix": f"{prefix}-", "ids": found}
