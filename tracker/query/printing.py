"""A query as text, so that reading the text gives the same query."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.query.expression import EQUAL, RANGE, All, Any, Not, Term
from tracker.query.vocabulary import ASKER, ME, NONE

if TYPE_CHECKING:
    from tracker.query.expression import Condition, Query

_SAFE = re.compile(r"[^\W_][\w@#+/.-]*")
_WORDS = ("and", "or", "not", NONE, ME)


def print_query(query: Query) -> str:
    """Return a query as text."""
    order = ",".join(f"{'-' * falls}{field}" for field, falls in query.sort)
    clauses = (f"sort:{order}" if order else "", f"group:{query.group}" if query.group else "")
    return " ".join(filter(None, (_printed(query.condition), *clauses)))


def _printed(condition: Condition) -> str:
    match condition:
        case Term():
            return _printed_term(condition)
        case Not(part):
            return f"-{_inside(part)}"
        case All(parts):
            return " ".join(_inside(part) if isinstance(part, Any) else _printed(part) for part in parts)
        case Any(parts):
            return " or ".join(_printed(part) for part in parts)


def _inside(condition: Condition) -> str:
    text = _printed(condition)
    return f"({text})" if isinstance(condition, All | Any) else text


def _printed_term(term: Term) -> str:
    if not term.field:
        return _quoted(term.values[0])
    values = [{"": NONE, ASKER: ME}.get(value) or _quoted(value) for value in term.values]
    if term.operator == RANGE:
        return f"{term.field}:{RANGE.join(values)}"
    return f"{term.field}:{'' if term.operator == EQUAL else term.operator}{','.join(values)}"


def _quoted(value: str) -> str:
    if _SAFE.fullmatch(value) and RANGE not in value and value not in _WORDS:
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
