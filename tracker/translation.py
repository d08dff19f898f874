"""The texts that people read, in their language, through gettext.

The command line speaks the language of its environment (`LANGUAGE`, `LC_ALL`, `LC_MESSAGES`, `LANG`);
a website speaks the desk's. Source texts are English.
"""

from __future__ import annotations

import gettext
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OwnText = str | tuple[str, str]
DOMAIN = "tracker"
FOLDER = Path(__file__).parent / "locale"
LANGUAGES = ("en", "fr")


def _load(languages: list[str] | None) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, FOLDER, languages, fallback=True)


_current = _load(None)


def _(text: str) -> str:
    """Return `text` in the current language."""
    return _current.gettext(text)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form of a text that fits `number`, in the current language; the caller formats it."""
    return _current.ngettext(singular, plural, number)


def current_language() -> str:
    """Return the code of the current language, such as `fr`."""
    return _current.info().get("language", "en")


class _OwnTexts(gettext.NullTranslations):
    """A language in which some texts are a desk's own."""

    def __init__(self, own: Mapping[str, OwnText], base: gettext.NullTranslations) -> None:
        super().__init__()
        self._own, self._base = own, base

    def gettext(self, message: str) -> str:
        """Return the desk's own text, else that of the language."""
        own = self._own.get(message)
        return own if isinstance(own, str) else self._base.gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Likewise, in the form in which the language has that number."""
        usual, own = self._base.ngettext(msgid1, msgid2, n), self._own.get(msgid1)
        if own is None or isinstance(own, str):
            return own or usual
        return own[0] if usual == self._base.ngettext(msgid1, msgid2, 1) else own[1]

    def info(self) -> dict[str, str]:
        """Return what is known of the language."""
        return self._base.info()


@contextmanager
def language(code: str, own: Mapping[str, OwnText] | None = None) -> Iterator[None]:
    """Speak the language `code` (such as `fr`) within the block; English where it is not known.

    Args:
        code: the language.
        own: texts to be said otherwise, by the English ones of the program; of what counts, both forms.
    """
    global _current  # noqa: PLW0603  # one language at a time, as gettext itself has it
    before, _current = _current, _speaking(code)
    if own:
        _current = _OwnTexts(own, _current)
    try:
        yield
    finally:
        _current = before


@cache
def _speaking(code: str) -> gettext.NullTranslations:
    return _load([code, "en"]) if code != "en" else gettext.NullTranslations()


def texts() -> frozenset[str]:
    """Return every text of the program, in English; of a text that counts something, the singular."""
    found: set[str] = set()
    for code in LANGUAGES:
        catalogue = getattr(_load([code]), "_catalog", {})  # no other way leads to the texts of a catalogue
        found |= {text if isinstance(text, str) else text[0] for text in catalogue}
    return frozenset(found - {""})
