"""Our pages in `sitemap.xml`: search engines read it, and so does the theme's instant navigation."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NAME = "sitemap.xml"
_END = "</urlset>"


def with_pages(sitemap: str, root: str, addresses: Iterable[str]) -> str:
    """Return a sitemap with our pages added; unchanged when it is no sitemap.

    Args:
        sitemap: the text that MkDocs made.
        root: the website's own address; empty when it is not known.
        addresses: of our pages, relative to the website's root.

    Source: https://www.sitemaps.org/protocol.html
    """
    head, end, tail = sitemap.rpartition(_END)
    if not end or not root:
        return sitemap
    base = root if root.endswith("/") else f"{root}/"
    added = "".join(
        f"    <url>\n         <loc>{escape(base + address)}</loc>\n    </url>\n" for address in addresses
    )
    return f"{head}{added}{end}{tail}"


def write(site: Path, text: str) -> None:
    """Write the sitemap and its compressed twin."""
    (site / NAME).write_text(text, encoding="utf-8")
    (site / f"{NAME}.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
