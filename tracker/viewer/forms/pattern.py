"""A desk’s pattern for browsers: the engine that checks tickets and JavaScript do not mean the same.

Sources: https://docs.rs/regex/latest/regex/#syntax, https://tc39.es/ecma262/#sec-patterns
"""

from __future__ import annotations

import re

from tracker.model.address import EMAIL

_WORD = r"\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}"
_CLASSES = {"d": r"\p{Nd}", "D": r"\P{Nd}", "s": r"\p{White_Space}", "S": r"\P{White_Space}"}
_SYNTAX = frozenset(r"^$\.*+?()[]{}|/")
_TOKEN = re.compile(
    r"\\(?P<category>[pP](?:[LMNPSZC][a-z]?|\{[LMNPSZC][a-z]?\}))|\\x(?P<hex>[0-9A-Fa-f]{2})|\\(?P<escape>.)"
    r"|(?P<odd>\(\?[^:P]|\(\?P[^<]|&&|--|~~)|(?P<named>\(\?P<)|(?P<other>.)",
    re.DOTALL,
)


def for_browsers(pattern: str) -> str | None:
    """Return a pattern that matches the same texts in JavaScript, with its flag `u`; None where none may.

    Args:
        pattern: as a desk writes it; a whole text must match.
    """
    written = _translated(pattern)
    return f"^(?:{written})$" if written is not None else None


def mail_address() -> str:
    """Return what a mail address looks like, for browsers."""
    written = _translated(EMAIL)
    assert written is not None  # noqa: S101  # it is ours, and plain
    return written


def _translated(pattern: str) -> str | None:
    found: list[str] = []
    inside = False
    for token in _TOKEN.finditer(pattern):
        part = _part(token, inside=inside)
        if part is None:
            return None
        if token["other"] == "[":
            inside = True
        elif token["other"] == "]":
            inside = False
        found.append(part)
    return "".join(found)


def _part(token: re.Match[str], *, inside: bool) -> str | None:
    """Return a token of a pattern as JavaScript has it; None where it has nothing like it."""
    if token["category"]:
        sign, name = token["category"][0], token["category"][1:].strip("{}")
        return rf"\{sign}{{{name}}}"
    if token["hex"]:
        return rf"\x{token['hex']}"
    if token["escape"]:
        return _escape(token["escape"], inside=inside)
    if token["named"]:
        return "(?<"
    if token["odd"] or (inside and token["other"] == "["):
        return None
    return "[^\\n]" if token["other"] == "." and not inside else token["other"]


def _escape(character: str, *, inside: bool) -> str | None:
    if character == "w":
        return _WORD if inside else f"[{_WORD}]"
    if character in _CLASSES:
        return _CLASSES[character]
    if character in "nrtfv" or character in _SYNTAX or (character == "-" and inside):
        return f"\\{character}"
    return None if character.isalnum() else character
