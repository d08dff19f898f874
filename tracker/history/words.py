"""What happened to a ticket, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.history.changes import TEXT
from tracker.history.event import Kind
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tracker.document import Value
    from tracker.history.event import Event
    from tracker.model.fields import TicketField

REOPENED = "reopened"
"""What a change of the status is when it makes work of what was done; what is done, the desk decides."""


def kind_of(event: Event, is_open: Callable[[str], bool]) -> str:
    """Return what happened; a ticket that is worked on again was reopened.

    Args:
        event: what happened.
        is_open: whether a status asks for work.
    """
    old, new = event.old, event.new
    if event.field == "status" and isinstance(old, str) and isinstance(new, str):
        return REOPENED if is_open(new) and not is_open(old) else str(event.kind)
    return str(event.kind)


def in_words(event: Event, fields: Mapping[str, TicketField]) -> str:
    """Return what happened as a person says it, in the current language; it may be anybody's text.

    Args:
        event: what happened.
        fields: the desk's fields by name.
    """
    if event.kind is Kind.CHANGED:
        return _change_in_words(event, fields)
    if event.kind is Kind.COMMENTED:
        return _comment_in_words(event, fields)
    words = {
        Kind.CREATED: _("Filed: {new}"),
        Kind.ACCEPTED: _("Accepted as {new}; it was {old}"),
        Kind.RENUMBERED: _("Renumbered: {old} → {new}"),
        Kind.REWRITTEN: _("Comment or file changed: {file}"),
        Kind.UNSAID: _("Comment deleted: {file}"),
        Kind.ATTACHED: _("File attached: {file}"),
        Kind.DETACHED: _("File removed: {file}"),
        Kind.BROKEN: _("Written so that it cannot be read"),
        Kind.MENDED: _("Readable again"),
        Kind.DELETED: _("Deleted"),
        Kind.RESTORED: _("Brought back"),
    }
    return words[event.kind].format(old=plain(event.old), new=plain(event.new), file=event.field)


def _comment_in_words(event: Event, fields: Mapping[str, TicketField]) -> str:
    said = event.new if isinstance(event.new, dict) else {}
    people = fields["assignee"].values if "assignee" in fields else {}
    author, public = plain(said.get("author"), people), said.get("visibility") in (None, "public")
    words = _("Comment by {author}: {file}") if public else _("Internal comment by {author}: {file}")
    return words.format(author=author or "?", file=event.field)


def reason_in_words(event: Event, fields: Mapping[str, TicketField]) -> str:
    """Return the reasons of what happened as they are written; those about another field with its label."""
    said = [
        reason.words
        if reason.field == event.field
        else _("{field}: {value}").format(field=label_of(reason.field, fields), value=reason.words)
        for reason in event.reasons
    ]
    return "; ".join(said)


def label_of(name: str, fields: Mapping[str, TicketField]) -> str:
    """Return what people call a field, or a part of one such as `requester.name`."""
    whole, _dot, part = name.partition(".")
    label = fields[whole].label if whole in fields else whole
    return f"{label} ({part})" if part else label


def _change_in_words(event: Event, fields: Mapping[str, TicketField]) -> str:
    field = fields.get(event.field.partition(".")[0])
    if event.field == TEXT and field is None:
        return _("Text changed")
    label = label_of(event.field, fields)
    values = field.values if field else {}
    old, new = plain(event.old, values), plain(event.new, values)
    if event.new is None:
        return _("{field}: {value} removed").format(field=label, value=old)
    if event.old is None:
        is_list = field is not None and field.is_list
        return (_("{field}: {value} added") if is_list else _("{field}: {value}")).format(
            field=label, value=new
        )
    return _("{field}: {old} → {new}").format(field=label, old=old, new=new)


def plain(value: Value, labels: Mapping[str, str] | None = None) -> str:
    """Return a value as a person reads it.

    Args:
        value: as it is written.
        labels: what to say for some texts.
    """
    match value:
        case None:
            return ""
        case dict():
            return ", ".join(f"{key}: {plain(part)}" for key, part in value.items())
        case list():
            return ", ".join(plain(part) for part in value)
        case bool():
            return _("yes") if value else _("no")
        case str():
            return (labels or {}).get(value, value)
        case _:
            return str(value)
