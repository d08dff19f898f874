"""The row of links above each page of ours: the queue, the board, what else there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.translation import _
from tracker.viewer.addresses import NEW, QUEUE, SERVICE_LEVELS, WORKLOAD, relative

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.viewer.website import Website


class Section(NamedTuple):
    """A link; `current` where the page is in it."""

    label: str
    address: str
    current: bool


def sections(website: Website, path: str, part_of: str = "") -> list[Section]:
    """Return the links as they stand on a page.

    Args:
        website: the website.
        path: the page's path.
        part_of: that of the page that it belongs to, where this is another.
    """
    here = website.address(path)
    return [
        Section(label, relative(here, website.address(place)), place == (part_of or path))
        for place, label in _places(website)
    ]


def _places(website: Website) -> Iterator[tuple[str, str]]:
    yield QUEUE, _("Queue")
    if website.has_workload:
        yield WORKLOAD, _("Workload")
    if website.has_service_levels:
        yield SERVICE_LEVELS, _("Service levels")
    yield NEW, _("New ticket")
