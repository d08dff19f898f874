"""What an answer must be, as data for browsers, with the sentences that `tracker validate` says of others.

A blank such as {value} in a sentence is filled in by the script.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.model.form import Control
from tracker.model.identifier import ALIAS, DRAFT_LENGTH
from tracker.model.kind import Kind
from tracker.model.problem import explain, missing
from tracker.model.ticket import id_hint
from tracker.model.values import LONGEST_ADDRESS
from tracker.translation import _
from tracker.validation.rules.t108_text_limits import LONGEST_ITEM, LONGEST_TITLE, MOST_ITEMS
from tracker.viewer.forms.pattern import for_browsers, mail_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.model.fields import TicketField
    from tracker.model.form import Element

LIMITS = {
    "title": LONGEST_TITLE,
    "item": LONGEST_ITEM,
    "items": MOST_ITEMS,
    "mail": LONGEST_ADDRESS,
    "draft": DRAFT_LENGTH,
}


def rules_of(element: Element, fields: Mapping[str, TicketField], prefix: str) -> dict[str, Any]:
    """Return what an answer must be, by what scripts call it; nothing for what is not demanded.

    Args:
        element: what is asked.
        fields: the desk's.
        prefix: of the desk's ids.
    """
    found: dict[str, Any] = {"required": element.required, "agreed": list(element.agreed)}
    field = fields.get(element.key.partition(".")[0]) if element.is_field else None
    if field is None:
        return _demanded(found)
    if "." not in element.key:
        found["when"] = dict(field.required_when)
    if element.control is Control.MAIL:
        found |= {"pattern": mail_address(), "hint": _("Write an address such as name@example.org.")}
    elif field.kind is Kind.TICKET:
        found |= {"pattern": f"^(?:{ALIAS.pattern})$", "hint": id_hint(prefix)}
    elif field.kind is Kind.TEXT and field.pattern:
        hint = _("It must match {pattern}").format(pattern=field.pattern)
        found |= {"pattern": for_browsers(field.pattern), "hint": hint}
    return _demanded(found)


def _demanded(rules: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in rules.items() if value}


def sentences() -> dict[str, str]:
    """Return what is said of an answer that does not fit, by what scripts call it."""
    fields = ("{field}",)
    return {
        "missing": missing(fields).message,
        "because": _("It is required when {condition}."),
        "number": _said("tracker_number"),
        "pattern": _said("string_pattern_mismatch"),
        "long mail": _said("string_too_long", max_length=LONGEST_ADDRESS),
        "no date": _("“{value}” is not a date."),
        "no day": _("There is no day {value}."),
        "date": _("Write it as year, month and day: 2026-11-28."),
        "long title": _("The title has {number} characters, more than {limit}."),
        "shorten title": _("Move the rest into the text."),
        "long item": _("This item of {field} has {number} characters, more than {limit}."),
        "shorten item": _("Shorten it."),
        "many items": _("{field} has {number} items, more than {limit}."),
        "fewer items": _("Remove those that are not needed."),
        "due": _("Due on {due}, before it was created on {created}."),
        "correct due": _("Correct “due”."),
    }


def _said(kind: str, **context: object) -> str:
    """Return what is said of one of the kinds of errors that the model finds."""
    error: Any = {"type": kind, "loc": ("{field}",), "input": "{value}", "msg": "", "ctx": context}
    return explain(error).message
