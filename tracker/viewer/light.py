"""The page of a ticket that was closed long ago: the theme's colours and fonts, and little around it.

What surrounds each page of the theme is larger than most tickets. A desk of many years would have a website
of several gigabytes, of which nobody opens the greater part again: many hosts allow one.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from tracker.viewer.shell import Slot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.viewer.sections import Section

_LANGUAGE = re.compile(r"<html\b[^>]*>")
_LINK = re.compile(r'<link rel="(?:stylesheet|icon)"[^>]*>')
_BODY = re.compile(r"<body\b[^>]*>")
_OPTION = re.compile(r'<input class="md-option"[^>]*>')
_COLOUR = re.compile(r'data-md-color-(\w+)="([^"]*)"')
_COLOURS = ("media", "scheme", "primary", "accent")
_SCRIPT = re.compile(r'<script src="([^"]*assets/tracker/)start\.js"></script>')


def light(page: str, name: str, sections: Iterable[Section]) -> str:
    """Return a page with as little as possible of what the theme put around its content.

    Args:
        page: the probe as the theme rendered it.
        name: that of the website.
        sections: the links above the pages of the desk, as they stand on this page.
    """
    script = _SCRIPT.search(page)
    assets = script[1] if script else ""
    links = "".join(f'<a href="{html.escape(one.address)}">{html.escape(one.label)}</a>' for one in sections)
    home = html.escape(assets.removesuffix("assets/tracker/") or "./")
    return (
        f"<!doctype html>\n{_found(_LANGUAGE, page)}<head>"
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"{''.join(_LINK.findall(page))}<title>{Slot.TITLE} - {html.escape(name)}</title></head>\n"
        f'{_found(_BODY, page)}<script src="{assets}palette.js" data-palette="{_palette(page)}"></script>'
        f'<header class="tk-light"><a href="{home}">{html.escape(name)}</a><nav>{links}</nav></header>\n'
        '<div class="md-container" data-md-component="container"><main class="md-main"><div class="md-grid">'
        f'<article class="md-content__inner md-typeset">\n{Slot.CONTENT}\n</article></div></main></div>\n'
        f"{script[0] if script else ''}</body></html>\n"
    )


def _palette(page: str) -> str:
    """Return the colours between which readers can choose; JSON would be four times as long."""
    options = [dict(_COLOUR.findall(option)) for option in _OPTION.findall(page)]
    return ";".join("|".join(option.get(name, "") for name in _COLOURS) for option in options)


def _found(pattern: re.Pattern[str], page: str) -> str:
    match = pattern.search(page)
    return match[0] if match else ""
