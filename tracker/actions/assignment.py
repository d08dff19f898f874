"""The changes that a person writes down: `priority=high`, `labels+=vpn`, `requester.name=Léa Martin`."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.errors import RefusedValueError, UsageError
from tracker.finding import errors
from tracker.model.kind import Kind
from tracker.model.problem import allowed_values
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracker.document import NewValue
    from tracker.finding import Finding
    from tracker.model.fields import TicketField
    from tracker.model.ticket import TicketReader

_FORM = re.compile(r"(?P<keys>[A-Za-z_][\w.-]*?)\s*(?P<operator>\+=|-=|=)(?P<text>.*)", re.DOTALL)
_NESTED = (Kind.CONTACT, Kind.DETAILS, Kind.OUTAGE)


class Assignment(NamedTuple):
    """One change to one field.

    Attributes:
        keys: the field, and the key in it where it is a mapping.
        operator: `=` replaces, `+=` adds to a list, `-=` takes from it.
        text: the value as written; empty means to remove the field.
    """

    keys: tuple[str, ...]
    operator: str
    text: str


def parse_assignment(written: str, fields: Mapping[str, TicketField]) -> Assignment:
    """Return the change that `written` asks for.

    Raises:
        UsageError: it has another form, or names no field of this desk.
    """
    match = _FORM.fullmatch(written)
    if not match:
        message = _("“{text}” changes nothing: write FIELD=VALUE, FIELD+=VALUE or FIELD-=VALUE.").format(
            text=written
        )
        raise UsageError(message)
    keys, operator = tuple(match["keys"].split(".")), match["operator"]
    field = fields.get(keys[0])
    if field is None:
        message = _("This desk’s tickets have no field “{field}”.").format(field=keys[0])
        raise UsageError(message, allowed_values(fields, keys[0]))
    if operator != "=" and not field.is_list:
        raise UsageError(_("{field} holds one value: use {field}=VALUE.").format(field=keys[0]))
    if (len(keys) > 1) is not (field.kind in _NESTED and bool(match["text"])) and not (
        len(keys) == 1 and not match["text"]
    ):
        hint = _("Name the part, such as requester.email=lea.martin@example.org or system.model=…")
        raise UsageError(_("“{text}” does not fit {field}.").format(text=written, field=keys[0]), hint)
    return Assignment(keys, operator, match["text"].strip())


def assigned_value(
    assignment: Assignment, field: TicketField, present: Any, reader: TicketReader
) -> NewValue:
    """Return what the field will hold after an assignment; None removes it.

    Args:
        assignment: the change.
        field: the field that it is about.
        present: what the front matter holds there now.
        reader: knows which values fit.

    Raises:
        RefusedValueError: the value does not fit its field.
    """
    if not assignment.text:
        return None
    if field.is_list:
        return _list_value(assignment, field, present, reader)
    if field.kind in _NESTED:
        part = {assignment.keys[1]: assignment.text}
        _refuse({field.name: part}, reader)
        return assignment.text
    ticket = _refuse({field.name: assignment.text}, reader)
    value = ticket.value(field.name)
    return value if field.kind in (Kind.DATE, Kind.TIME, Kind.NUMBER) else assignment.text


def _list_value(assignment: Assignment, field: TicketField, present: Any, reader: TicketReader) -> NewValue:
    given = [item.strip() for item in assignment.text.split(",") if item.strip()]
    held = [str(item) for item in present] if isinstance(present, list) else []
    if assignment.operator == "-=":
        absent = [item for item in given if item not in held]
        if absent:
            message = _("{field} does not hold “{item}”.").format(field=field.name, item=absent[0])
            raise RefusedValueError(message, allowed_values(held, absent[0]) if held else "")
        return [item for item in held if item not in given] or None
    _refuse({field.name: given}, reader)
    kept = held if assignment.operator == "+=" else []
    return [*kept, *(item for item in dict.fromkeys(given) if item not in kept)]


def _refuse(values: Mapping[str, Any], reader: TicketReader) -> Any:
    ticket, problems = reader.read(values, required=())
    wrong = [problem for problem in problems if problem.keys[0] in values]
    if wrong:
        raise RefusedValueError(wrong[0].message, wrong[0].hint)
    return ticket


def refuse_new_findings(before: Iterable[Finding], after: Iterable[Finding]) -> None:
    """Stop a change that would leave something wrong that was right before.

    Raises:
        RefusedValueError: with the first thing that would be wrong.
    """
    known = {(finding.code, finding.field) for finding in before}
    for finding in errors(after):
        if (finding.code, finding.field) not in known:
            raise RefusedValueError(finding.message, finding.hint)


def refuse_id(name: str) -> None:
    """Stop when the field that a person wants to set is the id.

    Raises:
        RefusedValueError: it is.
    """
    if name == "id":
        raise RefusedValueError(
            _("A ticket’s id cannot be changed."), _("Numbers are given by “tracker accept”.")
        )


def written_form(value: Any) -> str:
    """Return a value as a person would write it in the front matter."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return ", ".join(written_form(part) for part in value) if isinstance(value, list) else str(value)
