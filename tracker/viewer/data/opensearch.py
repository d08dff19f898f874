"""A description by which browsers search the desk from their address bar.

Source: https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from tracker.viewer.addresses import QUEUE

if TYPE_CHECKING:
    from tracker.viewer.website import Website

_SHORT_NAME = 16
_TYPE = "application/opensearchdescription+xml"


def opensearch(website: Website, path: str) -> bytes:
    """Return the description, which stands at a path; only where the website's own address is known."""
    configuration = website.workspace.configuration
    name, desk = configuration.ids.prefix[:_SHORT_NAME], configuration.desk
    search = quoteattr(f"{website.home}{website.address(QUEUE)}?q={{searchTerms}}")
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape(name)}</ShortName>\n"
        f"<Description>{escape(desk)}</Description>\n"
        f'<Url type="text/html" template={search}/>\n'
        f'<Url type="{_TYPE}" rel="self" template={quoteattr(website.home + path)}/>\n'
        f"<Language>{website.language}</Language>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        "</OpenSearchDescription>\n"
    ).encode()
