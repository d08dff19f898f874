"""HTML of a mail as Markdown: what its reader would have seen, and nothing that acts.

The door to markdownify and Beautiful Soup.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, unquote_to_bytes

from tracker.actions.attachment import Attachment
from tracker.errors import MissingExtraError
from tracker.mail.markup import is_too_much, words_of
from tracker.mail.transfer import decode_base64

try:
    from bs4 import BeautifulSoup
    from bs4.element import PreformattedString
    from bs4.exceptions import ParserRejectedMarkup
    from markdownify import ATX, MarkdownConverter
except ImportError as missing:
    raise MissingExtraError("mail") from missing

if TYPE_CHECKING:
    from collections.abc import Mapping

_DROPPED = {
    *("script", "style", "title", "meta", "link", "base", "template"),
    *("object", "embed", "iframe", "svg"),
}
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|max-height\s*:\s*0(?![.\d]*[1-9])",
    re.IGNORECASE,
)
_INVISIBLE = re.compile(r"font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|$)", re.IGNORECASE)
_SAFE = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_TOLD = re.compile(
    r"(?:file|s?ftp|smb|sip|callto|onenote|ms-[a-z]+):|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}(?:[/?#]|$)",
    re.IGNORECASE,
)
"""Where a link leads that is no link in a ticket, and still words worth to read."""
_DATA_IMAGE = re.compile(r"data:image/([a-z0-9]{2,5})[^,]{0,100},(.*)", re.IGNORECASE | re.DOTALL)
_ROWS = ["table", "tbody", "thead", "tfoot", "tr", "td", "th", "center"]
_LONGEST_CELL = 200
_BLANK = re.compile(r"[ \t\u200b-\u200f\u2060\ufeff\u034f\u00ad]+(?=\n|$)")
_MARKS = re.compile(r"[\\*<\[`]")
_BEGINS = re.compile(r"^(\s*)(\d*)([#>+.)]|-+|=+)(?=\s|$)", re.MULTILINE)


class Rendered(NamedTuple):
    """A text as Markdown, and the files that stood in it as data."""

    text: str
    files: tuple[Attachment, ...]


class _Converter(MarkdownConverter):
    """Turns HTML into Markdown in which words stay words."""

    begins = True

    def process_text(self, el: Any, parent_tags: Any = None) -> str:
        """Return the Markdown of a text; one that goes on a line cannot begin a list."""
        self.begins = el.previous_sibling is None or el.previous_sibling.name == "br"
        return str(super().process_text(el, parent_tags))  # type: ignore[misc]  # its stubs leave it out

    def escape(self, text: str, parent_tags: Any) -> str:
        """Escape what would be Markdown, or HTML, but stood in the mail as words."""
        del parent_tags
        escaped = _MARKS.sub(r"\\\g<0>", text)
        return _BEGINS.sub(r"\1\2\\\3", escaped) if self.begins else escaped


def from_html(html: str, names: Mapping[str, str]) -> Rendered:
    """Return the visible text of HTML as Markdown; of too many or too deep tags, words and a file.

    Args:
        html: the HTML, damaged or not.
        names: what the images that came with the mail are called, by their Content-ID.
    """
    try:
        soup = None if is_too_much(html) else BeautifulSoup(f"<div>{html}</div>", "html.parser")
    except ParserRejectedMarkup:
        soup = None
    if soup is None:
        return Rendered(words_of(html), (Attachment("message.html", html.encode()),))
    _drop_unseen(soup)
    images = _without_images(soup, names)
    _without_unsafe_links(soup)
    _without_layout(soup)
    text = _Converter(heading_style=ATX, bullets="-", escape_underscores=False).convert_soup(soup)
    text = _BLANK.sub(lambda match: "  " if match[0].startswith("  ") else "", text.replace("\xa0", " "))
    return Rendered(re.sub(r"\n{3,}", "\n\n", text).strip(), images)


def _drop_unseen(soup: BeautifulSoup) -> None:
    for text in soup.find_all(string=lambda string: isinstance(string, PreformattedString)):
        text.extract()
    for tag in soup.find_all(True):
        if tag.decomposed:
            continue
        style = str(tag.get("style", ""))
        empty = _INVISIBLE.search(style) and not tag.find(True)
        if tag.name in _DROPPED or tag.has_attr("hidden") or _HIDDEN.search(style) or empty:
            tag.decompose()


def _without_unsafe_links(soup: BeautifulSoup) -> None:
    for link in soup.find_all("a"):
        target = "".join(str(link.get("href", "")).split())
        if _SAFE.match(target):
            link["href"] = re.sub(r"[()<>\[\]\\]", lambda match: f"%{ord(match[0]):02X}", target)
            link.attrs.pop("title", None)
        else:
            words = " ".join(str(link.get("href", "")).split())
            if _TOLD.match(target) and words not in link.get_text():
                link.append(f" ({words})")
            link.unwrap()


def _without_images(soup: BeautifulSoup, names: Mapping[str, str]) -> tuple[Attachment, ...]:
    """Put words in the place of images, for nothing is loaded from elsewhere; return those given as data."""
    images: list[Attachment] = []
    for tag in soup.find_all("img"):
        source, words = str(tag.get("src", "")).strip(), str(tag.get("alt", "")).strip()
        if data := _DATA_IMAGE.match(source):
            images.append(Attachment(f"image-{len(images) + 1}.{data[1].lower()}", _data(source, data[2])))
            words = words or images[-1].name
        elif source.lower().startswith("cid:"):
            words = names.get(unquote(source[4:]), words)
        emphasised = soup.new_tag("em", string=words)
        tag.replace_with(emphasised)
    return tuple(images)


def _data(source: str, data: str) -> bytes:
    raw = unquote_to_bytes(data)
    return decode_base64(raw) if ";base64," in source[:120].lower() else raw


def _without_layout(soup: BeautifulSoup) -> None:
    """Make boxes of the tables that only place things: all but those of short cells in even rows."""
    for table in reversed(soup.find_all("table")):
        rows = [len(row.find_all(["td", "th"])) for row in table.find_all("tr")]
        cells = table.find_all(["td", "th"])
        even = len(rows) > 1 and min(rows) == max(rows) > 1
        small = all(
            len(cell.get_text()) < _LONGEST_CELL and not cell.find(["div", "ul", "ol", "blockquote", "pre"])
            for cell in cells
        )
        if not (even and small) or any(table.find_all("table")):
            for tag in [table, *table.find_all(_ROWS)]:
                tag.name = "div"
