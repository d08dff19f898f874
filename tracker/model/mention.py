"""Naming people and tickets in a text: `@omar`, `HD-1042`."""

from __future__ import annotations

import re
from typing import NamedTuple

_CODE = re.compile(r"(?ms)^(`{3,}|~{3,}).*?^\1`*~*\s*$|(`+)[^`].*?\2")
PERSON = r"(?<![\w.@/+-])@([a-z0-9](?:[a-z0-9_.-]{0,62}[a-z0-9_])?)(?![\w@])"
"""A handle after `@`; in `omar@example.org` there is none."""


class Mentions(NamedTuple):
    """Who and what a text names, in order, each once."""

    people: tuple[str, ...]
    tickets: tuple[str, ...]


def ticket_pattern(prefix: str) -> str:
    """Return what matches an id of a desk in a text."""
    return rf"(?<![\w/-]){re.escape(prefix)}-[0-9a-z]+(?![\w-])"


def without_code(text: str) -> str:
    """Return a text in Markdown with blanks in the place of code; all else stays in its place."""
    return _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text)


def mentions(text: str, prefix: str) -> Mentions:
    """Return the handles and ids that a text in Markdown names outside of code; they may be unknown."""
    plain = _CODE.sub(" ", text)
    people = dict.fromkeys(re.findall(PERSON, plain))
    tickets = dict.fromkeys(re.findall(ticket_pattern(prefix), plain))
    return Mentions(tuple(people), tuple(tickets))
