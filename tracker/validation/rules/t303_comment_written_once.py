"""A comment is written once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.finding import Finding
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.validation.facts import ChangeFacts

RULE = Rule(
    "T303",
    "comment-written-once",
    asks=lambda: _("A comment is neither changed nor removed, nor is what is attached to it."),
    why=lambda: _("What somebody said to somebody stays what was said, whoever has write access."),
    remedy=lambda: _("Put the file back. A correction is a new comment: “tracker comment --supersedes”."),
)


def check(change: ChangeFacts) -> Iterator[Finding]:
    """Yield a finding for each comment and attachment that was there before and is not the same after."""
    for path, kept in change.comments.items():
        if path.rpartition("/")[0].endswith("/files"):
            message = _("An attachment was changed.") if kept else _("An attachment was removed.")
        else:
            message = (
                _("A comment was changed after it was written.") if kept else _("A comment was removed.")
            )
        yield Finding(path, RULE.code, message, hint=RULE.remedy())
