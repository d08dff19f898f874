"""HTML that no parser should be given: told without its tags."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

from tracker.mail.flowed import clean, from_plain

_DEEPEST = 200
_MOST_TAGS = 100_000
_TAG_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)")
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_UNSEEN = re.compile(
    r"<(script|style|title)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL
)
_BREAK = re.compile(r"</?(?:br|p|div|tr|li|ul|ol|h[1-6]|blockquote|table|pre)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def is_too_much(html: str) -> bool:
    """Whether there are more tags, or deeper ones, than mail has: a parser would take too long for them."""
    if html.count("<") > _MOST_TAGS:
        return True
    stack: list[str] = []
    opened: Counter[str] = Counter()
    for closing, given in _TAG_NAME.findall(html):
        name = given.lower()
        if closing and opened[name]:
            while (top := stack.pop()) != name:
                opened[top] -= 1
            opened[name] -= 1
        elif not closing and name not in _VOID:
            stack.append(name)
            opened[name] += 1
            if len(stack) > _DEEPEST:
                return True
    return False


def words_of(html: str) -> str:
    """Return HTML without its tags, as Markdown."""
    told = _TAG.sub("", _BREAK.sub("\n", _UNSEEN.sub("", html)))
    paragraphs = re.sub(r"\n[ \t]*(?:\n[ \t]*)+", "\n\n", clean(unescape(told)))
    return from_plain(paragraphs)
