"""Found where files are read: tracker.document.document."""

from __future__ import annotations

from tracker.translation import _
from tracker.validation.rule import Rule

RULE = Rule(
    "T002",
    "file-size",
    asks=lambda: _("A ticket has at most 1 MiB, its front matter at most 64 KiB."),
    why=lambda: _("A file that is made to be huge would hold up everyone who reads the desk."),
    remedy=lambda: _("Put long material into an attachment, and long texts under the front matter."),
    essential=True,
)
