"""What a ticket's page tells of its history, of other tickets, and of what can be done with it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import CONFIGURATION, git, write_ticket
from tracker.viewer.builder import build
from tracker.viewer.publish import Publication

Website = Callable[..., Path]
OMAR = "Omar Haddad <omar@example.org>"
INTERNAL = "---\nauthor: omar\ncreated: 2026-11-03T10:00:00Z\nvisibility: {visibility}\n---\nSecret words\n"


def commit(desk: Path, author: str = OMAR, more: str = "") -> None:
    """Commit everything."""
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", f"Change\n\n{more}", "--author", author)


def change(path: Path, old: str, new: str) -> None:
    """Replace what stands in a file."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def lines(public: Path, number: int = 1) -> list[str]:
    """Return what the page of a ticket says that happened, without times."""
    page = (public / "tickets" / f"HD-{number}" / "index.html").read_text()
    found = re.findall(r'<p class="tk-event">(.*?)</p>', page)
    return [re.sub(r"<[^>]*>", "", re.sub(r" <time.*?</time>", "", line)) for line in found]


def test_a_page_tells_every_change(desk: Path, website: Website) -> None:
    path = write_ticket(desk, 1, "Jams")
    commit(desk, "Léa <b> <lea@example.org>")
    change(path, "status: open", "status: in_progress")
    change(path, "title: Jams", "title: Jams <i>again")
    change(path, "requester:", "assignee: omar\nrequester:")
    commit(desk, more="Reason: HD-1 assignee=omar; nearest & free")
    change(path, "priority: normal", "priority: high")
    change(path, "Text.", "More text.")
    commit(desk, "Ada Byron <ada@example.org>")
    change(path, "---\nMore", "labels:\n  - floor\n  - jam\nlinks:\n  - blocks HD-2\n---\nMore")
    change(path, "status: in_progress", "status: closed")
    commit(desk)
    change(path, "status: closed", "status: open")
    change(path, "  - jam\n", "")
    commit(desk)
    write_ticket(desk, 2)
    assert lines(website()) == [
        "Léa filed it",
        "Omar Haddad renamed it: was “Jams”, moved it from Open to In progress, took it onWhy: nearest &amp; free",
        "Ada Byron set Priority to High: was Normal, edited the text",
        "Omar Haddad moved it from In progress to Closed, added to Labels: floor, jam, added to Links: Blocks HD-2",
        "Omar Haddad reopened it: Closed → Open, removed from Labels: jam",
    ]
    page = (desk / "public/tickets/HD-1/index.html").read_text()
    assert re.search(
        r'<time datetime="20\d\d-\d\d-\d\dT\d\d:\d\d\+0[12]:00">[A-Z][a-z]{2} \d+, 20\d\d \d+:\d\d\s[AP]M</time>',
        page,
    )


def test_what_happens_stands_between_what_is_said(desk: Path, website: Website) -> None:
    path = write_ticket(desk, 1)
    folder = path.with_suffix("")
    folder.mkdir()
    for day in ("2026-11-03", "2099-11-04"):
        (folder / f"{day}T100000Z-omar.md").write_text(
            f"---\nauthor: omar\ncreated: {day}T10:00:00Z\n---\nSaid in {day[:4]}\n"
        )
    commit(desk)
    page = (website() / "tickets/HD-1/index.html").read_text()
    places = [page.index(text) for text in ("Said in 2026", "filed it", "Said in 2099")]
    assert places == sorted(places)


@pytest.mark.parametrize(("visibility", "told"), [("public", True), ("internal", False)])
def test_that_an_internal_comment_is_gone_is_not_told(
    desk: Path, website: Website, visibility: str, told: bool
) -> None:
    path = write_ticket(desk, 1)
    comment = path.with_suffix("") / "2026-11-03T100000Z-omar.md"
    secret = path.with_suffix("") / "files" / "secret.txt"
    secret.parent.mkdir(parents=True)
    comment.write_text(INTERNAL.format(visibility=visibility))
    secret.write_text("x")
    commit(desk)
    comment.unlink()
    secret.unlink()
    commit(desk)
    said = lines(website())
    assert ("Omar Haddad deleted a comment" in said) is told
    assert "secret" not in repr(said)


def test_the_address_of_a_requester_is_not_told(desk: Path, website: Website) -> None:
    path = write_ticket(desk, 1)
    commit(desk)
    change(path, "lea@example.org", "lea.martin@example.org")
    change(path, "priority: normal", "priority: high")
    commit(desk)
    assert "Priority to High" in lines(website())[-1]
    page = (desk / "public/tickets/HD-1/index.html").read_text()
    assert not re.search("lea@|lea.martin@", page)


def test_private_fields_are_not_told(desk: Path, website: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_ticket(desk, 1, more="supplier: north\nsystem:\n  kind: pc\n  asset: A-1\n")
    commit(desk, "Léa Martin <lea@example.org>")
    change(path, "supplier: north", "supplier: south")
    change(path, "asset: A-1", "asset: A-2")
    change(path, "kind: pc", "kind: mac")
    commit(desk)
    private = ("supplier", "system.asset", "requester")
    monkeypatch.setattr(Publication, "private", private)
    assert lines(website()) == ["Somebody filed it", "Omar Haddad set System (kind) to mac: was pc"]
    page = (desk / "public/tickets/HD-1/index.html").read_text()
    assert not re.search("A-1|A-2|south|Léa|lea@", page)


def test_without_history_there_is_no_timeline(desk: Path, website: Website, tmp_path: Path) -> None:
    write_ticket(desk, 1)
    commit(desk)
    assert lines(website())
    commit(desk)
    git(tmp_path, "clone", "-q", "--depth", "1", desk.as_uri(), "shallow")
    public = build(tmp_path / "shallow")
    assert lines(public) == []
    assert "What happened to tickets" in (public / "tickets/index.html").read_text()


def test_a_new_commit_changes_the_pages_that_it_is_about(desk: Path, website: Website) -> None:
    first, _second = write_ticket(desk, 1), write_ticket(desk, 2)
    commit(desk)
    pages = {number: website() / f"tickets/HD-{number}/index.html" for number in (1, 2)}
    before = {number: page.stat().st_mtime_ns for number, page in pages.items()}
    change(first, "priority: normal", "priority: high")
    commit(desk)
    build(desk)
    assert lines(desk / "public")[-1] == "Omar Haddad set Priority to High: was Normal"
    assert pages[1].stat().st_mtime_ns != before[1]
    assert pages[2].stat().st_mtime_ns == before[2]


def test_links_tell_how_far_the_others_are(desk: Path, website: Website) -> None:
    write_ticket(desk, 1, "Above", "links:\n  - relates HD-99\n  - blocks HD-4\n")
    for number in (2, 3):
        write_ticket(desk, number, f"Child {number}", "links:\n  - parent HD-1\n")
    change(desk / "tickets/2026/11/HD-3.md", "status: open", "status: closed")
    write_ticket(desk, 4, "After <b>", "links:\n  - blocks HD-5\n")
    write_ticket(desk, 5)
    write_ticket(desk, 6, more="links:\n  - follows HD-5\n")
    page = (website() / "tickets/HD-1/index.html").read_text()
    assert '<progress max="2" value="1"' in page
    assert "1 of 2 done" in page
    assert re.search('HD-3/">HD-3 Child 3</a> <span class="tk-status tk-status--done">Closed', page)
    assert "<dd>HD-99</dd>" in page
    graph = page[page.index("<figure") : page.index("</figure>")]
    boxes = re.findall(r'class="tk-box" href="[^"]*(HD-\d)/" title', graph)
    assert boxes == ["HD-4", "HD-2", "HD-3", "HD-5"]  # HD-6 is three steps away
    assert graph.count("aria-current") == 1
    assert "<li>HD-4: Blocks HD-5</li>" in graph
    assert 'title="After &lt;b&gt;, Open"' in graph


FORGES = {
    "github": (
        "https://forge.example.org/desk/commits/main/tickets/2026/11/HD-1.md",
        "https://forge.example.org/desk/new/main/tickets/2026/11?filename=HD-1/TIME-NAME.md&amp;value=---%0A",
    ),
    "gitea": (
        "https://forge.example.org/desk/commits/branch/main/tickets/2026/11/HD-1.md",
        "https://forge.example.org/desk/_new/main/tickets/2026/11?filename=HD-1/TIME-NAME.md&amp;value=---%0A",
    ),
    "gitlab": (
        "https://forge.example.org/desk/-/commits/main/tickets/2026/11/HD-1.md",
        'https://forge.example.org/desk/-/new/main/tickets/2026/11?file_name=HD-1/TIME-NAME.md"',
    ),
    "none": ('<a href="#comment-command"',),
}


@pytest.mark.parametrize("kind", FORGES)
def test_a_page_leads_to_the_forge(desk: Path, website: Website, kind: str) -> None:
    forge = f"forge: {{kind: {kind}, url: https://forge.example.org/desk}}\n"
    (desk / "tracker.yml").write_text(CONFIGURATION + forge)
    write_ticket(desk, 1)
    page = (website() / "tickets/HD-1/index.html").read_text()
    for address in FORGES[kind]:
        assert address in page
    assert "<code>tracker move HD-1 " in page


def test_a_command_is_safe_to_copy(desk: Path, website: Website) -> None:
    write_ticket(desk, 1).with_name("x; rm -rf $HOME.md").write_text("---\ntitle: T\n---\n")
    pages = [path.read_text() for path in website().glob("tickets/*/index.html")]
    assert any("<code>tracker show &#39;x; rm -rf $HOME&#39;</code>" in page for page in pages)
