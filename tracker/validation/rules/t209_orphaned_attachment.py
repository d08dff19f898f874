"""An attachment belongs to a comment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.finding import Finding, Severity
from tracker.model.place import conversation_of
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.validation.facts import ConversationFacts

RULE = Rule(
    "T209",
    "orphaned-attachment",
    asks=lambda: _("An attachment belongs to a comment of its ticket, or its text shows it."),
    why=lambda: _("A file that no text names is on no page, and nobody knows what it is for."),
    remedy=lambda: _("Name it in a comment’s “attachments”, or remove it."),
    severity=Severity.WARNING,
)


def check(conversation: ConversationFacts) -> Iterator[Finding]:
    """Yield a finding for each attachment that neither the ticket's text nor a comment names."""
    folder = conversation_of(conversation.path)
    for name in conversation.files:
        if name in conversation.body or any(comment.names(name) for comment in conversation.comments):
            continue
        message = _("No comment names this attachment.")
        yield Finding(f"{folder}/files/{name}", RULE.code, message, hint=RULE.remedy())
