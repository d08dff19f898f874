"""One build in both languages, and a desk that says things in its own words."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from tests.conftest import CONFIGURATION, Run, git, write_ticket
from tests.website import pages_of_tickets

BOTH = "website: {languages: [fr, en]}\n"
PLACE = "https://desk.invalid/help/"


@pytest.fixture
def both(desk: Path, website: Callable[..., Path]) -> Callable[..., Path]:
    """Builds a website in French, and in English below it."""
    labels = "statuses:\n  open: {label: {en: Open, fr: Ouvert}}\n  closed: {open: false}\n"
    (desk / "tracker.yml").write_text(CONFIGURATION + BOTH + labels)
    write_ticket(
        desk, 1, more="location: lyon\nassignee: ada\naliases:\n  - HD-k7q3x\n", body="See HD-2, @omar.\n"
    )
    second = write_ticket(
        desk, 2, more="links:\n  - follows HD-1\nstatuss: x\n", body="![p](files/3f2a91c0-p.png)\n"
    )
    files = second.with_suffix("") / "files"
    files.mkdir(parents=True)
    (files / "3f2a91c0-p.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (desk / "tickets" / "2026" / "11" / "HD-3.md").write_text("---\nid: [\n---\n")
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "Tickets")
    return website


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.ids |= {named["id"] or ""} if "id" in named else set()
        self.found += [value for name in ("href", "src") if (value := named.get(name))]


def broken_links(site: Path) -> list[str]:
    """Return each link of a website that leads nowhere within it."""
    pages: dict[str, _Links] = {}
    for file in site.rglob("*.html"):
        links = _Links()
        links.feed(file.read_text(encoding="utf-8"))
        pages[file.relative_to(site).as_posix()] = links
    found = []
    for page, links in pages.items():
        base = PLACE if page == "404.html" else f"{PLACE}{page}"
        for link in links.found:
            there, fragment = urldefrag(urljoin(base, link))
            if not there.startswith(PLACE):
                continue
            path = unquote(urlsplit(there).path).removeprefix("/help/")
            path += "index.html" if path.endswith("/") or not path else ""
            missing = not (site / path).is_file()
            if missing or (fragment and path in pages and unquote(fragment) not in pages[path].ids):
                found.append(f"{page}: {link}")
    return sorted(set(found))


@pytest.mark.parametrize("directories", [True, False])
def test_every_link_of_the_website_leads_somewhere(both: Callable[..., Path], *, directories: bool) -> None:
    assert broken_links(both(directories=directories)) == []


def test_both_languages_have_every_ticket(both: Callable[..., Path]) -> None:
    site = both()
    assert pages_of_tickets(site) == pages_of_tickets(site / "en")
    french = (site / "tickets" / "HD-1" / "index.html").read_text()
    english = (site / "en" / "tickets" / "HD-1" / "index.html").read_text()
    assert '<html lang="en"' in english
    assert ("Ouvert" in french, "Ouvert" in english) == (True, False)
    assert ("Responsable" in french, "Assignee" in english) == (True, True)
    assert re.search(
        r'href="\.\./en/tickets/" [^>]*hreflang="en"', (site / "tickets" / "index.html").read_text()
    )


def test_what_is_wrong_is_told_in_both(both: Callable[..., Path]) -> None:
    site = both()
    french = (site / "tickets" / "HD-3" / "index.html").read_text()
    english = (site / "en" / "tickets" / "HD-3" / "index.html").read_text()
    message = re.compile(r"<code>tickets/[^<]*</code> T\d+ ([^<]*)")
    assert message.findall(french)
    assert message.findall(french) != message.findall(english)


def test_a_language_that_is_given_up_is_removed(both: Callable[..., Path], desk: Path) -> None:
    site = both()
    assert (site / "en" / "tickets").is_dir()
    settings = (desk / "tracker.yml").read_text().replace("languages: [fr, en]", "languages: [fr]")
    (desk / "tracker.yml").write_text(settings)
    both()
    assert not (site / "en").exists()
    assert (site / "tickets" / "HD-1" / "index.html").is_file()
    assert '<html lang="fr"' in (site / "index.html").read_text()


@pytest.mark.parametrize("after", ["[en, fr]", "[en]"])
def test_a_language_that_moves_to_the_root_takes_what_it_needs(
    both: Callable[..., Path], desk: Path, after: str
) -> None:
    settings = (desk / "tracker.yml").read_text()
    both()
    (desk / "tracker.yml").write_text(settings.replace("languages: [fr, en]", f"languages: {after}"))
    site = both()
    assert (site / "tickets" / "data" / "desk-en.js").is_file()
    assert broken_links(site) == []


def test_the_folder_of_a_language_leads_to_its_queue(both: Callable[..., Path]) -> None:
    assert 'content="0; url=tickets/"' in (both() / "en" / "index.html").read_text()


def test_the_language_is_that_of_the_theme(desk: Path, run: Run) -> None:
    (desk / "docs").mkdir()
    (desk / "docs" / "index.md").write_text("# Bienvenue\n")
    settings = (
        "site_name: Ours\ntheme: {name: material, font: false, language: fr}\nplugins: [search, tracker]\n"
    )
    (desk / "mkdocs.yml").write_text(settings)
    write_ticket(desk, 1)
    assert run("build").code == 0
    assert "Sans responsable" in (desk / "site" / "tickets" / "HD-1" / "index.html").read_text()


def test_a_desk_says_things_in_its_own_words(both: Callable[..., Path], desk: Path) -> None:
    texts = desk / "templates" / "texts"
    texts.mkdir(parents=True)
    (texts / "en.yml").write_text("Queue: Everything to do\nAssignee: Who takes it\n")
    site = both()
    page = (site / "en" / "tickets" / "HD-1" / "index.html").read_text()
    assert "Who takes it" in page
    assert "Assignee" not in page
    assert "Everything to do" in (site / "en" / "tickets" / "index.html").read_text()
    assert "Everything to do" not in (site / "tickets" / "index.html").read_text()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Queu: All\n", "en.yml:1:1: C001 The program has no such text."),
        ("Queue: []\n", "en.yml:1:1: C001 Write a text, or a list of two: for one, and for many."),
        (
            "Queue: All {number}\n",
            "en.yml:1:1: C001 It may only have the blanks of the text that it replaces.",
        ),
        ("Queue: [\n", "en.yml:2:1"),
    ],
)
def test_own_words_that_cannot_be_used_are_told(desk: Path, run: Run, text: str, said: str) -> None:
    (desk / "templates" / "texts").mkdir(parents=True)
    (desk / "templates" / "texts" / "en.yml").write_text(text)
    (desk / "mkdocs.yml").write_text("site_name: Ours\nplugins: [tracker]\n")
    (desk / "docs").mkdir()
    result = run("build")
    assert result.code == 3
    assert said in result.err
