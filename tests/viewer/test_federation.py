"""Three desks on one website: every ticket has its page, also while one of them is taken away."""

import random
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import git, ticket
from tests.federation import commit, name_others, three_desks
from tracker.store import mirror
from tracker.viewer.builder import build

TICKETS = 60


def pages(public: Path) -> list[str]:
    """Return the ids that have a page; lists are none."""
    names = (path.parent.name for path in public.glob("tickets/*/index.html"))
    return sorted(name for name in names if re.fullmatch(r"[A-Z]+-\d+", name))


def everyone(number: int = TICKETS) -> list[str]:
    return sorted(f"{prefix}-{one}" for prefix in ("HD", "AUS", "MTL") for one in range(1, number + 1))


def written(desk: Path, path: str, text: str) -> None:
    file = desk / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """The desk that knows the two others."""
    return three_desks(tmp_path, TICKETS)


def test_each_ticket_of_three_desks_has_a_page(
    desk: Path, served: Callable[[Path], str], browser: Browser
) -> None:
    public = build(desk, strict=True)
    assert pages(public) == everyone()
    page = browser.new_page()
    page.goto(f"{served(public)}/tickets/")
    rows = page.locator(".tk-table tbody tr")
    prefixes = {text.partition("-")[0] for text in page.locator(".tk-cell-id").all_inner_texts()}
    assert prefixes == {"HD", "AUS", "MTL"}
    total = rows.count()
    page.get_by_role("link", name="AUS Desk AUS").click()
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() == "Desk AUS"
    assert 0 < rows.count() < total
    first = page.locator(".tk-cell-title a").first
    title = first.inner_text()
    first.click()
    page.wait_for_load_state()
    assert title in page.locator("h1").inner_text()


def test_links_lead_from_desk_to_desk_and_back(desk: Path, tmp_path: Path) -> None:
    ours = "labels:\n  - x\nlinks:\n  - blocks AUS-900\n  - relates AUS-77777\n"
    written(desk, "tickets/2026/11/HD-900.md", ticket(900, "Ours", ours, "See AUS-900 and MTL-1.\n"))
    theirs = ticket(900, "Theirs <b>", "", "Thanks to HD-900.\n").replace("HD-900\ntitle", "AUS-900\ntitle")
    written(tmp_path / "aus", "tickets/2026/11/AUS-900.md", theirs)
    commit(tmp_path / "aus", "Theirs")
    public = build(desk, strict=True)
    page = (public / "tickets/HD-900/index.html").read_text()
    assert '<a href="../AUS-900/">AUS-900 Theirs &lt;b&gt;</a>' in page
    assert '<a href="../AUS-900/" title="Theirs &lt;b&gt;">AUS-900</a> and <a href="../MTL-1/"' in page
    assert "<dd>AUS-77777</dd>" in page
    back = (public / "tickets/AUS-900/index.html").read_text()
    assert 'Blocked by</dt><dd><a href="../HD-900/">HD-900 Ours</a>' in back
    assert 'Thanks to <a href="../HD-900/" title="Ours">HD-900</a>' in back


def test_a_desk_that_is_away_is_shown_as_it_was(desk: Path, tmp_path: Path) -> None:
    build(desk, strict=True)
    (tmp_path / "aus").rename(tmp_path / "away")
    public = build(desk, strict=True)
    assert pages(public) == everyone()
    queue = (public / "tickets/index.html").read_text()
    assert re.search(r"The tickets of AUS are shown as they were on 20\d\d-\d\d-\d\d \d\d:\d\d", queue)
    assert "MTL are" not in queue
    (tmp_path / "away").rename(tmp_path / "aus")
    build(desk, strict=True)
    assert "as they were" not in (public / "tickets/index.html").read_text()


def test_a_desk_that_was_never_reached_is_named(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "mtl").rename(tmp_path / "away")
    public = build(desk, strict=True)
    assert pages(public) == [name for name in everyone() if not name.startswith("MTL")]
    assert "The tickets of MTL are not shown" in (public / "tickets/index.html").read_text()


@pytest.mark.parametrize("seed", range(4))
def test_a_desk_is_taken_away_during_a_build(desk: Path, tmp_path: Path, seed: int) -> None:
    build(desk, strict=True)
    chance = random.Random(seed)
    for number in range(3):
        written(tmp_path / "aus", "site/index.md", f"# {number}\n")
        commit(tmp_path / "aus", "Something new to fetch")
        process = subprocess.Popen(
            [sys.executable, "-m", "tracker", "build"],
            cwd=desk,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        time.sleep(chance.random() * 1.2)
        (tmp_path / "aus").rename(tmp_path / "away")
        output, _none = process.communicate()
        assert process.returncode == 0, output.decode()
        assert pages(desk / "public") == everyone()
        (tmp_path / "away").rename(tmp_path / "aus")


def test_a_guest_takes_no_page_and_tells_no_secret(desk: Path, tmp_path: Path) -> None:
    other = tmp_path / "aus"
    settings = other / "tracker.yml"
    settings.write_text(settings.read_text() + "website: {internal: true}\n")
    written(other, "tickets/2026/11/HD-1.md", ticket(1, "An impostor"))
    written(other, "tickets/drafts/idea.md", "---\ntitle: Their idea\n---\n")
    written(desk, "tickets/drafts/idea.md", "---\ntitle: Our idea\n---\n")
    folder = "tickets/2026/11/AUS-901"
    said = "---\nauthor: omar\ncreated: 2026-11-05T10:00:00Z\nvisibility: {}\n---\n{}\n"
    mail = "A picture: ![](files/a.png)"
    written(other, f"{folder}.md", ticket(901).replace("HD-901", "AUS-901"))
    written(
        other, f"{folder}/2026-11-05T100000Z-omar.md", said.format("internal", "A SECRET ![](files/b.png)")
    )
    written(other, f"{folder}/2026-11-05T110000Z-omar.md", said.format("public", mail))
    written(other, f"{folder}/files/a.png", "picture")
    written(other, f"{folder}/files/b.png", "secret")
    (other / folder / "files" / "c.png").symlink_to("/etc/passwd")
    commit(other, "Mischief")
    public = build(desk, strict=True)
    assert "An impostor" not in (public / "tickets/HD-1/index.html").read_text()
    texts = {page: page.read_text() for page in public.glob("tickets/*/index.html")}
    assert sum("An impostor</h1>" in re.sub(r" <span.*?</span>", "", text) for text in texts.values()) == 1
    for title in ("Their idea", "Our idea"):
        assert sum(f">{title} <span" in text for text in texts.values()) == 1
    assert not any("A SECRET" in text for text in texts.values())
    assert (public / "tickets/AUS-901/files/a.png").read_text() == "picture"
    assert [file.name for file in (public / "tickets/AUS-901/files").iterdir()] == ["a.png"]


def test_nobody_takes_the_pages_of_another_desk(desk: Path, tmp_path: Path) -> None:
    imposing = ticket(3, "Our impostor").replace("id: HD-3", "id: AUS-3")
    written(desk, "tickets/2026/11/AUS-3.md", imposing)
    aliases = "aliases:\n  - HD-777\n  - MTL-777\n  - OLD-777\n  - AUS-777\n"
    theirs = ticket(903, "Theirs", aliases).replace("id: HD-903", "id: AUS-903")
    written(tmp_path / "aus", "tickets/2026/11/AUS-903.md", theirs)
    commit(tmp_path / "aus", "Aliases")
    public = build(desk, strict=True)
    titles = [path.read_text() for path in public.glob("tickets/*/index.html")]
    assert sum("Our impostor <span" in text for text in titles) == 1
    assert "Our impostor" not in (public / "tickets/AUS-3/index.html").read_text()
    assert [name for name in ("HD", "MTL", "OLD", "AUS") if (public / f"tickets/{name}-777").exists()] == [
        "OLD",
        "AUS",
    ]


def test_a_tree_that_leads_out_is_refused(desk: Path, tmp_path: Path) -> None:
    build(desk, strict=True)
    other = tmp_path / "aus"

    def tree(*entries: tuple[str, str, str]) -> str:
        data = b"".join(f"{mode} {name}\0".encode() + bytes.fromhex(to) for mode, name, to in entries)
        command = ["git", "hash-object", "-t", "tree", "-w", "--stdin", "--literally"]
        done = subprocess.run(command, cwd=other, input=data, capture_output=True, check=True)
        return done.stdout.decode().strip()

    def blob(text: str) -> str:
        command = ["git", "hash-object", "-w", "--stdin"]
        done = subprocess.run(command, cwd=other, input=text.encode(), capture_output=True, check=True)
        return done.stdout.decode().strip()

    body = "![](files/../../../../../evil.txt)\n"
    text = ticket(1, body=body).replace("id: HD-1", "id: AUS-1")
    files = tree(("100644", "../../../../evil.txt", blob("evil")))
    month = tree(("40000", "AUS-1", tree(("40000", "files", files))), ("100644", "AUS-1.md", blob(text)))
    tickets = tree(("40000", "2026", tree(("40000", "11", month))))
    root = tree(
        ("40000", "tickets", tickets), ("100644", "tracker.yml", blob((other / "tracker.yml").read_text()))
    )
    evil = git(
        other, "-c", "user.name=E", "-c", "user.email=e@example.org", "commit-tree", root, "-m", "x"
    ).strip()
    git(other, "update-ref", "refs/heads/main", evil)
    public = build(desk, strict=True)
    assert list(tmp_path.rglob("evil.txt")) == []
    assert (public / "tickets/AUS-1/index.html").exists()


def test_a_refresh_that_breaks_off_changes_nothing(desk: Path, tmp_path: Path) -> None:
    other, settings = tmp_path / "aus", desk / "tracker.yml"
    for name in ("allowFilter", "allowAnySHA1InWant"):
        git(other, "config", f"uploadpack.{name}", "true")
    settings.write_text(settings.read_text().replace("../aus", f"file://{other}"))
    build(desk, strict=True)
    written(other, "tickets/2026/11/AUS-904.md", ticket(904).replace("id: HD-904", "id: AUS-904"))
    commit(other, "New")
    clone = desk / ".git/tracker/desks/AUS.git"
    half = ("fetch", "-q", "--no-tags", "--filter=blob:none", "origin", "+HEAD:refs/heads/coming")
    git(clone, *half)
    other.rename(tmp_path / "away")
    public = build(desk, strict=True)
    assert pages(public) == everyone()
    assert "tk-mark--broken" not in (public / "tickets/index.html").read_text()
    (tmp_path / "away").rename(other)
    assert len(pages(build(desk, strict=True))) == 3 * TICKETS + 1


def test_a_server_that_never_answers_is_left(
    desk: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    server = socket.socket()
    server.bind(("127.0.0.1", 0))
    server.listen(5)
    settings = desk / "tracker.yml"
    address = f"http://127.0.0.1:{server.getsockname()[1]}/x.git"
    settings.write_text(settings.read_text().replace("../aus", address))
    monkeypatch.setattr(mirror, "_PATIENCE", 1.0)
    began = time.monotonic()
    public = build(desk, strict=True)
    server.close()
    assert time.monotonic() - began < 20
    assert "The tickets of AUS are not shown" in (public / "tickets/index.html").read_text()
    assert tmp_path.exists()


def test_two_people_of_one_name_are_two(desk: Path, tmp_path: Path) -> None:
    settings = tmp_path / "aus" / "tracker.yml"
    changed = settings.read_text().replace(
        "name: Omar Haddad\n    email: omar.haddad@", "name: Omar Other\n    email: other@"
    )
    settings.write_text(changed)
    for name, prefix in (("aus", "AUS"), ("hd", "HD")):
        text = ticket(902, more="assignee: omar\n").replace("HD-902", f"{prefix}-902")
        written(tmp_path / name, f"tickets/2026/11/{prefix}-902.md", text)
    commit(tmp_path / "aus", "Another Omar")
    montreal = tmp_path / "mtl" / "tracker.yml"
    changed = montreal.read_text().replace(
        "name: Omar Haddad\n    email: omar.haddad@", "name: Omar O.\n    email: OTHER@"
    )
    montreal.write_text(changed)
    commit(tmp_path / "mtl", "The same one")
    public = build(desk, strict=True)
    ours, theirs = (public / "people" / name / "index.html" for name in ("omar", "AUS~omar"))
    assert "HD-902" in ours.read_text()
    assert "AUS-902" not in ours.read_text()
    assert "AUS-902" in theirs.read_text()
    assert "Omar Other" in theirs.read_text()
    assert 'href="../../people/AUS~omar/"' in (public / "tickets/AUS-902/index.html").read_text()
    assert (public / "people" / "elif" / "index.html").exists()
    assert not (public / "people" / "MTL~omar").exists()


def test_nothing_is_written_into_the_other_repositories(desk: Path, tmp_path: Path) -> None:
    build(desk, strict=True)
    for name in ("aus", "mtl"):
        assert git(tmp_path / name, "status", "--porcelain") == ""
    name_others(desk, "\n")
    assert git(desk, "status", "--porcelain") == ""
