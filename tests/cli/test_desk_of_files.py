"""`tracker validate FILES` finds the desk around the files from the top of a repository, where hooks run."""

from pathlib import Path

import pytest

from tests.conftest import Run, write_ticket


def test_the_desk_is_found_around_the_files(desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_ticket(desk, 1)
    path.write_text(path.read_text().replace("priority: normal", "priority: hihg"))
    monkeypatch.chdir(desk.parent)
    assert run("validate").code == 3
    for given in (str(path), "desk/tickets/2026/11/HD-1.md", "desk", "desk/tickets"):
        result = run("validate", given)
        assert result.code == 1, given
        assert "tickets/2026/11/HD-1.md:7:11" in result.out
    assert run("validate", "desk/tickets/2026/11/HD-2.md").code == 2


def test_a_link_is_looked_at_where_it_lies(desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk / "tickets").mkdir()
    (desk / "tickets" / "elsewhere").symlink_to("/etc")
    monkeypatch.chdir(desk.parent)
    result = run("validate", "desk/tickets/elsewhere")
    assert result.code == 1
    assert "T001" in result.out
