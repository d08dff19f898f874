"""The lists of a website: by person, team, location, department, category, label and requester."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import CONFIGURATION, write_ticket

TEAMS = """\
teams:
  workplace: {label: Workplace, members: [ada, omar]}
  network: {label: Network, members: [ada]}
"""
PEOPLE = CONFIGURATION.replace("location: lyon}", "location: lyon, department: sales}").replace(
    "location: austin}",
    "location: austin, absences: [{since: 2099-08-03, until: 2099-08-21, delegate: ada}]}",
)
ASKS = "requester:\n  name: Léa Martin\n  email: lea@example.org\n"


@pytest.fixture
def busy(desk: Path) -> Path:
    """A desk with a few tickets of everything."""
    (desk / "tracker.yml").write_text(PEOPLE + TEAMS)
    write_ticket(
        desk, 1, "Jam", "department: sales\nlocation: lyon\nlabels:\n  - third-floor\n  - Über eilig!\n"
    )
    write_ticket(desk, 2, "Smoke", "assignee: omar\ndepartment: sales\ndue: 2026-01-01\n")
    write_ticket(desk, 3, "Cable", "team: network\nassignee: omar\n")
    done = write_ticket(desk, 4, "Old", "labels:\n  - third-floor\n")
    done.write_text(done.read_text().replace("status: open", "status: closed"))
    return desk


def content(public: Path, page: str) -> str:
    text = (public / page / "index.html").read_text()
    return text[text.index('id="main"') : text.rindex("</article>")]


LISTS = {
    "people/omar": {"HD-2", "HD-3"},
    "teams/workplace": {"HD-2"},
    "teams/network": {"HD-3"},
    "locations/lyon": {"HD-1"},
    "departments/sales": {"HD-1", "HD-2"},
    "departments/accounting": set(),
    "categories/hardware": {"HD-1", "HD-2", "HD-3"},
    "categories/hardware/printer": {"HD-1", "HD-2", "HD-3"},
    "labels/third-floor": {"HD-1"},
}


def test_each_list_has_its_open_tickets(busy: Path, website: Callable[..., Path]) -> None:
    public = website()
    found = {
        page: {f"HD-{number}" for number in range(1, 5) if f"/HD-{number}/" in content(public, page)}
        for page in LISTS
    }
    assert found == LISTS


def test_a_label_may_be_any_text_and_its_page_has_a_plain_name(
    busy: Path, website: Callable[..., Path]
) -> None:
    labels = sorted(folder.name for folder in (website() / "labels").iterdir())
    assert labels[0] == "third-floor"
    assert labels[1].startswith("uber-eilig-")
    assert labels[1].isascii()
    page = content(busy / "public", f"labels/{labels[1]}")
    assert "Über eilig!</h1>" in page
    assert '"../../tickets/?q=labels:%22%C3%9Cber%20eilig%21%22"' in page


def test_a_list_says_what_it_is_about(busy: Path, website: Callable[..., Path]) -> None:
    public = website()
    omar = content(public, "people/omar")
    assert '<a href="../../teams/workplace/">Workplace</a>' in omar
    assert "Aug 3, 2099 – Aug 21, 2099" in omar
    assert '<a href="../ada/">Ada Byron stands in</a>' in omar
    assert '<strong>1</strong> <a href="../../tickets/?q=assignee:omar' not in omar
    assert '<strong>2</strong> <a href="../../tickets/?q=assignee:omar">open</a>' in omar
    assert "<strong>1</strong> late" in omar
    sales = content(public, "departments/sales")
    assert "<strong>1</strong> unassigned" in sales
    assert '<a href="../../people/ada/">Ada Byron</a>' in sales
    hardware = content(public, "categories/hardware")
    assert '<a href="printer/">' in hardware


def test_requesters_have_lists_only_where_all_readers_are_of_the_desk(
    busy: Path, website: Callable[..., Path]
) -> None:
    public = website()
    assert not (public / "requesters").exists()
    assert not (public / "tickets" / "requesters").exists()
    (busy / "tracker.yml").write_text(PEOPLE + TEAMS + "website: {internal: true}\n")
    public = website()
    (folder,) = (public / "requesters").iterdir()
    page = content(public, f"requesters/{folder.name}")
    assert "Léa Martin</h1>" in page
    assert "<strong>3</strong> open" in page
    assert "lea" not in folder.name
    assert f"../../requesters/{folder.name}/" in content(public, "tickets/requesters")
    (busy / "tracker.yml").write_text(PEOPLE + TEAMS)
    assert not (website() / "requesters").exists()
