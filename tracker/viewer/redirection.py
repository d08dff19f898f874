"""A page that leads to another one, for browsers with and without a wish to be led."""

from __future__ import annotations

from markupsafe import escape

from tracker.translation import _


def redirection(target: str, words: str = "") -> bytes:
    """Return the page that leads to `target`, a reference relative to it, and says why in some words."""
    address, text = escape(target), escape(words or _("This ticket has moved."))
    return (
        f'<!doctype html>\n<meta charset="utf-8">\n<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={address}">\n<link rel="canonical" href="{address}">\n'
        f'<title>{text}</title>\n<p><a href="{address}">{text}</a></p>\n'
    ).encode()
