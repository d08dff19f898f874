"""Choosing tickets: `status:open location:lyon -assignee:omar printer`."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.errors import UsageError
from tracker.model.kind import Kind
from tracker.model.problem import allowed_values
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from tracker.model.entry import Entry
    from tracker.model.fields import TicketField

_NOTHING = ("", "none")
_MOMENT = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
STATES = ("open", "closed", "broken", "draft", "unassigned")


class Term(NamedTuple):
    """One condition: a field with a value, or a word of the id or title (`field` empty).

    Attributes:
        field: its name; empty for a word.
        value: what it must hold.
        negated: whether it must not.
        moment: whether the field holds days or moments, of which a year or a month may be given.
    """

    field: str
    value: str
    negated: bool = False
    moment: bool = False


def parse_query(words: Iterable[str], fields: Mapping[str, TicketField]) -> list[Term]:
    """Return the conditions that the words of a query make; a ticket must meet all.

    Args:
        words: what a person typed, already split at spaces or not.
        fields: the desk's fields by name.

    Raises:
        UsageError: a field, a value or a state is unknown, or a quote is not closed.
    """
    text = " ".join(shlex.quote(word) if " " in word and ":" not in word else word for word in words)
    try:
        parts = shlex.split(text)
    except ValueError:
        raise UsageError(_("A quotation mark in the query is not closed: {text}").format(text=text)) from None
    return [_parse_term(part, fields) for part in parts]


def _parse_term(part: str, fields: Mapping[str, TicketField]) -> Term:
    negated, word = part.startswith("-") and len(part) > 1, part.removeprefix("-")
    name, colon, value = word.partition(":")
    if not colon:
        return Term("", word, negated)
    known = (*fields, "is")
    if name not in known:
        message = _("There is no field “{name}” to search in.").format(name=name)
        raise UsageError(message, allowed_values(known, name))
    if name == "is" and value not in STATES:
        message = _("A ticket cannot be “{state}”.").format(state=value)
        raise UsageError(message, allowed_values(STATES, value))
    values = fields[name].values if name != "is" else ()
    if values and value.lower() not in ("", "none", *(known.lower() for known in values)):
        message = _("“{value}” is not a known value of {field}.").format(value=value, field=name)
        raise UsageError(message, allowed_values(values, value))
    moment = name != "is" and fields[name].kind in (Kind.DATE, Kind.TIME)
    if moment and value.lower() not in _NOTHING and not _MOMENT.fullmatch(value):
        message = _("“{value}” is no day, month or year.").format(value=value)
        raise UsageError(
            message, _("Write {field}:2026-11-28, {field}:2026-11 or {field}:2026.").format(field=name)
        )
    return Term(name, value, negated, moment)


def choose(
    entries: Sequence[Entry], terms: Iterable[Term], is_open: Callable[[str], bool], *, everything: bool
) -> list[Entry]:
    """Return the tickets that meet every condition; only open ones, unless the conditions are about that.

    Args:
        entries: the tickets to choose from.
        terms: the conditions.
        is_open: whether a status asks for work.
        everything: whether closed tickets are meant, too.
    """
    ids = {name.lower() for entry in entries for name in (entry.id, *entry.ticket.aliases)}
    wanted = [term._replace(field="id") if _is_id(term, ids) else term for term in terms]
    if not everything and not any(term.field in ("is", "status", "id") for term in wanted):
        wanted.append(Term("is", "open"))
    return [entry for entry in entries if matches(entry, wanted, is_open)]


def _is_id(term: Term, ids: Container[str]) -> bool:
    return not term.field and term.value.lower() in ids


def matches(entry: Entry, terms: Iterable[Term], is_open: Callable[[str], bool]) -> bool:
    """Whether a ticket meets every condition."""
    return all(_meets(entry, term, is_open) is not term.negated for term in terms)


def _meets(entry: Entry, term: Term, is_open: Callable[[str], bool]) -> bool:
    wanted = term.value.lower()
    if term.field == "is":
        return _is(entry, wanted, is_open)
    if not term.field:
        return wanted in entry.id.lower() or wanted in entry.title.lower()
    if term.field == "id":
        names = {name.lower() for name in (entry.id, *entry.ticket.aliases)}
        return wanted in names or wanted in {name.partition("-")[2] for name in names}
    held = [text.lower() for text in _texts(entry.values.get(term.field))]
    if term.field == "category":
        return any(text == wanted or text.startswith(f"{wanted}/") for text in held)
    if term.field in ("title", "requester", "system"):
        return any(wanted in text for text in held)
    if term.moment and wanted not in _NOTHING:
        return any(text.startswith(wanted) for text in held)
    return wanted in held or (wanted in _NOTHING and not held)


def _is(entry: Entry, state: str, is_open: Callable[[str], bool]) -> bool:
    match state:
        case "open":
            return is_open(entry.ticket.status)
        case "closed":
            return not is_open(entry.ticket.status)
        case "broken":
            return entry.broken
        case "draft":
            return entry.draft
        case _:
            return entry.ticket.assignee is None


def _texts(value: Any) -> list[str]:
    """Return every text in a value of the front matter."""
    match value:
        case None:
            return []
        case dict():
            return [text for part in value.values() for text in _texts(part)]
        case list():
            return [text for part in value for text in _texts(part)]
        case _:
            return [str(value)]
