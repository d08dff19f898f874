"""Names of files work on every system.

Windows: https://learn.microsoft.com/windows/win32/fileio/naming-a-file; macOS composes names otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from tracker.finding import Finding
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

RULE = Rule(
    "T011",
    "portable-name",
    asks=lambda: _("A file’s name works on Linux, Windows and macOS."),
    why=lambda: _("A name that one system refuses stops every checkout of the desk there."),
    remedy=lambda: _("Rename the file: letters, digits, dots, hyphens and underscores work everywhere."),
)

LONGEST = 120
_USUAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,100}[A-Za-z0-9_-]|[A-Za-z0-9_]")
_REFUSED = re.compile(r"[<>:\"|?*\\\x00-\x1f\x7f]")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(\..*)?")


def check(folder: str, names: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each name in a folder that some system refuses."""
    for name in names:
        if _USUAL.fullmatch(name) and not _RESERVED.fullmatch(name):
            continue
        reason = _reason(name)
        if reason:
            yield Finding(f"{folder}/{name}", RULE.code, reason, hint=_("Rename the file."))


def _reason(name: str) -> str:
    refused = _REFUSED.search(name)
    if _RESERVED.fullmatch(name):
        return _("Windows keeps this name for a device.")
    if refused:
        character = refused[0] if refused[0].isprintable() else f"U+{ord(refused[0]):04X}"
        return _("Windows allows no “{character}” in a name.").format(character=character)
    if name[-1] in " .":
        return _("Windows drops a space or dot at the end of a name.")
    if any(0xD800 <= ord(character) <= 0xDFFF for character in name):  # noqa: PLR2004  # what is not UTF-8
        return _("This name is not UTF-8.")
    if unicodedata.normalize("NFC", name) != name:
        return _("This name has accents apart from their letters: macOS and Linux write them differently.")
    if len(name.encode()) > LONGEST:
        return _("This name is longer than {limit} bytes.").format(limit=LONGEST)
    return ""
