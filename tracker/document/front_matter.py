"""Where front matter begins and ends, and reading it through python-frontmatter.

python-frontmatter unifies line ends and strips the text before it splits, so positions would be lost;
its handler is therefore given the exact pieces. Its writer sorts keys and drops comments: it is not used.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import frontmatter
from frontmatter.default_handlers import YAMLHandler

from tracker.document.quick import read_values

if TYPE_CHECKING:
    from tracker.document.value import Value

_OPENING = re.compile(r"---[ \t]*(?:\r\n|\n|\r)")
_CLOSING = re.compile(r"^---[ \t]*(?:\r\n|[\n\r]|\Z)", re.MULTILINE)
_CLOSING_AFTER_CR = re.compile(r"(?<=\r)---[ \t]*(?:\r\n|[\n\r]|\Z)")


class Span(NamedTuple):
    """Character indexes: where the YAML starts and ends, and where the text under it starts."""

    start: int
    end: int
    body: int


NOWHERE = Span(0, 0, 0)


def opens(text: str) -> bool:
    """Whether the first line is the line of three hyphens that opens front matter."""
    return _OPENING.match(text) is not None


def find_span(text: str) -> Span | None:
    """Return where front matter is; None when it is never closed. The text must open it."""
    opening = _OPENING.match(text)
    assert opening is not None  # noqa: S101  # the caller has asked
    pattern = _CLOSING_AFTER_CR if opening[0].endswith("\r") else _CLOSING
    closing = pattern.search(text, opening.end())
    return Span(opening.end(), closing.start(), closing.end()) if closing else None


class _ExactHandler(YAMLHandler):
    """Gives python-frontmatter the pieces as they stand in the file, and our strict reading of them."""

    def __init__(self, text: str, span: Span) -> None:
        super().__init__()
        self._pieces = (text[span.start : span.end], text[span.body :])
        self.sound = True

    def split(self, text: str) -> tuple[str, str]:  # noqa: ARG002  # python-frontmatter's signature
        """Return the exact pieces instead of those of the stripped text."""
        return self._pieces

    def load(self, fm: str, **_options: Any) -> dict[str, Value]:
        """Read the YAML strictly; nothing, where there is anything to complain about."""
        values = read_values(fm)
        self.sound = values is not None
        return values or {}


def read_front_matter(text: str, span: Span) -> dict[str, Value] | None:
    """Return the values of a text's front matter; None where there is something to complain about."""
    handler = _ExactHandler(text, span)
    values, _stripped_body = frontmatter.parse(text, handler=handler)
    return values if handler.sound else None  # type: ignore[return-value]  # the values are those of our handler
