"""An attachment is not larger than the desk allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.finding import Finding
from tracker.model.place import conversation_of
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.validation.facts import ConversationFacts

RULE = Rule(
    "T210",
    "large-attachment",
    asks=lambda: _(
        "An attachment is not larger than the desk allows (“attachments: largest” in tracker.yml)."
    ),
    why=lambda: _(
        "Every clone has every version of every file for good: a few videos make a desk slow to fetch."
    ),
    remedy=lambda: _("Make it smaller, put it where large files are kept and link to it, or use Git LFS."),
)

_MEBIBYTE = 1 << 20


def check(conversation: ConversationFacts) -> Iterator[Finding]:
    """Yield a finding for each attachment that is too large."""
    largest = conversation.configuration.attachments.largest
    folder = conversation_of(conversation.path)
    for name, size in conversation.files.items():
        if size > largest * _MEBIBYTE:
            message = _("This attachment has {size:.1f} MiB, more than {limit:g}.")
            message = message.format(size=size / _MEBIBYTE, limit=largest)
            yield Finding(f"{folder}/files/{name}", RULE.code, message, hint=RULE.remedy())
