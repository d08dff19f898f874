"""What stands in the head of every page, so that browsers and feed readers find what is there for them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markupsafe import escape

from tracker.viewer.addresses import relative
from tracker.viewer.data.files import FEED, OPENSEARCH

if TYPE_CHECKING:
    from tracker.viewer.website import Website

_LINK = '<link rel="{}" type="{}" title="{}" href="{}">'


def links_in_head(website: Website, address: str | None) -> str:
    """Return the links of the page at an address below the root; None for one that is shown anywhere."""
    name = escape(website.workspace.configuration.desk)
    # the theme takes whatever is “alternate” and no more for the website in another language
    links = [("alternate feed", "application/atom+xml", FEED)]
    if website.home:
        links.append(("search", "application/opensearchdescription+xml", OPENSEARCH))
    root = urlsplit(website.home).path or "/"
    return "".join(
        _LINK.format(rel, kind, name, relative(address, path) if address is not None else escape(root + path))
        for rel, kind, path in links
    )
