"""The form of a mail address, as far as it is checked: whether one exists, only a mail tells."""

from __future__ import annotations

EMAIL = r"^[^@\s<>\x22\x00-\x1f]+@[^@\s<>\x22\x00-\x1f]+$"
