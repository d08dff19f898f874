"""Finding a person’s addresses and names in a text, however they are spelt, and what stands for them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.comment import NO_SLUG, slug
from tracker.errors import RefusedValueError
from tracker.model.address import EMAIL
from tracker.store.layout import ATTACHMENTS
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ADDRESS = "redacted@redacted.invalid"
"""Stands for an address: it is one in form, and nobody can have it (RFC 6761)."""
NAME = "Redacted"
_SHORTEST, _SHORTEST_LOCAL = 3, 5
_BETWEEN = r"[\s>]+"
"""What stands between two words of a name, which a program for mail may have put on two quoted lines."""


class Wanted(NamedTuple):
    """What is looked for.

    Attributes:
        pattern: where it is.
        new: what stands for it.
    """

    pattern: re.Pattern[str]
    new: str


def wanted(words: Iterable[str]) -> list[Wanted]:
    """Return what is looked for, the longest first; capitals and ways of writing an accent do not matter.

    Raises:
        RefusedValueError: a word is too short to be looked for.
    """
    found = []
    for word in sorted(words, key=len, reverse=True):
        if len(word.strip()) < _SHORTEST:
            raise RefusedValueError(_("“{word}” is too short to be looked for.").format(word=word))
        is_address = bool(re.fullmatch(EMAIL, word))
        around = (r"(?<![\w.+-])", r"(?![\w-]|\.\w)") if is_address else (r"(?<!\w)", r"(?!\w)")
        spelt = dict.fromkeys(unicodedata.normalize(form, word) for form in ("NFC", "NFD"))
        patterns = [_BETWEEN.join(map(re.escape, one.split())) for one in spelt]
        pattern = re.compile(f"{around[0]}(?:{'|'.join(patterns)}){around[1]}", re.IGNORECASE)
        found.append(Wanted(pattern, ADDRESS if is_address else NAME))
    return found


def without(data: bytes, those: Iterable[Wanted], renamed: Mapping[str, str]) -> bytes:
    """Return a text without what is looked for, and with the new names of files in the place of the old."""
    text = data.decode("utf-8", "surrogateescape")
    for one in those:
        text = one.pattern.sub(one.new, text)
    for old, new in renamed.items():
        before, after = old.rpartition("/")[2], new.rpartition("/")[2]
        text = _called(before).sub(after, text)
        if old.endswith(f"/{ATTACHMENTS}/{before}"):  # whose links say what they were called
            text = _called(before.partition("-")[2]).sub(after.partition("-")[2], text)
    return text.encode("utf-8", "surrogateescape")


def _called(name: str) -> re.Pattern[str]:
    """Return where a file is named: not where its name is a part of another’s."""
    return re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w-]|\.\w)")


def is_named_after(name: str, words: Iterable[str]) -> bool:
    """Whether the name of a file has one of some words in it, as names of files are made here.

    What is short before the @ of an address, such as “info”, names nobody.
    """
    slugs = (slug(word) for word in words if "@" not in word or _tells_who(slug(word)))
    return any(re.search(rf"(?<![a-z0-9]){one}(?![a-z0-9])", name) for one in slugs if one != NO_SLUG)


def _tells_who(local: str) -> bool:
    return "-" in local or len(local) >= _SHORTEST_LOCAL


def expressions(words: Iterable[str]) -> str:
    """Return what git-filter-repo(1) takes with `--replace-text`: whole words, as in the files."""
    lines = [f"regex:(?i){one.pattern.pattern}==>{one.new}" for one in wanted(words)]
    return "\n".join([*lines, ""])
