"""Only what changed is written; what is gone is removed; what others wrote stays."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import write_ticket
from tests.website import pages_of_tickets
from tracker.errors import BrokenEnvironmentError
from tracker.viewer.builder import build
from tracker.viewer.shell import Page, Slot, cut


def _times(public: Path) -> dict[str, int]:
    return {
        str(file.relative_to(public)): file.stat().st_mtime_ns
        for file in (public / "tickets").rglob("*.html")
    }


def test_a_second_build_writes_only_what_changed(desk: Path, website: Callable[..., Path]) -> None:
    for number in range(1, 4):
        write_ticket(desk, number)
    public = website()
    before = _times(public)
    write_ticket(desk, 2, "Another title")
    build(desk, strict=True)
    after = _times(public)
    assert {path for path in before if before[path] != after[path]} == {
        "tickets/index.html",
        "tickets/board/index.html",
        "tickets/overview/index.html",
        "tickets/HD-2/index.html",
    }


@pytest.mark.parametrize("damage", ["none", "manifest", "aside"])
def test_what_is_gone_is_removed_whatever_happened_before(
    desk: Path, website: Callable[..., Path], damage: str
) -> None:
    path = write_ticket(desk, 1)
    write_ticket(desk, 2)
    (desk / "site" / "tickets").mkdir(parents=True)
    (desk / "site" / "tickets" / "own.md").write_text("# By hand\n")
    public = website()
    assert (public / "tickets" / "own" / "index.html").is_file()
    match damage:
        case "manifest":
            (public / ".tracker-pages.json").write_text("{broken")
        case "aside":
            (public / ".tracker-aside").mkdir()
            (public / "tickets").rename(public / ".tracker-aside" / "tickets")
        case _:
            pass
    path.unlink()
    (desk / "site" / "tickets" / "own.md").unlink()
    build(desk, strict=True)
    assert pages_of_tickets(public) == ["HD-2"]
    assert not list(public.glob(".tracker-aside"))


def test_attachments_are_published_and_mentions_are_links(desk: Path, website: Callable[..., Path]) -> None:
    write_ticket(desk, 1, body="See HD-2, `HD-2` and [the log](HD-1/files/12345678-a.log).\n")
    path = write_ticket(desk, 2)
    files = path.parent / "HD-1" / "files"
    files.mkdir(parents=True)
    (files / "12345678-a.log").write_text("log")
    (files / "12345678-b.svg").write_text("<svg/>")
    (files / "12345678-c.txt").symlink_to("/etc/passwd")
    public = website()
    page = (public / "tickets" / "HD-1" / "index.html").read_text()
    assert 'href="files/12345678-a.log"' in page
    assert page.count('../HD-2/" title="A ticket"') == 1
    assert sorted(file.name for file in (public / "tickets" / "HD-1" / "files").iterdir()) == [
        "12345678-a.log"
    ]


@pytest.mark.parametrize("where", ["body", "comment"])
def test_a_page_follows_the_tickets_that_it_names(
    desk: Path, website: Callable[..., Path], where: str
) -> None:
    path = write_ticket(desk, 1, body="As HD-2 says.\n" if where == "body" else "Text.\n")
    if where == "comment":
        comment = path.with_suffix("") / "2026-11-03T100000Z-omar.md"
        comment.parent.mkdir()
        comment.write_text("---\nauthor: omar\ncreated: 2026-11-03T10:00:00Z\n---\nAs HD-2 says.\n")
    page = website() / "tickets" / "HD-1" / "index.html"
    assert "HD-2</a>" not in page.read_text()
    other = write_ticket(desk, 2, "A title")
    build(desk, strict=True)
    assert 'title="A title">HD-2</a>' in page.read_text()
    write_ticket(desk, 2, "Another title")
    build(desk, strict=True)
    assert 'title="Another title">HD-2</a>' in page.read_text()
    other.unlink()
    build(desk, strict=True)
    assert "HD-2</a>" not in page.read_text()


def test_the_sitemap_names_every_page(desk: Path, website: Callable[..., Path]) -> None:
    write_ticket(desk, 1)
    sitemap = (website() / "sitemap.xml").read_text()
    for address in ("", "tickets/", "tickets/HD-1/", "people/ada/", "categories/hardware/printer/"):
        assert f"<loc>https://desk.example.org/help/{address}</loc>" in sitemap
    assert "q7" not in sitemap


def test_a_theme_that_shows_the_title_elsewhere_works(desk: Path, website: Callable[..., Path]) -> None:
    write_ticket(desk, 1, "Cats & dogs")
    overrides = desk / "overrides"
    overrides.mkdir()
    (overrides / "main.html").write_text(
        '{% extends "base.html" %}{% block extrahead %}<meta property="og:title" content="{{ page.title }}">{% endblock %}'
    )
    website()
    settings = desk / "mkdocs.yml"
    settings.write_text(
        settings.read_text().replace("  font: false", "  font: false\n  custom_dir: overrides")
    )
    page = (build(desk, strict=True) / "tickets" / "HD-1" / "index.html").read_text()
    assert '<meta property="og:title" content="Cats &amp; dogs · HD-1">' in page


@pytest.mark.parametrize(
    "override",
    [
        "<script>var title = '{{ page.title }}'</script>",
        "<i>{{ page.title | upper }}</i>",
        "<i>{{ page.content | length }}</i>{% set page = {} %}",
    ],
)
def test_a_theme_that_cannot_be_followed_stops_the_build(
    desk: Path, website: Callable[..., Path], override: str
) -> None:
    write_ticket(desk, 1)
    (desk / "overrides").mkdir()
    block = "{% block content %}" + override + "{% endblock %}"
    (desk / "overrides" / "main.html").write_text('{% extends "base.html" %}' + block)
    website_settings = "  font: false\n  custom_dir: overrides"
    (desk / "site").mkdir()
    (desk / "site" / "index.md").write_text("# Welcome\n")
    settings = f"site_name: x\ndocs_dir: site\nsite_dir: public\ntheme:\n  name: material\n{website_settings}\nplugins: [search, tracker]\n"
    (desk / "mkdocs.yml").write_text(settings)
    with pytest.raises(BrokenEnvironmentError):
        build(desk)


def test_marks_in_values_are_only_text() -> None:
    shell = cut(f"<title>{Slot.TITLE}</title>{Slot.CONTENT}")
    filled = shell.fill(Page("a/", str(Slot.CONTENT), f"{Slot.TITLE} and {Slot.EDIT}"))
    assert (
        filled
        == f"<title>&lt;h1 id=&quot;main&quot;&gt;q7trackermarkcontent&lt;/h1&gt;</title>{Slot.TITLE} and {Slot.EDIT}"
    )


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("github", "https://forge.example.org/o/r/edit/main/support/tickets/2026/11/HD-1.md"),
        ("gitlab", "https://forge.example.org/o/r/-/edit/main/support/tickets/2026/11/HD-1.md"),
        ("gitea", "https://forge.example.org/o/r/_edit/main/support/tickets/2026/11/HD-1.md"),
    ],
)
def test_edit_links_lead_to_the_forge(desk: Path, kind: str, address: str) -> None:
    folder = desk / "support"
    folder.mkdir()
    forge = f"forge: {{kind: {kind}, url: 'https://forge.example.org/o/r/'}}\n"
    (folder / "tracker.yml").write_text((desk / "tracker.yml").read_text() + forge)
    write_ticket(folder, 1)
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").write_text("# Welcome\n")
    (folder / "mkdocs.yml").write_text(
        "site_name: x\ntheme: {name: material, features: [content.action.edit]}\n"
    )
    page = (build(folder, strict=True) / "tickets" / "HD-1" / "index.html").read_text()
    assert f'href="{address}"' in page


@pytest.mark.parametrize("damage", [b"", b"j2\x05", b"\x80garbage"])
def test_damaged_compiled_templates_are_made_again(
    desk: Path, website: Callable[..., Path], damage: bytes
) -> None:
    write_ticket(desk, 1)
    website()
    kept = list((desk / ".git" / "tracker" / "theme").iterdir())
    assert kept
    for file in kept:
        file.write_bytes(file.read_bytes()[:40] + damage)
    build(desk, strict=True)


def test_a_page_that_somebody_removed_or_changed_is_made_again(
    desk: Path, website: Callable[..., Path]
) -> None:
    for number in (1, 2, 3):
        write_ticket(desk, number)
    public = website()
    pages = [public / "tickets" / f"HD-{number}" / "index.html" for number in (1, 2, 3)]
    before = [page.read_bytes() for page in pages]
    times = [page.stat().st_mtime_ns for page in pages]
    build(desk, strict=True)
    assert [page.stat().st_mtime_ns for page in pages] == times
    pages[0].unlink()
    pages[1].write_text("Something else")
    build(desk, strict=True)
    assert [page.read_bytes() for page in pages] == before
    assert pages[2].stat().st_mtime_ns == times[2]
