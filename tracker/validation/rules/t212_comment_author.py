"""A comment's author is somebody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.finding import Finding, Severity
from tracker.model.address import EMAIL
from tracker.model.problem import nearest
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.validation.facts import ConversationFacts

RULE = Rule(
    "T212",
    "comment-author",
    asks=lambda: _("A comment’s author is one of the desk’s people, or an address."),
    why=lambda: _("An answer that nobody gave can be asked back of nobody."),
    remedy=lambda: _(
        "Write a handle of tracker.yml, or a mail address. People who left stay there, with “active: {until: …}”."
    ),
    severity=Severity.WARNING,
)


def check(conversation: ConversationFacts) -> Iterator[Finding]:
    """Yield a finding for each comment whose author is neither known nor an address."""
    people = conversation.configuration.people
    for comment in conversation.comments:
        author = comment.author
        if not author or author in people or re.fullmatch(EMAIL, author):
            continue
        guess = nearest(author, people)
        hint = _("Did you mean {guess}?").format(guess=guess) if guess else RULE.remedy()
        message = _("“{author}” is neither a person of this desk nor an address.").format(author=author)
        place = conversation.locate(comment.path, ("author",))
        yield Finding(comment.path, RULE.code, message, place, hint, "author")
