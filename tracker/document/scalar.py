"""Writing one scalar so that every YAML reader, of version 1.1 or 1.2, gives the same text back."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from yaml.nodes import ScalarNode
from yaml.resolver import Resolver

from tracker.document.value import NULLS, SPECIAL, text_of
from tracker.errors import EditError
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.document.nodes import Node
    from tracker.document.value import NewScalar

_RESOLVER: Any = Resolver()
_TEXT = "tag:yaml.org,2002:str"
_RETYPED = re.compile(
    r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?|0o[0-7]+|0x[0-9a-fA-F]+|[yYnN]|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)
"""What the core schema of YAML 1.2 (section 10.3.2) and the booleans of 1.1 take for something else."""

_NEVER_FIRST = re.compile(r"[\s,\[\]{}#&*!|>'\"%@`]|[-?:](?:\s|$)|---|\.\.\.|<<$|<{7}|>{7}|={7}|\|{7}")
_NEVER_INSIDE = re.compile(r":(?=\s|$)|\s#|\t")
_NEVER_IN_FLOW = re.compile(r"[,\[\]{}]|^[-?:]|:")
_NUMBERED = (("x", 2), ("u", 4), ("U", 8))
"""Escapes by number, with the width of each (YAML 1.2, section 5.7)."""

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def scalar(value: NewScalar, *, flow: bool = False) -> str:
    """Return a scalar as YAML.

    Args:
        value: what to write; a text is quoted when it would be read as anything else.
        flow: whether it stands between brackets.

    Raises:
        EditError: it holds bytes that are no text.
    """
    text = text_of(value)
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise EditError(_("A value holds bytes that are not UTF-8."), _("Nothing was written."))
    if value is None:
        return "null" if flow else ""
    if isinstance(value, int | Decimal | date) or (_is_plain(text, flow=flow) and not _is_retyped(text)):
        return text
    if SPECIAL.search(text) or ("'" in text and not ('"' in text or "\\" in text)):
        return _double(text)
    return _single(text)


def scalar_like(node: Node, value: NewScalar, *, flow: bool = False) -> str:
    """Return a scalar as YAML, written as its predecessor was where the author had a choice.

    Quotes that the old text did not need stay; those that it needed go with it. Where the old text
    was plain though a reader may take it for a number or a date, so may the new one be.
    """
    new = scalar(value, flow=flow)
    old, text = str(node.value or ""), text_of(value)
    if value is None or scalar(old, flow=flow)[:1] == node.style:
        return new
    if node.style == "'" and not SPECIAL.search(text):
        return _single(text)
    if node.style == '"':
        return _double(text)
    plain_before = not node.style and node.value is not None and _is_retyped(old)
    if plain_before and _is_retyped(text) and _is_plain(text, flow=flow) and text not in NULLS:
        return text
    return new


def _is_plain(text: str, *, flow: bool) -> bool:
    """Whether a text means itself to the syntax of YAML without quotes."""
    if not text or text != text.strip() or SPECIAL.search(text):
        return False
    return not (
        _NEVER_FIRST.match(text) or _NEVER_INSIDE.search(text) or (flow and _NEVER_IN_FLOW.search(text))
    )


def _is_retyped(text: str) -> bool:
    """Whether a reader of YAML would take the plain text for a number, a date, a boolean or nothing."""
    return bool(_RETYPED.fullmatch(text)) or _RESOLVER.resolve(ScalarNode, text, (True, False)) != _TEXT


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _double(text: str) -> str:
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if not SPECIAL.match(character):
        return character
    number = f"{ord(character):x}"
    return next(f"\\{mark}{number:0>{width}}" for mark, width in _NUMBERED if len(number) <= width)
