"""Who is to blame for an id that stands in two files."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run, ticket, write_ticket

COPY, OTHER = "tickets/backup/HD-1.md", "tickets/backup/old/HD-1.md"


@pytest.mark.parametrize(
    ("copies", "blamed"),
    [([], []), ([COPY], [COPY]), ([COPY, OTHER], [COPY, OTHER]), (["tickets/2026/10/HD-1.md"], "both")],
    ids=["one", "a copy elsewhere", "two copies elsewhere", "two in their places"],
)
def test_a_ticket_in_its_place_is_not_wrong_because_of_a_copy_elsewhere(
    desk: Path, run: Run, copies: list[str], blamed: list[str] | str
) -> None:
    home = write_ticket(desk, 1).relative_to(desk).as_posix()
    for copy in copies:
        (desk / copy).parent.mkdir(parents=True, exist_ok=True)
        (desk / copy).write_text(ticket(1))
    findings = json.loads(run("validate", "--json").out)
    expected = sorted([*copies, home]) if blamed == "both" else sorted(blamed)
    assert sorted(finding["path"] for finding in findings if finding["code"] == "T201") == expected


def test_two_files_where_no_ticket_may_lie_have_one_id(desk: Path, run: Run) -> None:
    for copy in (COPY, OTHER):
        (desk / copy).parent.mkdir(parents=True, exist_ok=True)
        (desk / copy).write_text(ticket(1))
    findings = json.loads(run("validate", "--json").out)
    assert sorted(finding["path"] for finding in findings if finding["code"] == "T201") == [COPY, OTHER]
