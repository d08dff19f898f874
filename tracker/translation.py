"""The texts that people read, in their language, through gettext.

The command line speaks the language of its environment (`LANGUAGE`, `LC_ALL`, `LC_MESSAGES`, `LANG`);
a website speaks the desk's. Source texts are English.
"""

from __future__ import annotations

import gettext
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    return _current.info().get("language", "en") if isinstance(_current, gettext.GNUTranslations) else "en"


@contextmanager
def language(code: str) -> Iterator[None]:
    """Speak the language `code` (such as `fr`) within the block; English where it is not known."""
    global _current  # noqa: PLW0603  # one language at a time, as gettext itself has it
    before, _current = _current, _load([code, "en"]) if code != "en" else gettext.NullTranslations()
    try:
        yield
    finally:
        _current = before
