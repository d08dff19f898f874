"""Who may have work on the spot, whatever the rules gave it to: an edit by hand is found, too."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.conftest import Run, write_ticket

TODAY = date.today()
HERE = "also_covers: [{{location: austin, since: {}, until: {}}}]"


@pytest.mark.parametrize(
    ("person", "work", "status", "found"),
    [
        ("location: lyon", "onsite", "open", True),
        ("location: lyon", "remote", "open", False),
        ("location: lyon", "onsite", "closed", False),
        ("location: austin", "onsite", "open", False),
        ("location: austin, remote: yes", "onsite", "open", True),
        ("remote: yes", "onsite", "open", True),
        ("department: sales", "onsite", "open", False),
        (
            f"location: lyon, {HERE.format(TODAY - timedelta(2), TODAY + timedelta(2))}",
            "onsite",
            "open",
            False,
        ),
        (
            f"location: lyon, {HERE.format(TODAY + timedelta(2), TODAY + timedelta(4))}",
            "onsite",
            "open",
            True,
        ),
        (
            f"location: lyon, {HERE.format(TODAY - timedelta(9), TODAY - timedelta(2))}",
            "onsite",
            "open",
            True,
        ),
    ],
)
def test_work_on_the_spot_is_with_someone_who_is_there_today(
    person: str, work: str, status: str, found: bool, desk: Path, run: Run
) -> None:
    settings = desk / "tracker.yml"
    settings.write_text(
        settings.read_text().replace("ada@example.org, location: lyon", f"ada@example.org, {person}")
    )
    path = write_ticket(desk, 1, more=f"location: austin\nwork: {work}\nassignee: ada\n")
    path.write_text(path.read_text().replace("status: open", f"status: {status}"))
    codes = {one["code"] for one in json.loads(run("validate", "--json").out)}
    assert ("T207" in codes) is found
