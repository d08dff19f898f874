"""What the overview shows: what needs somebody, and nothing else."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.cli.test_sla import change, commit, file
from tests.conftest import CONFIGURATION, git
from tracker.workspace import Workspace

NOW = datetime(2026, 11, 26, 15, 0, tzinfo=ZoneInfo("Europe/Paris"))
AWAY = CONFIGURATION.replace("location: austin}", "location: austin, absences: [{until: 2026-12-01}]}")


@pytest.fixture
def busy(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk with a ticket for each reason to look at it."""
    monkeypatch.setattr(Workspace, "now", lambda self: NOW.astimezone(self.configuration.zone))
    (desk / "tracker.yml").write_text(AWAY)
    git(desk, "update-ref", "-d", "HEAD")
    long_ago = NOW - timedelta(days=40)
    commit(desk, long_ago)
    file(desk, 1, long_ago, "assignee: ada\nlocation: lyon\ndue: 2026-11-20\n")
    file(desk, 2, long_ago, "assignee: ada\nlocation: lyon\ndue: 2026-11-27\n")
    file(desk, 3, long_ago, "location: austin\n")
    done = file(desk, 7, long_ago, "assignee: ada\n")
    change(done, desk, NOW - timedelta(days=30), "status: open", "status: resolved")
    waits = file(desk, 4, long_ago, "assignee: ada\n")
    change(waits, desk, NOW - timedelta(days=12), "status: open", "status: waiting")
    waits = file(desk, 5, long_ago, "assignee: ada\n")
    change(waits, desk, NOW - timedelta(days=2), "status: open", "status: waiting")
    done = file(desk, 6, long_ago, "assignee: ada\n")
    change(done, desk, NOW - timedelta(days=3), "status: open", "status: resolved")
    file(desk, 8, NOW - timedelta(days=1), "assignee: ada\n")
    (desk / "tickets" / "drafts").mkdir()
    (desk / "tickets" / "drafts" / "idea.md").write_text(
        "---\ntitle: An idea\nstatus: open\nassignee: ada\ntype: request\n---\nText.\n"
    )
    (desk / "tickets" / "2026" / "11" / "HD-9.md").write_text("---\ntitle: [\n---\n")
    return desk


def piles(page: str) -> dict[str, list[str]]:
    """Return the ids of the tickets in each section of the page."""
    sections = re.findall(
        r'<section class="tk-pile" aria-labelledby="([a-z]+)">(.*?)</section>', page, re.DOTALL
    )
    return {name: re.findall(r'<span class="tk-id">([^<]*)</span>', text) for name, text in sections}


def test_it_shows_what_needs_somebody(busy: Path, website: Callable[..., Path]) -> None:
    page = (website() / "tickets" / "overview" / "index.html").read_text()
    found = piles(page)
    assert {name: ids for name, ids in found.items() if ids} == {
        "broken": ["HD-9"],
        "late": ["HD-1"],
        "soon": ["HD-2"],
        "unassigned": ["HD-9", "HD-3"],
        "waiting": ["HD-4"],
        "drafts": ["idea"],
        "created": ["HD-8"],
        "resolved": ["HD-6"],
    }
    assert "since Nov 14, 2026" in page
    assert '<a href="../?q=location:lyon">Lyon</a>' in page
    assert re.search(r'Omar Haddad</a><span class="tk-pile-note">until Dec 1, 2026', page)


def test_a_desk_without_work_says_so(desk: Path, website: Callable[..., Path]) -> None:
    page = (website() / "tickets" / "overview" / "index.html").read_text()
    assert "Nothing needs anybody’s attention now." in page
    assert not [ids for ids in piles(page).values() if ids]


def test_it_is_written_again_only_when_it_changes(busy: Path, website: Callable[..., Path]) -> None:
    file_ = website() / "tickets" / "overview" / "index.html"
    before = file_.stat().st_mtime_ns
    website()
    assert file_.stat().st_mtime_ns == before
    done = busy / "tickets" / "2026" / "10" / "HD-3.md"
    change(done, busy, NOW, "status: open", "status: resolved")
    website()
    assert "HD-3" in piles(file_.read_text())["resolved"]
