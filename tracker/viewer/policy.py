"""The content security policy of every page: only what the desk itself put into the page may run or load.

Source: https://www.w3.org/TR/CSP3/
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEAD = re.compile(r"<head(?:\s[^>]*)?>(?:\s*<meta charset=[^>]*>)?", re.IGNORECASE)
_INLINE = re.compile(r"<script(?P<attributes>(?:\s[^>]*)?)>(?P<text>.*?)</script>", re.DOTALL | re.IGNORECASE)
_LOADED = re.compile(r'<(script|link|img|iframe)\s[^>]*?(?:src|href)="(https?://[^"]+)"', re.IGNORECASE)
_DATA = re.compile(r'type="?(?!module|text/javascript|application/javascript)', re.IGNORECASE)
_STYLE = re.compile(r'rel="?stylesheet', re.IGNORECASE)
_FALLING_BACK = ("script-src", "frame-src")
"""Directives for which `default-src` stands in where they are not there (CSP3, section 6.8.3)."""
_FONTS = {"https://fonts.googleapis.com": "https://fonts.gstatic.com"}


def with_policy(page: str, sources: Iterable[str] = ()) -> str:
    """Return a page with its policy, which allows the scripts that stand in it and what it refers to.

    Nothing of a ticket may be in the page yet that could pass for a script.

    Args:
        page: the HTML as the theme made it.
        sources: further hosts, such as `https://cdn.example.org`, that the desk's own scripts load from.
    """
    policy = _policy(page, tuple(sources))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return _HEAD.sub(lambda match: match[0] + meta, page, count=1)


def allowing(page: bytes) -> bytes:
    """Return a page with a policy that allows the script, too, which it got after it."""
    text = page.decode("utf-8", "surrogateescape")
    added = _INLINE.findall(text)[-1:]
    hashes = " ".join(_hash(script) for _attributes, script in added)
    return text.replace("script-src 'self'", f"script-src 'self' {hashes}", 1).encode(
        "utf-8", "surrogateescape"
    )


def _policy(page: str, sources: tuple[str, ...]) -> str:
    scripts, styles, images, frames = _hosts(page)
    fonts = [_FONTS[host] for host in styles if host in _FONTS]
    directives = {
        "default-src": ["'self'", *sources],
        "script-src": ["'self'", *_hashes(page), *scripts, *sources],
        "style-src": ["'self'", "'unsafe-inline'", *styles, *sources],
        "font-src": ["'self'", "data:", *fonts, *sources],
        "img-src": ["'self'", "data:", *images, *sources],
        "frame-src": ["'self'", *frames, *sources],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
    }
    told = {name: " ".join(dict.fromkeys(values)) for name, values in directives.items()}
    usual = told["default-src"]  # what is no different is left out: this stands on every page
    return "; ".join(
        f"{name} {values}" for name, values in told.items() if values != usual or name not in _FALLING_BACK
    )


def _hashes(page: str) -> list[str]:
    """Return the hashes of the scripts that stand in a page; data in scripts needs none."""
    texts = [
        match["text"]
        for match in _INLINE.finditer(page)
        if match["text"] and "src=" not in match["attributes"] and not _DATA.search(match["attributes"])
    ]
    return [*map(_hash, texts)]


def _hash(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def _hosts(page: str) -> tuple[list[str], list[str], list[str], list[str]]:
    """Return the hosts from which a page loads scripts, styles, images and frames."""
    scripts: list[str] = []
    styles: list[str] = []
    images: list[str] = []
    frames: list[str] = []
    for match in _LOADED.finditer(page):
        parts = urlsplit(match[2])
        host, element = f"{parts.scheme}://{parts.netloc}", match[1].lower()
        if element == "link":
            if _STYLE.search(match[0]):
                styles.append(host)
        else:
            {"script": scripts, "img": images, "iframe": frames}[element].append(host)
    return scripts, styles, images, frames
