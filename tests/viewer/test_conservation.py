"""The conservation law: files on disk = tickets in the index = tickets in the list = tickets on the website."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run, ticket, write_ticket
from tests.website import pages_of_tickets


def test_no_ticket_file_is_ever_lost(desk: Path, run: Run, website: Callable[..., Path]) -> None:
    for number in range(1, 6):
        write_ticket(desk, number)
    folder = desk / "tickets" / "2026" / "11"
    broken = {
        "HD-6.md": b"no front matter",
        "HD-7.md": b"---\ntitle: a: b\n---\n",
        "HD-8.md": b"---\ntitle: caf\xe9\n---\n",
        "HD-9.md": b"---\ntitle: x\n<<<<<<< HEAD\n---\n",
        "HD-10.md": b"---\ntitle: x\n---\n" + b"x" * (1 << 20),
        "HD-11.md": ticket(3, "The number of another").encode(),
        "HD-12.md": b"",
        "Ünïcode – “quotes” & <b>.md": ticket(13).encode(),
        "HD-14.md": ticket(14, "x", "priority2: y\ndue: 2026-13-05\nassignee: nobody\n").encode(),
    }
    for name, data in broken.items():
        (folder / name).write_bytes(data)
    (folder / "HD-15.md").symlink_to("/etc/passwd")
    os.mkfifo(folder / "HD-16.md")
    (folder / "HD-99").mkdir()
    (folder / "HD-99" / "2026-11-01T000000Z-x.md").write_text("an orphan")
    (folder / os.fsdecode(b"HD-\xff.md")).write_text(ticket(17))
    drafts = desk / "tickets" / "drafts"
    drafts.mkdir()
    (drafts / "idea.md").write_text("---\ntitle: Only an idea\n---\n")
    total = 5 + len(broken) + 5

    assert len(json.loads(run("index", "--json").out)) == total
    assert len(json.loads(run("list", "--all", "--json").out)) == total
    listed = json.loads(run("list", "--all", "--json").out)
    public = website()
    assert len(pages_of_tickets(public)) == total
    queue = (public / "tickets" / "index.html").read_text()
    assert queue.count("<tr") - 1 == total
    assert sum(row["broken"] for row in listed) == total - 5 - 1
    assert "root:" not in "".join(page.read_text() for page in public.rglob("*.html"))

    result = run("validate", "--json")
    findings = json.loads(result.out)
    assert result.code == 1
    found = {(Path(finding["path"]).name, finding["code"]) for finding in findings}
    assert {
        ("HD-6.md", "T004"),
        ("HD-7.md", "T005"),
        ("HD-8.md", "T003"),
        ("HD-9.md", "T008"),
        ("HD-10.md", "T002"),
        ("HD-15.md", "T001"),
        ("HD-16.md", "T001"),
        ("HD-14.md", "T104"),
        ("HD-14.md", "T103"),
    } <= found
    assert ("HD-11.md", "T201") in found
    assert run("list", "is:broken").out.count("\n") == total - 6
    assert "Traceback" not in run("show", "HD-8").err


def test_every_ticket_is_reachable_from_the_queue(desk: Path, website: Callable[..., Path]) -> None:
    write_ticket(desk, 1)
    path = write_ticket(desk, 2)
    path.write_text(path.read_text().replace("status: open", "status: closed"))
    public = website(directories=False)
    queue = (public / "tickets" / "index.html").read_text()
    assert 'href="../tickets/HD-1.html"' in queue or 'href="HD-1.html"' in queue
    assert "closed/2026-11.html" in queue
    assert "HD-2.html" in (public / "tickets" / "closed" / "2026-11.html").read_text()
    closed = (public / "tickets" / "closed.html").read_text()
    assert "closed/2026-11.html" in closed
    assert "<strong>1</strong> closed" in closed


@pytest.mark.parametrize("shown", [False, True])
def test_internal_comments_stay_in_the_repository_unless_the_desk_says_otherwise(
    desk: Path, website: Callable[..., Path], run: Run, shown: bool
) -> None:
    if shown:
        with (desk / "tracker.yml").open("a") as file:
            file.write("website: {internal: true}\n")
    write_ticket(desk, 1)
    (desk / "secret.txt").write_text("secret bytes")
    (desk / "open.txt").write_text("open bytes")
    run("comment", "1", "-m", "SECRET words", "--internal", "-a", "secret.txt", "-a", "open.txt")
    run("comment", "1", "-m", "Open words", "-a", "open.txt")
    lost = desk / "tickets" / "2026" / "11" / "HD-9" / "2026-11-03T100000Z-omar.md"
    lost.parent.mkdir()
    lost.write_text(
        "---\nauthor: omar\ncreated: 2026-11-03T10:00:00Z\nvisibility: internal\n---\nSECRET, too\n"
    )
    public = website()
    pages = [page.read_text() for page in public.rglob("*.html")]
    assert any("Open words" in page for page in pages)
    assert any("SECRET" in page for page in pages) is shown
    assert any("internal comment is in the repository only" in page for page in pages) is not shown
    assert bool(list(public.rglob("*-secret.txt"))) is shown
    assert list(public.rglob("*-open.txt"))


def test_what_a_program_wrote_is_marked(desk: Path, website: Callable[..., Path]) -> None:
    folder = write_ticket(desk, 1).with_suffix("")
    folder.mkdir()
    head = "author: omar\ncreated: 2026-11-03T10:00:0{}Z\n"
    (folder / "2026-11-03T100000Z-omar.md").write_text(f"---\n{head.format(0)}---\nTyped.\n")
    automatic = "automatic: '\"><b>reminder'\n"
    (folder / "2026-11-03T100001Z-omar.md").write_text(f"---\n{head.format(1)}{automatic}---\nMade.\n")
    page = (website() / "tickets/HD-1/index.html").read_text()
    _before, typed, made = page.split('<article class="tk-comment"')
    mark = '<span class="tk-mark" title="&#34;&gt;&lt;b&gt;reminder">automatic</span>'
    assert (mark in typed, mark in made) == (False, True)


def test_a_comment_without_its_ticket_is_one_finding(desk: Path, run: Run) -> None:
    write_ticket(desk, 1)
    run("comment", "1", "-m", "Words.")
    (desk / "tickets" / "2026" / "11" / "HD-1.md").unlink()
    found = json.loads(run("validate", "--json").out)
    assert [finding["code"] for finding in found] == ["T010"]
    assert "a comment of HD-1" in found[0]["message"]


INTERNAL = "author: omar\ncreated: 2026-11-03T10:00:00Z\nvisibility: internal\n"


@pytest.mark.parametrize(
    ("place", "front"),
    [
        ("tickets/2026/11/HD-1", f"{INTERNAL}attachments: files/secret.txt\n"),
        ("tickets/2026/11/HD-1", f"{INTERNAL}note: a: b\n"),
        ("tickets/2026/11/HD-1", f"{INTERNAL}attachments:\n  - ./files/SECRET.TXT\n"),
        ("tickets/2026/11/HD-1", INTERNAL),
        ("tickets/HD-1", INTERNAL),
        ("tickets/2026-11/HD-1", INTERNAL),
        ("tickets/2026/11/HD-9", f"{INTERNAL}note: a: b\n"),
        ("tickets/2026/11/HD-9", f"{INTERNAL}title: A title\n"),
        ("tickets/2026/11/HD-9", "visibility: internal\n"),
    ],
)
def test_no_internal_word_or_file_is_published(
    desk: Path, website: Callable[..., Path], place: str, front: str
) -> None:
    write_ticket(desk, 1)
    (desk / place / "files").mkdir(parents=True)
    if not place.endswith("HD-9"):
        (desk / f"{place}.md").write_text(ticket(1))
    (desk / place / "files" / "secret.txt").write_text("SECRET bytes")
    text = f"---\n{front}---\nSECRET, see [log](files/secret.txt)\n"
    (desk / place / "2026-11-03T100000Z-omar.md").write_text(text)
    public = website()
    assert not [page for page in public.rglob("*") if page.is_file() and b"SECRET" in page.read_bytes()]


def test_an_internal_correction_takes_the_public_words_back(
    desk: Path, website: Callable[..., Path], run: Run
) -> None:
    write_ticket(desk, 1)
    run("comment", "1", "-m", "The password is SECRET.")
    run("comment", "1", "-m", "Never mind.", "--supersedes", "last", "--internal")
    public = website()
    assert not [page for page in public.rglob("*.html") if "SECRET" in page.read_text()]
