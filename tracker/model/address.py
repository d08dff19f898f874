"""The forms of addresses, as far as they are checked: whether there is one, only a mail or a visit tells."""

from __future__ import annotations

EMAIL = r"^[^@\s<>\x22\x00-\x1f]+@[^@\s<>\x22\x00-\x1f]+$"
WEB_ADDRESS = r"^https?://[A-Za-z0-9.\[\]:-]+(/[A-Za-z0-9._~%+/-]*)?$"
