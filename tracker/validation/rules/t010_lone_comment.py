"""A comment lies beside its ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.finding import Finding
from tracker.model.place import is_ticket_place
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

RULE = Rule(
    "T010",
    "lone-comment",
    asks=lambda: _("A comment lies beside its ticket."),
    why=lambda: _("A comment without its ticket is in no conversation: nobody would ever read it."),
    remedy=lambda: _("Bring the ticket back, or remove its folder, too."),
)


def is_lone_comment(path: str, values: Mapping[str, Any]) -> bool:
    """Whether a file that is in no ticket's place is a comment whose ticket is not there."""
    return not is_ticket_place(path) and "author" in values and "title" not in values


def lone_comment(path: str) -> Finding:
    """Return the finding of a comment whose ticket is not there."""
    ticket_id = path.split("/")[-2]
    message = _("This is a comment of {id}, which is not there.").format(id=ticket_id)
    return Finding(path, RULE.code, message, hint=_("Bring the ticket back, or remove its folder, too."))
