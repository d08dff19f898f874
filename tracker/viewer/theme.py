"""The theme in another language than its own: what it says, and where the navigation has the queue."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tracker.translation import LANGUAGES
from tracker.viewer.addresses import QUEUE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.structure.nav import Navigation
    from mkdocs.theme import Theme

    from tracker.model.configuration import Configuration
    from tracker.viewer.website import Website


def languages(theme: Theme, configuration: Configuration) -> list[str]:
    """Return the languages of a website: what the desk names, else that of the theme, else the desk's."""
    named: list[str] = list(dict.fromkeys(configuration.website.languages))
    spoken = str(theme.get("language") or "")
    return named or [spoken if spoken in LANGUAGES and _is_told(theme) else configuration.language]


def _is_told(theme: Theme) -> bool:
    """Whether somebody chose the language of the theme, whose own is English."""
    return theme.get("language") != "en"


@contextmanager
def speaking(theme: Theme, language: str) -> Iterator[None]:
    """Have the theme speak a language within the block; its own where that is empty."""
    before = theme.get("language")
    theme["language"] = language or before
    try:
        yield
    finally:
        theme["language"] = before


@contextmanager
def in_queue(navigation: Navigation, website: Website, title: str = "") -> Iterator[None]:
    """Have the navigation lead to the queue of a website within the block, and be there.

    Args:
        navigation: that of the theme.
        website: in one of its languages.
        title: of the queue; empty for what the navigation calls it.
    """
    queue = next((page for page in navigation.pages if page.file.src_uri == f"{QUEUE}.md"), None)
    if queue is None:
        yield
        return
    before = (queue.title, queue.file.url)
    queue.title, queue.file.url, queue.active = title or queue.title, website.address(QUEUE), True
    try:
        yield
    finally:
        queue.title, queue.file.url = before
        queue.active = False
