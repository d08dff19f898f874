"""Writing a website into its folder in each of its languages, and saying what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.translation import LANGUAGES, ngettext
from tracker.viewer.addresses import QUEUE
from tracker.viewer.manifest import MANIFEST, manifest_of, manifests, read_manifest
from tracker.viewer.output import Content, file_of, write_pages
from tracker.workspace.federation import unreachable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tracker.viewer.leaks import Leak
    from tracker.viewer.shell import Frame
    from tracker.viewer.website import Website


def write_website(website: Website, site: Path, frame: Frame, others: Iterable[str]) -> tuple[list[str], str]:
    """Write a website in its language; return the addresses of its pages, and how much was written.

    Args:
        website: in one of its languages.
        site: the folder.
        frame: puts pages into the theme.
        others: what MkDocs itself writes into our folders.
    """
    with website.speaking():
        website.prepare()
        pages = list(website.pages())
        manifest = manifest_of(website.language) if website.first else MANIFEST
        files, attachments = website.files(), website.attachments()
        content = Content(pages, attachments, files, others, website.state_digest, manifest)
        written, total = write_pages(site, frame, content), len(website.tickets)
    text = ngettext(
        "{total} ticket; files: {written} written, {unchanged} unchanged, {removed} removed",
        "{total} tickets; files: {written} written, {unchanged} unchanged, {removed} removed",
        total,
    )
    said = text.format(total=total, **written._asdict())
    several = len(website.all_languages) > 1
    return [page.address for page in pages], f"{website.language}: {said}" if several else said


def remove_languages(website: Website, site: Path, frame: Frame, others: Iterable[str]) -> None:
    """Remove what was written in languages that a website no longer has."""
    spoken = [each.language for each in website.all_languages[1:]]
    for code in LANGUAGES:
        manifest = site / manifest_of(code)
        if code not in spoken and manifest.exists():
            write_pages(site, frame, Content((), {}, (), others, "", manifest.name))
            manifest.unlink()


def missed(website: Website) -> Iterator[str]:
    """Yield what readers of a website will miss, for whoever builds it."""
    for desk in website.desks:
        if desk.untold:
            yield f"{desk.untold} {desk.told[1]}"
    yield from (unreachable(other) for other in website.others if other.problem)
    broken = sum(ticket.entry.broken for ticket in website.tickets)
    if broken:
        text = ngettext(
            "{number} ticket is broken, and shown as such: “tracker validate” says why.",
            "{number} tickets are broken, and shown as such: “tracker validate” says why.",
            broken,
        )
        yield text.format(number=broken)


def leaks_of(website: Website, site: Path) -> list[Leak]:
    """Return what is private and yet in what was made of tickets."""
    queue = file_of(website.address(QUEUE))
    files = [file for name in manifests() for file in read_manifest(site, name)["files"]]
    return website.leaks(site, [queue, *files])
