"""From a stranger's Markdown to HTML that can do nothing but be read.

GitHub-flavoured Markdown (https://github.github.com/gfm/) is rendered with raw HTML shown as text, then
everything that is not on a short list is removed; only after that are parts rewritten for the theme.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

import comrak
import nh3
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from pygments.lexer import Lexer

_TAGS = frozenset(
    (
        *(
            "a",
            "blockquote",
            "br",
            "code",
            "del",
            "div",
            "em",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "img",
        ),
        *("input", "li", "ol", "p", "pre", "section", "strong", "sup", "table", "tbody", "td", "th", "thead"),
        *("tr", "ul"),
    )
)
_ATTRIBUTES = {
    "a": {"href", "title", "id", "class"},
    "code": {"class"},
    "div": {"class"},
    "img": {"src", "alt", "title"},
    "input": {"checked", "disabled"},
    "li": {"id"},
    "ol": {"start"},
    "p": {"class"},
    "section": {"class"},
    "sup": {"class"},
    "td": {"align"},
    "th": {"align"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_NOT_BARE = re.compile(
    r"<(?!/?(?:p|ul|ol|li|h[1-6]|strong|em|del|code|pre|blockquote|table|thead|tbody|tr|th|td)>"
    r'|(?:br|hr) />|input type="checkbox" (?:checked="" )?disabled="" />'
    r'|code class="language-[\w+#.-]{1,40}">)'
)
"""Finds any tag that is not one of these, letter by letter; where there is none, nothing can be removed."""

_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_CODE = re.compile(r'<pre><code class="language-([\w+#.-]{1,40})">(.*?)</code></pre>', re.DOTALL)
_PLAIN_CODE = re.compile(r"<pre><code>(.*?)</code></pre>", re.DOTALL)
_CHECKBOX = re.compile(r"<li>(?:\n?<p>)?<input ([^>]*)> ?")
_IMAGE = re.compile(r"<img ([^>]*)>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_FOOTNOTE = re.compile(r'(\bid="|\bhref="#)fn')
_ALERT = re.compile(
    r'<div class="markdown-alert markdown-alert-(\w+)">\n<p class="markdown-alert-title">([^<]*)'
)
# Without quotation marks, so that it breaks no attribute in which “<table>” stands as text.
_SCROLLS = "<div class=tk-scroll tabindex=0><table>"
_ADMONITIONS = {"note": "note", "tip": "tip", "important": "info", "warning": "warning", "caution": "danger"}
_LONGEST_HIGHLIGHTED = 20_000


@cache
def _extensions() -> comrak.ExtensionOptions:
    options = comrak.ExtensionOptions()
    for name in ("alerts", "autolink", "footnotes", "strikethrough", "table", "tasklist"):
        setattr(options, name, True)
    return options


@cache
def _rendering() -> comrak.RenderOptions:
    options = comrak.RenderOptions()
    options.escape = True
    return options


@cache
def _parsing() -> comrak.ParseOptions:
    return comrak.ParseOptions()


def render(text: str, prefix: str) -> str:
    """Return Markdown that anybody may have written as HTML that is safe to show.

    Args:
        text: the Markdown.
        prefix: begins every id, so that several texts fit one page and none takes an id of the theme's.
    """
    dirty = comrak.render_markdown(text, _extensions(), _parsing(), _rendering())
    clean = _cleaner().clean(dirty) if _NOT_BARE.search(dirty) else dirty
    return _for_theme(clean, prefix)


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener nofollow ugc",
        tag_attribute_values={"input": {"type": {"checkbox"}}},
    )


def _for_theme(clean: str, prefix: str) -> str:
    """Rewrite what the sanitiser let through into the forms that the theme styles."""
    if "<pre>" in clean:
        clean = _CODE.sub(_highlighted, clean)
        clean = _PLAIN_CODE.sub(
            r'<div class="highlight"><pre><span></span><code>\1</code></pre></div>', clean
        )
    if "<h" in clean:
        clean = _HEADING.sub(_heading(prefix), clean)
    if "<input" in clean:
        clean = _CHECKBOX.sub(_task, clean)
    if "<table" in clean:
        clean = clean.replace("<table>", _SCROLLS).replace("</table>", "</table></div>")
    if "<img" in clean:
        clean = _IMAGE.sub(_image, clean)
    if "markdown-alert" in clean:
        clean = _ALERT.sub(_alert, clean)
    if 'class="footnote' in clean:
        clean = _TAG.sub(lambda tag: _FOOTNOTE.sub(rf"\1{prefix}-fn", tag[0]), clean)
    return clean


def _heading(prefix: str) -> Callable[[re.Match[str]], str]:
    """Give headings ids, and put the highest below the page's own title."""
    taken: set[str] = set()
    counts: dict[str, int] = defaultdict(lambda: 1)

    def rewrite(match: re.Match[str]) -> str:
        level = max(2, int(match[1]))
        title = _TAG.sub("", match[2]).strip()
        words = re.sub(r"[^\w]+", "-", html.unescape(title).lower()).strip("-")[:60] or "section"
        name = f"{prefix}-{words}"
        while name in taken:
            counts[words] += 1
            name = f"{prefix}-{words}-{counts[words]}"
        taken.add(name)
        return f'<h{level} id="{html.escape(name)}">{match[2]}</h{level}>'

    return rewrite


def _highlighted(match: re.Match[str]) -> str:
    code = html.unescape(match[2])
    lexer = _lexer(match[1].lower()) if len(code) <= _LONGEST_HIGHLIGHTED else None
    if lexer is None:
        return f"<pre><code>{match[2]}</code></pre>"
    body: str = highlight(code, lexer, _formatter())
    return f'<div class="highlight"><pre><span></span><code>{body}</code></pre></div>'


@cache
def _lexer(name: str) -> Lexer | None:
    """Return what knows a language; None for plain text and for what nothing knows."""
    try:
        return None if name in ("text", "txt", "plain") else get_lexer_by_name(name)
    except ClassNotFound:
        return None


@cache
def _formatter() -> HtmlFormatter[str]:
    return HtmlFormatter(nowrap=True)


def _task(match: re.Match[str]) -> str:
    checked, label = (" checked", _("Done")) if "checked" in match[1] else ("", _("To do"))
    return (
        '<li class="task-list-item"><label class="task-list-control">'
        f'<input type="checkbox" disabled{checked} aria-label="{label}">'
        '<span class="task-list-indicator"></span></label> '
    )


def _image(match: re.Match[str]) -> str:
    """Show images of this website only; any other becomes a link, so that reading a ticket tells nobody."""
    attributes: dict[str, str] = dict(_ATTRIBUTE.findall(match[1]))
    source, text = attributes.get("src", ""), attributes.get("alt") or attributes.get("src", "")
    if source and not re.match(r"[a-zA-Z][\w+.-]*:|/|\\", html.unescape(source)):
        return f'<img src="{source}" alt="{attributes.get("alt", "")}" loading="lazy">'
    if source:
        return f'<a href="{source}" rel="noopener nofollow ugc">{text}</a>'
    return text


def _alert(match: re.Match[str]) -> str:
    title = _alert_titles().get(match[2], match[2])
    return (
        f'<div class="admonition {_ADMONITIONS.get(match[1], "note")}">\n<p class="admonition-title">{title}'
    )


def _alert_titles() -> dict[str, str]:
    """Return the titles of alerts in the current language; the renderer knows them in English only."""
    return {
        "Note": _("Note"),
        "Tip": _("Tip"),
        "Important": _("Important"),
        "Warning": _("Warning"),
        "Caution": _("Caution"),
    }
