"""Merging tickets in a clone that has the merge driver."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run, git, new_repository, write_ticket
from tracker.actions.merge_driver import merge_ticket

PLAIN = "work: triage\nlabels:\n  - old\n  - older\n"


@pytest.fixture
def driven(desk: Path) -> Path:
    """A desk with one ticket, whose Git merges with the driver."""
    git(desk, "config", "merge.tracker.driver", f"{sys.executable} -m tracker merge-driver %O %A %B %P")
    (desk / ".gitattributes").write_text("/tickets/**/*.md merge=tracker\n")
    path = write_ticket(desk, 1, more=PLAIN, body="One.\n\nTwo.\n\nThree.\n")
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "x")
    git(desk, "branch", "other")
    return path


def merged(desk: Path, run: Run, ours: list[str], theirs: list[str]) -> bool:
    run("set", "1", *ours, "--commit")
    git(desk, "checkout", "-q", "other")
    run("set", "1", *theirs, "--commit")
    git(desk, "checkout", "-q", "main")
    return subprocess.run(["git", "merge", "-q", "--no-edit", "other"], cwd=desk, check=False).returncode == 0


def test_lists_are_united_item_by_item(desk: Path, driven: Path, run: Run) -> None:
    assert merged(desk, run, ["labels+=a", "labels-=old"], ["labels+=b"])
    assert "labels:\n  - older\n  - a\n  - b\n" in driven.read_text()


def test_one_field_conflicts_alone_with_both_values(desk: Path, driven: Path, run: Run) -> None:
    ours = ["priority=high", "due=2026-12-01", "title=Ours"]
    assert not merged(desk, run, ours, ["priority=low", "assignee=omar", "labels+=b"])
    text = driven.read_text()
    assert "<<<<<<< ours\npriority: high\n=======\npriority: low\n>>>>>>> theirs\n" in text
    assert text.count("<<<<<<<") == 1
    assert "title: Ours\n" in text
    assert "assignee: omar\n" in text
    assert "due: 2026-12-01\n" in text
    assert "  - b\n" in text
    found = run("validate")
    assert found.code == 1
    assert "T008" in found.out


def test_neighbouring_and_inserted_fields_merge(desk: Path, driven: Path, run: Run) -> None:
    assert merged(desk, run, ["department=sales", "due=2026-12-01"], ["location=lyon", "affected=3"])
    assert run("validate").code == 0
    text = driven.read_text()
    assert all(
        part in text for part in ("department: sales", "due: 2026-12-01", "location: lyon", "affected: 3")
    )


def test_the_same_change_on_both_sides_is_no_conflict(desk: Path, driven: Path, run: Run) -> None:
    assert merged(desk, run, ["priority=high", "labels+=a"], ["priority=high", "labels+=a"])
    assert driven.read_text().count("- a\n") == 1


def front(*lines: str, body: str = "body\n") -> str:
    return "\n".join(["---", *lines, "---", body])


@pytest.mark.parametrize(
    ("before", "ours", "theirs", "wanted"),
    [
        pytest.param(
            front("status: open", "# note", "priority: low", "title: T"),
            front("status: open", "# note", "priority: low", "title: O"),
            front("status: open", "# note of theirs", "priority: low  # agreed", "title: T"),
            front("status: open", "# note of theirs", "priority: low  # agreed", "title: O"),
            id="comments of one side",
        ),
        pytest.param(
            front("# head", "id: 1"),
            front("# head", "id: 2"),
            front("# new head", "id: 1"),
            None,
            id="comment",
        ),
        pytest.param(
            front("due: 1", "# of labels", "labels:", "  - a"),
            front("due: 1", "# of labels", "labels:", "  - b"),
            front("# of labels", "labels:", "  - a"),
            front("# of labels", "labels:", "  - b"),
            id="a field goes, the comment below it stays",
        ),
        pytest.param(
            front("labels:", "  - a  # first", "  # of b", "  - b"),
            front("labels:", "  - a  # first", "  # of b", "  - b", "  # ours", "  - c"),
            front("labels:", "- a  # first", "- 12  # theirs"),
            front("labels:", "  - a  # first", "  # ours", "  - c", "  - 12  # theirs"),
            id="each item keeps its comments and quotes",
        ),
        pytest.param(
            front("aliases:", "  - a", "labels:", "  - a"),
            front("aliases:", "  - a", "labels:", "  - b"),
            front("aliases:", "  - a", "labels:", "  - a", "  - c"),
            front("aliases:", "  - a", "labels:", "  - b", "  - c"),
            id="lists of the same items",
        ),
        pytest.param(
            front("labels:", "  - a", "  - b"),
            front("labels:", "  - a", "  - b", "  - o"),
            front("labels:  # all", "  # ask first", "  - a", "  - b  # theirs", "  - t"),
            front("labels:  # all", "  # ask first", "  - a", "  - b  # theirs", "  - o", "  - t"),
            id="comments that one side adds to items that both have",
        ),
        pytest.param(
            front("labels:", '  - "x\\u2028y"'),
            front("labels:", '  - "x\\u2028y"', "  - o"),
            front("labels:", '  - "x\\u2028y"', "  - t"),
            front("labels:", '  - "x\\u2028y"', "  - o", "  - t"),
            id="a line end of Unicode within an item",
        ),
        pytest.param(
            front("labels:", "  - a", "  - b"),
            front("labels:", "  - a"),
            front("labels:", "  - b"),
            front(),
            id="both remove",
        ),
        pytest.param(
            front("id: 1", "labels:", "  - a"),
            front("id: 1"),
            front("id: 1", "labels:", "  - a", "  - b"),
            front("id: 1", "labels:", "  - b"),
            id="one removes the last item, one adds",
        ),
        pytest.param(
            front("system:", "  kind: a", "  model: b"),
            front("system:", "  kind: x", "  model: b"),
            front("system:", "  kind: a", "  model: y"),
            front("system:", "  kind: x", "  model: y"),
            id="keys of a mapping",
        ),
        pytest.param("---\nid: 1\n---", "---\nid: 2\n---", front("id: 1"), front("id: 2"), id="no line end"),
        pytest.param(
            front("id: 1", "title: T"),
            front("id: 1", "title: T").replace("\n", "\r\n"),
            front("id: 1", "title: N"),
            front("id: 1", "title: N").replace("\n", "\r\n"),
            id="line ends",
        ),
        pytest.param(
            front("id: 1", "t: x", "u: y"),
            front("id: 1", "t: z", "u: y"),
            front("id: 1", "t: x", "u: |+", "  text", "", ""),
            front("id: 1", "t: z", "u: |+", "  text", "", ""),
            id="text with empty lines",
        ),
    ],
)
def test_what_one_side_did_is_there(before: str, ours: str, theirs: str, wanted: str | None) -> None:
    merged = merge_ticket(before.encode(), ours.encode(), theirs.encode(), "x.md")
    if wanted is None:
        assert "# new head" in merged.data.decode()
    else:
        assert merged.clean
        assert merged.data.decode() == wanted


@pytest.mark.parametrize(
    "theirs", ["---\n  id: 1\n  title: N\n---\n", "---\n{id: 1, title: N}\n---\n", "no front matter\n"]
)
def test_what_has_no_lines_of_its_own_is_never_called_clean_when_it_is_not(theirs: str) -> None:
    ours = "---\nid: 1\ntitle: T\nstatus: open\n---\n"
    merged = merge_ticket(b"---\nid: 1\ntitle: T\n---\n", ours.encode(), theirs.encode(), "x.md")
    assert not merged.clean
    assert b"<<<<<<<" in merged.data


@pytest.mark.parametrize("program", ["/nowhere/with space/python", "no package"])
def test_without_the_program_git_merges_line_by_line(
    desk: Path, driven: Path, run: Run, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    if program == "no package":
        fake = desk.parent / "python"
        fake.write_text("#!/bin/sh\nexit 1\n")
        fake.chmod(0o755)
        program = str(fake)
    monkeypatch.setattr(sys, "executable", program)
    assert run("merge-driver", "--install").code == 0
    assert not merged(desk, run, ["priority=high"], ["priority=low", "labels+=b"])
    text = driven.read_text()
    assert "priority: high\n=======\npriority: low" in text
    assert "- b" in text


def test_it_is_installed_for_a_desk_in_a_subfolder(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_repository(tmp_path / "repo")
    (tmp_path / "repo" / ".gitattributes").write_text("* text=auto\n")
    folder = tmp_path / "repo" / "it desk"
    monkeypatch.chdir(tmp_path)
    assert run("init", str(folder)).code == 0
    path = "it desk/tickets/2026/11/HD-1.md"
    assert git(tmp_path / "repo", "check-attr", "merge", "--", path) == f"{path}: merge: tracker\n"
    assert run("-C", str(folder), "merge-driver", "--install").code == 0
    lines = (tmp_path / "repo" / ".git" / "info" / "attributes").read_text().splitlines()
    assert sum("merge=tracker" in line for line in lines) == 1


def test_init_installs_it(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init", "new").code == 0
    assert "merge-driver %O %A %B %P" in git(tmp_path / "new", "config", "merge.tracker.driver")
    assert "merge=tracker" in (tmp_path / "new" / ".gitattributes").read_text()


def test_two_tickets_of_one_number_are_not_made_one(desk: Path, driven: Path, run: Run) -> None:
    sides = []
    for branch, title in (("main", "Ours"), ("other", "Theirs")):
        git(desk, "checkout", "-q", branch)
        path = write_ticket(desk, 5, title=title, more="labels:\n  - a\n", body=f"{title}.\n")
        path.write_text(path.read_text().replace("T09:00", "T09:00" if title == "Ours" else "T10:00"))
        sides.append(path.read_text())
        git(desk, "add", "-A")
        git(desk, "commit", "-qm", title)
    git(desk, "checkout", "-q", "main")
    assert subprocess.run(["git", "merge", "-q", "other"], cwd=desk, check=False).returncode == 1
    assert path.read_text() == f"<<<<<<< ours\n{sides[0]}=======\n{sides[1]}>>>>>>> theirs\n"
    assert "keep both" in run("renumber").err


def test_comments_of_both_sides_to_one_item_conflict() -> None:
    sides = (
        front("labels:", "  - a"),
        front("labels:", "  - a  # mine", "  - o"),
        front("labels:", "  - a  # theirs", "  - t"),
    )
    merged_text = merge_ticket(*(side.encode() for side in sides), "x.md")
    assert not merged_text.clean
    assert b"# mine" in merged_text.data
    assert b"# theirs" in merged_text.data


@pytest.mark.parametrize(
    "sides",
    [
        (
            front("links:", "  - a"),
            front("links:", "  # mine", "  - x", "  - a"),
            front("links:", "  - a", "  # yours", "  - x"),
        ),
        (
            front("links:", "  - a"),
            front("links:", "  # mine", "  - a"),
            front("links:", "  # yours", "  - a", "  # end"),
        ),
    ],
)
def test_an_item_never_stands_twice_nor_loses_a_comment_silently(sides: tuple[str, str, str]) -> None:
    merged_text = merge_ticket(*(side.encode() for side in sides), "x.md")
    assert not merged_text.clean
    assert b"# mine" in merged_text.data
    assert b"# yours" in merged_text.data
