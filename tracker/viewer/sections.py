"""The row of links above each page of ours: the queue, the board, what else there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.translation import _
from tracker.viewer.addresses import (
    BOARD,
    MAIL,
    NEW,
    OVERVIEW,
    QUEUE,
    REPORTS,
    SERVICE_LEVELS,
    WORKLOAD,
    relative,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.viewer.website import Website


_NAMES = {"en": "English", "fr": "Français"}


class Section(NamedTuple):
    """A link; `current` where the page is in it, `language` where it leads to the page in another one."""

    label: str
    address: str
    current: bool
    language: str = ""


def sections(website: Website, path: str, part_of: str = "") -> list[Section]:
    """Return the links as they stand on a page.

    Args:
        website: the website.
        path: the page's path.
        part_of: that of the page that it belongs to, where this is another.
    """
    here = website.address(path)
    links = [
        Section(label, relative(here, website.address(place)), place == (part_of or path))
        for place, label in places(website)
    ]
    return [*links, *translations(website, path)]


def translations(website: Website, path: str) -> list[Section]:
    """Return the links to a page in the other languages of the website."""
    here = website.address(path)
    others = [other for other in website.all_languages if other is not website]
    return [
        Section(_NAMES[other.language], relative(here, other.address(path)), False, other.language)
        for other in others
    ]


def places(website: Website) -> Iterator[tuple[str, str]]:
    """Yield the pages of the row by their paths, each with its name."""
    yield OVERVIEW, _("Overview")
    yield QUEUE, _("Queue")
    yield BOARD, _("Board")
    if website.has_workload:
        yield WORKLOAD, _("Workload")
    if website.has_service_levels:
        yield SERVICE_LEVELS, _("Service levels")
    yield REPORTS, _("Reports")
    if website.messages:
        yield MAIL, _("Mail")
    yield NEW, _("New ticket")
