"""A ticket's life at the command line."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run, git, write_ticket


def test_new_on_the_default_branch_is_accepted_at_once(desk: Path, run: Run) -> None:
    result = run("new", "Printer jams: badly", "-s", "category=hardware/printer", "-m", "It jams.")
    place = result.out.strip()
    assert place.startswith("tickets/20")
    assert place.endswith("/HD-1.md")
    text = (desk / place).read_text()
    assert "title: 'Printer jams: badly'\n" in text
    assert "requester:\n  name: Ada Byron\n  email: ada@example.org\n" in text
    assert text.endswith("---\nIt jams.\n")
    assert run("validate").code == 0


def test_new_elsewhere_is_a_draft_that_accept_numbers(desk: Path, run: Run) -> None:
    git(desk, "checkout", "-qb", "topic")
    draft = run("new", "No network", "-s", "category=network", "-m", "x").out.strip()
    assert draft.startswith("tickets/drafts/HD-")
    drafted = Path(draft).stem
    run("comment", drafted, "-m", "Since when?")
    accepted = json.loads(run("accept", "--json").out)
    assert [ticket["id"] for ticket in accepted] == ["HD-1"]
    assert not (desk / draft).exists()
    text = (desk / accepted[0]["path"]).read_text()
    assert text.startswith("---\nid: HD-1\n")
    assert f"aliases:\n  - {drafted}\n" in text
    comments = list((desk / accepted[0]["path"].removesuffix(".md")).glob("*.md"))
    assert len(comments) == 1
    assert "# HD-1" in run("show", drafted).out or "HD-1  No network" in run("show", drafted).out


def test_numbers_are_never_used_again(desk: Path, run: Run) -> None:
    run("new", "One", "-s", "category=network")
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "one")
    git(desk, "rm", "-qr", "tickets")
    git(desk, "commit", "-qm", "deleted")
    assert run("new", "Two", "-s", "category=network").out.strip().endswith("HD-2.md")


@pytest.mark.parametrize(
    ("assignment", "lines"),
    [
        ("priority=high", ["-priority: normal", "+priority: high"]),
        ("title=It's: new", ["-title: A ticket", '+title: "It\'s: new"']),
        ("due=2026-12-01", ["+due: 2026-12-01"]),
        ("labels=b,a", ["+labels:", "+  - b", "+  - a"]),
        ("requester.email=x@example.org", ["-  email: lea@example.org", "+  email: x@example.org"]),
        ("affected=12", ["+affected: 12"]),
        ("system.asset=010", ["+system:", "+  asset: '010'"]),
    ],
)
def test_set_changes_its_line_and_no_other(desk: Path, run: Run, assignment: str, lines: list[str]) -> None:
    write_ticket(desk, 1)
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "x")
    result = run("set", "1", assignment)
    assert result.code == 0
    diff = git(desk, "diff", "-U0").splitlines()
    changed = [line for line in diff if line[:1] in "+-" and not line.startswith(("+++", "---"))]
    assert changed == lines
    assert all(line in result.out for line in lines)


def test_lists_grow_and_shrink(desk: Path, run: Run) -> None:
    path = write_ticket(desk, 1, more="labels:\n  - a\n  - b  # keep\n")
    run("set", "1", "labels+=c", "labels-=a")
    assert "labels:\n  - b  # keep\n  - c\n" in path.read_text()
    run("set", "1", "labels-=b,c")
    assert "labels" not in path.read_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("set", "1", "priority=hihg"), ["“hihg”", "Did you mean “high”?"]),
        (("set", "1", "due=2026-13-05"), ["There is no day 2026-13-05"]),
        (("set", "1", "prio=high"), ["no field “prio”", "priority"]),
        (("set", "1", "id=HD-9"), ["cannot be changed"]),
        (("set", "1", "affected=many"), ["a number"]),
        (("set", "1", "work=onsite"), ["location is missing"]),
        (("move", "1", "new"), ["cannot go from open to new", "waiting"]),
        (("move", "1", "clsoed"), ["“clsoed”", "closed"]),
        (("assign", "1", "oma"), ["“oma”", "omar"]),
        (("show", "99"), ["no ticket “99”"]),
        (("list", "statsu:open"), ["“statsu”", "status"]),
        (("list", "status:opne"), ["“opne”", "open"]),
        (("frobnicate",), ["No such command"]),
    ],
)
def test_what_does_not_fit_is_refused_in_words(
    desk: Path, run: Run, arguments: tuple[str, ...], words: list[str]
) -> None:
    path = write_ticket(desk, 1)
    before = path.read_bytes()
    result = run(*arguments)
    assert result.code == 2
    assert all(word in result.err for word in words), result.err
    assert "Traceback" not in result.err
    assert path.read_bytes() == before


def test_move_assign_and_comment(desk: Path, run: Run) -> None:
    path = write_ticket(desk, 1)
    run("move", "1", "waiting")
    run("assign", "1", "me")
    run("comment", "1", "-m", "Waiting for the part.", "--internal")
    text = path.read_text()
    assert "status: waiting\n" in text
    assert "assignee: ada\n" in text
    shown = run("show", "1").out
    assert "Waiting for the part." in shown
    assert "Ada Byron" in shown
    run("assign", "1", "--nobody")
    assert "assignee" not in path.read_text()


def test_list_chooses_by_id_and_by_field(desk: Path, run: Run) -> None:
    write_ticket(desk, 1, "Printer", "location: lyon\n")
    write_ticket(desk, 2, "Screen", "location: austin\n")
    chosen = {query: [row["id"] for row in json.loads(run("list", query, "--json").out)] for query in
              ("location:lyon", "-location:lyon", "id:HD-2", "print", "is:unassigned", "category:hardware")}  # fmt: skip
    assert chosen == {
        "location:lyon": ["HD-1"],
        "-location:lyon": ["HD-2"],
        "id:HD-2": ["HD-2"],
        "print": ["HD-1"],
        "is:unassigned": ["HD-1", "HD-2"],
        "category:hardware": ["HD-1", "HD-2"],
    }


@pytest.mark.parametrize("typed", ["HD-1042", "hd-1042", "1042", "104"])
def test_ids_may_be_shortened(desk: Path, run: Run, typed: str) -> None:
    write_ticket(desk, 1042)
    assert run("show", typed).out.startswith("HD-1042")


def test_a_command_outside_a_desk_says_how_to_make_one(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("list")
    assert result.code == 3
    assert "tracker init" in result.err


@pytest.mark.parametrize("where", ["worktree", "submodule", "subfolder", "empty"])
def test_any_sort_of_repository_will_do(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, desk: Path, where: str
) -> None:
    git(desk, "config", "protocol.file.allow", "always")
    folder = tmp_path / where
    match where:
        case "worktree":
            git(desk, "worktree", "add", "-q", "-b", "other", str(folder))
        case "submodule":
            outer = tmp_path / "outer"
            git(tmp_path, "init", "-q", str(outer))
            git(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(desk), "inner")
            folder = outer / "inner"
        case "subfolder":
            git(tmp_path, "init", "-q", str(tmp_path / "big"))
            folder = tmp_path / "big" / "support"
            folder.mkdir()
            (folder / "tracker.yml").write_text((desk / "tracker.yml").read_text())
        case _:
            git(tmp_path, "init", "-q", str(folder))
            (folder / "tracker.yml").write_text((desk / "tracker.yml").read_text())
    monkeypatch.chdir(folder)
    result = run("new", "Printer", "-s", "category=network", "-s", "requester.name=Ada")
    assert (folder / result.out.strip()).is_file()
    assert run("validate").code == 0
    assert run("list").out.count("Printer") == 1


def test_validate_reports_on_the_given_files_and_folders(desk: Path, run: Run) -> None:
    write_ticket(desk, 1, more="assignee: nobody\n")
    write_ticket(desk, 2, more="assignee: nobody\n")
    folder = "tickets/2026/11"
    assert "HD-2" not in run("validate", f"{folder}/HD-1.md").out
    assert run("validate", f"./{folder}/../11/HD-1.md").out.count("T103") == 1
    assert run("validate", folder).out.count("T103") == 2
    assert run("validate", ".").out.count("T103") == 2
    assert "1 ticket checked" in run("validate", f"{folder}/HD-1.md").out
    assert run("validate", "missing.md").code == 2
    (desk / "tracker.yml").write_text("desk: x\nwrong: y\n")
    assert "C106" in run("validate", f"{folder}/HD-1.md").out


def test_work_on_the_spot_is_not_given_to_someone_elsewhere(desk: Path, run: Run) -> None:
    write_ticket(desk, 1)
    assert run("set", "1", "location=lyon", "work=onsite").code == 0
    refused = run("assign", "1", "omar")
    assert refused.code == 2
    assert "omar is at austin, but the work is on the spot at lyon" in refused.err
    assert "At lyon: ada." in refused.err
    assert run("assign", "1", "ada").code == 0
    assert run("set", "1", "exceptions+=T207 Omar visits Lyon this week", "assignee=omar").code == 0
    assert run("validate").code == 0


def test_a_draft_of_another_order_is_accepted_in_the_usual_one(desk: Path, run: Run) -> None:
    (desk / "tickets/drafts").mkdir(parents=True)
    (desk / "tickets/drafts/x.md").write_text(
        "---\n# Asked on the phone\npriority: low  # she can wait\ntype: request\n"
        "category: hardware/printer\ntitle: A cable\n---\n"
    )
    git(desk, "add", "-A")
    git(desk, "-c", "user.name=Ada", "commit", "-qm", "A draft")
    assert run("accept", "--commit").code == 0
    assert run("validate").code == 0
    assert "T109" not in run("validate").out
    text = next((desk / "tickets").rglob("HD-*.md")).read_text()
    assert "# Asked on the phone\npriority: low  # she can wait\n" in text
