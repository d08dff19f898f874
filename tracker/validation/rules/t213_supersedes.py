"""A correction corrects a comment that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.finding import Finding
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.validation.facts import ConversationFacts

RULE = Rule(
    "T213",
    "supersedes",
    asks=lambda: _("A correction names a comment of the same conversation."),
    why=lambda: _("The comment that it should replace would still be shown as it was."),
    remedy=lambda: _("Write the name of the corrected comment’s file, such as 2026-11-24T101200Z-omar.md."),
)


def check(conversation: ConversationFacts) -> Iterator[Finding]:
    """Yield a finding for each comment that corrects one that is not there."""
    names = {comment.name for comment in conversation.comments}
    for comment in conversation.comments:
        if comment.supersedes and (comment.supersedes not in names or comment.supersedes == comment.name):
            message = _("It corrects {file}, which is no other comment of this ticket.")
            place = conversation.locate(comment.path, ("supersedes",))
            yield Finding(
                comment.path,
                RULE.code,
                message.format(file=comment.supersedes),
                place,
                RULE.remedy(),
                "supersedes",
            )
