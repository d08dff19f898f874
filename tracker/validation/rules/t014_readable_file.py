"""Found where files are opened: tracker.workspace.reading."""

from __future__ import annotations

from tracker.translation import _
from tracker.validation.rule import Rule

RULE = Rule(
    "T014",
    "readable-file",
    asks=lambda: _("A ticket’s file can be read."),
    why=lambda: _("What the system refuses to open can be neither checked nor shown."),
    remedy=lambda: _("Look at the file’s permissions and at the disk."),
    essential=True,
)
