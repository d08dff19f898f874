"""An attachment that a comment names is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.finding import Finding
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.validation.facts import ConversationFacts

RULE = Rule(
    "T208",
    "missing-attachment",
    asks=lambda: _("An attachment that a comment names is there."),
    why=lambda: _("What somebody sent to explain a request would be lost without anyone noticing."),
    remedy=lambda: _("Bring the file back: “git log --diff-filter=D” shows who removed it."),
)


def check(conversation: ConversationFacts) -> Iterator[Finding]:
    """Yield a finding for each attachment that a comment lists and that does not lie there."""
    for comment in conversation.comments:
        for position, named in enumerate(comment.attachments):
            folder, _slash, name = named.rpartition("/")
            if folder != "files" or name not in conversation.files:
                message = _("The attachment {file} is not there.").format(file=named)
                place = conversation.locate(comment.path, ("attachments", position))
                yield Finding(comment.path, RULE.code, message, place, RULE.remedy(), "attachments")
