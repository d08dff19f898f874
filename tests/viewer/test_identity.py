"""Pages that are put together from a shell are byte for byte those that MkDocs renders with the theme."""

from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from tests.conftest import write_ticket
from tests.viewer.conftest import SETTINGS
from tracker.viewer.plugin import _FRONT_MATTER, TrackerPlugin
from tracker.viewer.shell import MAIN, MARK, Page

FEATURES = {
    "none": "[]",
    "much": "[navigation.tabs, navigation.instant, navigation.path, navigation.tracking, navigation.top, content.action.edit, content.action.view, search.suggest, search.share, header.autohide]",
    "integrated": "[toc.integrate, toc.follow, navigation.tabs, navigation.tabs.sticky, navigation.sections, navigation.expand, navigation.footer, navigation.indexes, content.action.edit]",
}
PAGES = (
    Page("tickets/HD-101/", "Printer jams", f'<h1 id="{MAIN}">Printer jams</h1>\n<p>Text.</p>', "https://forge.example.org/o/r/edit/main/tickets/HD-1.md"),
    Page("tickets/HD-102/", "Émoji 🖨 and $15,000 \\1", f'<h1 id="{MAIN}">x</h1><h2 id="b-a">A</h2><h3 id="b-b">B</h3>', None),
    Page("categories/other/thing/", "Printer", f'<h1 id="{MAIN}">Printer</h1>', None),
    Page("tickets/closed/2001-01/", "Closed tickets", f'<h1 id="{MAIN}">Closed</h1><table></table>', "https://forge.example.org/o/r/_edit/blob/x.md"),
)  # fmt: skip


class RealPages(BasePlugin):
    """Has MkDocs itself render the pages, through everything that it does to a page."""

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        for page in PAGES:
            source = page.address.removesuffix("/") + ".md"
            files.append(File.generated(config, source, content=_FRONT_MATTER.format(title=page.title)))
        return files

    def on_pre_page(self, page: MkDocsPage, *, config: MkDocsConfig, files: Files) -> MkDocsPage:
        ours = _ours(page)
        if ours:
            page.edit_url = ours.edit_address
        return page

    def on_page_context(
        self, context: dict[str, Any], *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> dict[str, Any]:
        for queue in nav.pages:
            if queue.file.src_uri == "tickets/index.md" and MARK not in page.file.src_uri:
                queue.active = page is queue or _ours(page) is not None
        return context

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        ours = _ours(page)
        if ours:
            page.toc = TableOfContents([AnchorLink(ours.title, MAIN, level=1)])
        return ours.content if ours else html


def _ours(page: MkDocsPage) -> Page | None:
    return next((ours for ours in PAGES if ours.address == page.file.src_uri.removesuffix(".md") + "/"), None)


@pytest.mark.parametrize("site_url", ["https://desk.example.org/help/", ""])
@pytest.mark.parametrize("directories", [True, False])
@pytest.mark.parametrize("features", FEATURES)
def test_spliced_pages_are_those_that_the_theme_renders(
    desk: Path, features: str, directories: bool, site_url: str
) -> None:
    write_ticket(desk, 1)
    (desk / "site").mkdir()
    (desk / "site" / "index.md").write_text("# Welcome\n")
    settings = SETTINGS.format(features=FEATURES[features], directories=str(directories).lower())
    settings = settings.replace("https://desk.example.org/help/", site_url)
    (desk / "mkdocs.yml").write_text(
        settings + "nav:\n  - Home: index.md\n  - Desk:\n      - Tickets: tickets/index.md\n"
    )

    config = load_config(str(desk / "mkdocs.yml"), strict=True)
    build(config)
    plugin = config.plugins["tracker"]
    assert isinstance(plugin, TrackerPlugin)

    real = load_config(str(desk / "mkdocs.yml"), site_dir=str(desk / "real"))
    real.plugins["real"] = RealPages()
    build(real)

    for page in PAGES:
        address = page.address if directories else page.address.removesuffix("/") + ".html"
        ours = Page(address, page.title, page.content, page.edit_address)
        place = desk / "real" / (address + "index.html" if directories else address)
        assert plugin.frame.fill(ours) == place.read_text(encoding="utf-8")
