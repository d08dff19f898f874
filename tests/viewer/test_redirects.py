"""Old addresses of a ticket lead to it: a draft's, a renumbered one's, one from another system."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import Run, git, write_ticket
from tests.website import pages_of_tickets


@pytest.mark.parametrize("name", ["printer-broken", "HD-k7q3x"])
def test_the_address_of_a_draft_leads_to_its_ticket(
    desk: Path,
    run: Run,
    website: Callable[..., Path],
    served: Callable[[Path], str],
    browser: Browser,
    name: str,
) -> None:
    draft = desk / "tickets" / "drafts" / f"{name}.md"
    draft.parent.mkdir(parents=True)
    draft.write_text("---\ntitle: No network\ncategory: network\n---\nSince noon.\n")
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "Create a draft")
    public = website()
    before = {*pages_of_tickets(public)}
    assert run("accept", "--commit").out.startswith("HD-1\t")
    public = website()
    page = browser.new_page()
    for old in before | {name}:
        page.goto(f"{served(public)}/tickets/{old}/")
        page.wait_for_url("**/tickets/HD-1/")
        assert "No network" in page.title()
    page.close()


def test_an_alias_never_takes_the_place_of_a_page(desk: Path, website: Callable[..., Path]) -> None:
    write_ticket(desk, 1)
    write_ticket(
        desk,
        2,
        more="aliases:\n  - HD-1\n  - hd-1\n  - index\n  - index.html\n  - closed\n  - workload\n  - RT-77\n",
    )
    public = website()
    assert "A ticket" in (public / "tickets" / "HD-1" / "index.html").read_text()
    assert "url=../HD-2/" in (public / "tickets" / "RT-77" / "index.html").read_text()
    assert "<table" in (public / "tickets" / "index.html").read_text()
    assert not (public / "tickets" / "hd-1").exists()


def test_an_alias_never_takes_the_place_of_a_page_written_by_hand(
    desk: Path, website: Callable[..., Path]
) -> None:
    write_ticket(desk, 1, more="aliases:\n  - guide\n")
    (desk / "site" / "tickets").mkdir(parents=True)
    (desk / "site" / "tickets" / "guide.md").write_text("# Written by hand\n")
    assert "Written by hand" in (website() / "tickets" / "guide" / "index.html").read_text()


def test_no_name_of_a_file_stops_the_website(desk: Path, website: Callable[..., Path]) -> None:
    with (desk / "tracker.yml").open("a") as file:
        file.write("forge: {kind: github, url: 'https://github.com/example/desk'}\n")
    path = write_ticket(desk, 1, body=f"[log](files/{'a' * 251}.txt)\n")
    files = path.with_suffix("") / "files"
    files.mkdir(parents=True)
    (files / ("a" * 251 + ".txt")).write_text("x")
    drafts = desk / "tickets" / "drafts"
    drafts.mkdir()
    (drafts / os.fsdecode(b"caf\xe9.md")).write_text("---\ntitle: Odd\n---\n")
    public = website()
    assert (public / "tickets" / "HD-1" / "files" / ("a" * 251 + ".txt")).exists()
    assert len(list((public / "tickets").glob("caf*/index.html"))) == 1
