"""Found where files are opened: tracker.workspace.reading."""

from __future__ import annotations

from tracker.translation import _
from tracker.validation.rule import Rule

RULE = Rule(
    "T001",
    "ordinary-file",
    asks=lambda: _("A ticket is an ordinary file, never a symbolic link or a device."),
    why=lambda: _(
        "A link could lead out of the desk, to a file that nobody meant to publish; a device never ends."
    ),
    remedy=lambda: _("Put the file itself in the place of the link, or remove the link."),
    essential=True,
)
