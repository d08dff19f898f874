"""Found where files are read: tracker.document.document."""

from __future__ import annotations

from tracker.translation import _
from tracker.validation.rule import Rule

RULE = Rule(
    "T003",
    "utf-8",
    asks=lambda: _("A ticket is written in UTF-8."),
    why=lambda: _("Other encodings cannot be told apart, so names and accents would come out wrong."),
    remedy=lambda: _("Save the file in the encoding UTF-8; most editors offer it under “Save as”."),
    essential=True,
)
