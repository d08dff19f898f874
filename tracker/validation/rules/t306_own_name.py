"""Who comments speaks in their own name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.finding import Finding
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.validation.facts import ChangeFacts

RULE = Rule(
    "T306",
    "own-name",
    asks=lambda: _(
        "A new comment’s author is who proposes it, unless one of the desk’s people writes for others."
    ),
    why=lambda: _("A stranger could put words into anybody’s mouth."),
    remedy=lambda: _(
        "Write your own handle or address as the author. “changes: {comments: own}” in tracker.yml asks it "
        "of the desk’s people, too."
    ),
)


def check(change: ChangeFacts) -> Iterator[Finding]:
    """Yield a finding for each new comment in the name of somebody else."""
    actor, policy = change.actor, change.configuration.changes.comments
    if policy == "any" or (policy == "desk" and actor.people):
        return
    own = {*actor.people, *(name.lower() for name in actor.names)}
    for comment in change.new_comments:
        if comment.author and not {comment.author, comment.author.lower()} & own:
            message = _("This comment speaks for {author}, but was proposed by {actor}.")
            proposer = ", ".join(sorted(actor.people or actor.names)) or _("nobody known")
            place = change.locate(comment.path, ("author",))
            text = message.format(author=comment.author, actor=proposer)
            yield Finding(comment.path, RULE.code, text, place, RULE.remedy(), "author")
