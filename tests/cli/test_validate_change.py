"""A change is checked against its base: by the rules of the base, for what it touches and for what it does."""

import json
import os
from pathlib import Path

import pytest

from tests.conftest import CONFIGURATION, Run, git, ticket

WORKFLOW = """\
statuses:
  new: {to: [open]}
  open: {to: [resolved]}
  resolved: {to: [open], open: false, requires: [resolution]}
"""
COMMENT = "---\nauthor: omar\ncreated: 2026-11-20T10:00:00+01:00\n---\nIt is on its way.\n"


@pytest.fixture
def proposed(desk: Path) -> Path:
    """A desk with three tickets and a comment, on a branch of somebody who is not one of its people."""
    (desk / "tracker.yml").write_text(CONFIGURATION + WORKFLOW)
    for number in (1, 2, 3):
        write(desk, place(number), ticket(number))
    write(desk, "tickets/2026/11/HD-1/2026-11-20T100000Z-omar.md", COMMENT)
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "Three tickets")
    git(desk, "checkout", "-qb", "fork")
    git(desk, "config", "user.email", "mallory@example.com")
    return desk


def place(number: int) -> str:
    return f"tickets/2026/11/HD-{number}.md"


def write(desk: Path, path: str, text: str) -> None:
    (desk / path).parent.mkdir(parents=True, exist_ok=True)
    (desk / path).write_text(text)


def edit(desk: Path, number: int, old: str, new: str) -> None:
    file = desk / place(number)
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))


def commit(desk: Path) -> None:
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "Proposed")


def found(run: Run, *arguments: str) -> list[str]:
    result = run("validate", "--json", *arguments)
    findings = json.loads(result.out)
    assert result.code == (1 if any(finding["severity"] == "error" for finding in findings) else 0)
    return [f"{finding['path']}:{finding['line']} {finding['code']}" for finding in findings]


def test_a_forks_change_is_judged_by_the_rules_of_the_base(proposed: Path, run: Run) -> None:
    (proposed / "tracker.yml").write_text(
        CONFIGURATION + 'rules: {T103: "off", T301: "off", T303: "off", T307: "off"}\n'
    )
    edit(proposed, 1, "status: open", "status: new\nx: 1")
    edit(proposed, 2, "priority: normal", "priority: whatever")
    write(proposed, "tickets/2026/11/HD-1/2026-11-20T100000Z-omar.md", COMMENT.replace("is", "is not"))
    (proposed / "tickets/2026/11/HD-4.md").symlink_to("/etc/passwd")
    commit(proposed)
    expected = [
        "tickets/2026/11/HD-1.md:5 T301",
        "tickets/2026/11/HD-1/2026-11-20T100000Z-omar.md:1 T303",
        "tickets/2026/11/HD-2.md:7 T103",
        "tickets/2026/11/HD-4.md:1 T001",
        "tracker.yml:1 T307",
    ]
    assert found(run, "--base", "main") == expected
    git(proposed, "checkout", "-q", "main")
    assert found(run, "--base", "main", "--at", "fork") == expected
    assert found(run, "--base", "main", "--at", "fork", place(2)) == ["tickets/2026/11/HD-2.md:7 T103"]


def test_the_desks_people_may_change_its_settings(proposed: Path, run: Run) -> None:
    (proposed / "tracker.yml").write_text(CONFIGURATION + WORKFLOW + "language: fr\n")
    git(proposed, "config", "user.email", "Ada@example.org")
    commit(proposed)
    assert found(run, "--base", "main") == []
    assert found(run, "--base", "main", "--actor", "stranger") == ["tracker.yml:1 T307"]
    assert found(run, "--base", "main", "--actor", "ADA") == []


def test_what_is_not_committed_counts_too(proposed: Path, run: Run) -> None:
    edit(proposed, 1, "status: open", "status: new\nx: 1")
    write(proposed, "tickets/drafts/x.md", "---\ntitle: A draft\npriority: whatever\n---\n")
    assert found(run, "--changed") == ["tickets/2026/11/HD-1.md:5 T301", "tickets/drafts/x.md:3 T103"]
    assert found(run, "--base", "main") == found(run, "--changed")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("created: 2026-11-02", "created: 2026-10-02", ["T009", "T302"]),
        ("name: Léa Martin", "name: Léo Martin", ["T302"]),
        ("id: HD-1\n", "id: HD-77\n", ["T009", "T302", "T305"]),
        ("status: open", "status: resolved", ["T301"]),
        ("status: open", "status: resolved\nresolution: solved", []),
        ("title: A ticket", "title: Another ticket", []),
    ],
)
def test_some_fields_and_ways_are_fixed(
    proposed: Path, run: Run, old: str, new: str, expected: list[str]
) -> None:
    edit(proposed, 1, old, new)
    commit(proposed)
    assert sorted(entry.split(" ")[1] for entry in found(run, "--base", "main")) == expected


def test_what_was_there_is_neither_removed_nor_numbered_by_hand(proposed: Path, run: Run) -> None:
    (proposed / place(2)).unlink()
    (proposed / "tickets/2026/11/HD-1/2026-11-20T100000Z-omar.md").unlink()
    edit(proposed, 3, "requester:", "links:\n  - blocks HD-1\nrequester:")
    write(proposed, place(40), ticket(40, more="links:\n  - follows HD-3\n"))
    commit(proposed)
    assert found(run, "--base", "main") == [
        "tickets/2026/11/HD-1/2026-11-20T100000Z-omar.md:1 T303",
        "tickets/2026/11/HD-2.md:1 T304",
        "tickets/2026/11/HD-3.md:11 T109",
        "tickets/2026/11/HD-40.md:2 T305",
    ]


@pytest.mark.parametrize(
    ("ticket_id", "more"),
    [
        ("HD-99999999", "aliases:\n  - HD-2\n"),
        ("HD-500", "aliases:\n  - HD-2.2\n"),
        ("HD-k7q3x", ""),
    ],
)
def test_no_alias_and_no_form_of_an_id_stands_for_a_number_that_was_given(
    proposed: Path, run: Run, ticket_id: str, more: str
) -> None:
    text = ticket(2, more=more).replace("id: HD-2\n", f"id: {ticket_id}\n")
    (proposed / place(2)).unlink()
    write(proposed, f"tickets/2026/11/{ticket_id}.md", text)
    commit(proposed)
    assert f"tickets/2026/11/{ticket_id}.md:2 T305" in found(run, "--base", "main")


def test_an_address_is_its_owners_however_it_is_written(proposed: Path, run: Run) -> None:
    text = COMMENT.replace("author: omar", "author: Mallory@Example.COM")
    write(proposed, "tickets/2026/11/HD-1/2026-11-21T100000Z-mallory.md", text)
    commit(proposed)
    assert [one for one in found(run, "--base", "main") if "T306" in one] == []


def test_only_the_newcomer_is_blamed_for_a_claim(proposed: Path, run: Run) -> None:
    edit(proposed, 3, "---\nText", "aliases:\n  - HD-1\n---\nText")
    commit(proposed)
    assert found(run, "--base", "main") == ["tickets/2026/11/HD-3.md:13 T201"]
    assert found(run) == ["tickets/2026/11/HD-1.md:2 T201", "tickets/2026/11/HD-3.md:13 T201"]


def test_what_a_change_makes_wrong_elsewhere_is_told(proposed: Path, run: Run) -> None:
    git(proposed, "checkout", "-q", "main")
    edit(proposed, 2, "---\nText", "links:\n  - parent HD-1\n---\nText")
    commit(proposed)
    edit(proposed, 1, "status: open", "status: resolved\nresolution: solved")
    assert found(run, "--base", "HEAD") == ["tickets/2026/11/HD-1.md:5 T205"]
    git(proposed, "checkout", "-q", ".")
    edit(proposed, 1, "status: open", "status: resolved\nresolution: solved")
    edit(proposed, 2, "status: open", "status: resolved\nresolution: solved")
    commit(proposed)
    edit(proposed, 2, "status: resolved\nresolution: solved", "status: open")
    assert found(run, "--base", "HEAD") == ["tickets/2026/11/HD-1.md:5 T205"]


def test_a_comment_in_anothers_name_is_told_unless_the_desk_writes_it(proposed: Path, run: Run) -> None:
    write(proposed, "tickets/2026/11/HD-2/2026-11-21T100000Z-omar.md", COMMENT)
    commit(proposed)
    assert found(run, "--base", "main") == ["tickets/2026/11/HD-2/2026-11-21T100000Z-omar.md:2 T306"]
    assert found(run, "--base", "main", "--actor", "ada") == []
    git(proposed, "checkout", "-q", "main")
    (proposed / "tracker.yml").write_text(CONFIGURATION + WORKFLOW + "changes: {comments: own}\n")
    commit(proposed)
    base = git(proposed, "rev-parse", "HEAD").strip()
    write(proposed, "tickets/2026/11/HD-3/2026-11-21T100000Z-omar.md", COMMENT)
    commit(proposed)
    assert found(run, "--base", base, "--actor", "omar") == []
    assert found(run, "--base", base, "--actor", "ada") == [
        "tickets/2026/11/HD-3/2026-11-21T100000Z-omar.md:2 T306"
    ]


def test_a_draft_that_is_accepted_takes_its_conversation_along(proposed: Path, run: Run) -> None:
    git(proposed, "checkout", "-q", "main")
    git(proposed, "config", "user.email", "ada@example.org")
    write(proposed, "tickets/drafts/HD-k7q3x.md", ticket(1).replace("HD-1", "HD-k7q3x"))
    write(proposed, "tickets/drafts/HD-k7q3x/2026-11-20T100000Z-omar.md", COMMENT)
    commit(proposed)
    assert run("accept", "HD-k7q3x", "--commit").code == 0
    assert found(run, "--base", "HEAD~1") == ["tickets/2026/11/HD-4.md:2 T305"]


def test_a_shallow_clone_says_what_to_fetch(
    proposed: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit_on_main = git(proposed, "rev-parse", "main").strip()
    edit(proposed, 1, "title: A ticket", "title: Another")
    commit(proposed)
    clone = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", f"file://{proposed}", str(clone))
    git(clone, "checkout", "-q", "fork")
    monkeypatch.chdir(clone)
    result = run("validate", "--base", "origin/main")
    assert result.code == 3
    assert "git fetch --deepen" in result.err
    git(clone, "fetch", "-q", "--deepen=20")
    assert run("validate", "--base", "origin/main").code == 0
    assert git(clone, "rev-parse", "origin/main").strip() == commit_on_main


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--base", "nowhere"), "names no commit here"),
        (("--base", "--upload-pack=x"), "names no commit here"),
        (("--actor", "ada"), "--base REV"),
        (("--at", "HEAD", "--fix"), "Leave --at out"),
        (("nothing.md",), "There is no nothing.md in this desk"),
    ],
)
def test_what_makes_no_sense_is_said(proposed: Path, run: Run, arguments: tuple[str, ...], told: str) -> None:
    result = run("validate", *arguments)
    assert result.code == 2
    assert told in result.err


def test_the_proposed_configuration_is_checked_but_not_obeyed(proposed: Path, run: Run) -> None:
    git(proposed, "config", "user.email", "ada@example.org")
    (proposed / "tracker.yml").write_text(CONFIGURATION + "langage: fr\n")
    edit(proposed, 1, "priority: normal", "priority: whatever")
    commit(proposed)
    git(proposed, "checkout", "-q", "main")
    assert found(run, "--base", "main", "--at", "fork") == [
        "tickets/2026/11/HD-1.md:7 T103",
        "tracker.yml:13 C106",
    ]


@pytest.mark.parametrize("way", ["gone", "a link", "a folder"])
def test_a_desk_without_its_configuration_is_still_judged(proposed: Path, run: Run, way: str) -> None:
    (proposed / "tracker.yml").unlink()
    if way == "a link":
        (proposed / "tracker.yml").symlink_to("/etc/passwd")
    elif way == "a folder":
        write(proposed, "tracker.yml/x.md", "x")
    edit(proposed, 1, "priority: normal", "priority: whatever")
    commit(proposed)
    git(proposed, "checkout", "-q", "-f", "main")
    told = found(run, "--base", "main", "--at", "fork")
    assert "tickets/2026/11/HD-1.md:7 T103" in told
    assert "tracker.yml:1 T307" in told
    assert [one for one in told if one.startswith("tracker.yml:1 C0")]


def test_a_configuration_that_makes_tickets_wrong_is_no_harmless_change(proposed: Path, run: Run) -> None:
    git(proposed, "config", "user.email", "ada@example.org")
    (proposed / "tracker.yml").write_text(CONFIGURATION.replace("hardware/printer, ", "") + WORKFLOW)
    commit(proposed)
    expected = [f"tickets/2026/11/HD-{number}.md:6 T103" for number in (1, 2, 3)]
    assert found(run, "--base", "main") == expected
    assert found(run, "--base", "main", "--at", "fork") == expected


def test_changed_means_the_default_branch_also_without_a_remote(proposed: Path, run: Run) -> None:
    edit(proposed, 1, "priority: normal", "priority: whatever")
    commit(proposed)
    assert found(run, "--changed") == ["tickets/2026/11/HD-1.md:7 T103"]
    base = git(proposed, "rev-parse", "main")[:10]
    assert f"Compared with main ({base})" in run("validate", "--changed").err


def test_a_file_that_cannot_be_read_changes_nothing_it_does_not_say(proposed: Path, run: Run) -> None:
    edit(proposed, 1, "title: A ticket", "title: a: b")
    commit(proposed)
    assert found(run, "--base", "main") == ["tickets/2026/11/HD-1.md:3 T005"]


def test_a_text_in_brackets_is_no_list(proposed: Path, run: Run) -> None:
    edit(proposed, 1, "title: A ticket", "title: [URGENT]")
    assert found(run) == ["tickets/2026/11/HD-1.md:3 T102"]


@pytest.mark.parametrize("way", ["changed", "removed"])
def test_an_attachment_stays_what_it_was(proposed: Path, run: Run, way: str) -> None:
    git(proposed, "checkout", "-q", "main")
    path = "tickets/2026/11/HD-1/files/3f2a91c0-offer.txt"
    write(proposed, path, "1,000 EUR\n")
    commit(proposed)
    git(proposed, "checkout", "-q", "-B", "fork")
    if way == "changed":
        write(proposed, path, "9,000 EUR\n")
    else:
        (proposed / path).unlink()
    commit(proposed)
    assert f"{path}:1 T303" in found(run, "--base", "main")


def test_an_alias_of_another_ticket_hides_nothing(proposed: Path, run: Run) -> None:
    decoy = ticket(1, more="aliases:\n  - HD-1\n").replace("id: HD-1", "id: HD-zzzzz")
    write(proposed, "tickets/drafts/HD-zzzzz.md", decoy)
    edit(proposed, 1, "name: Léa Martin", "name: Léo Martin")
    edit(proposed, 1, "---\nText", "links:\n  - duplicates HD-zzzzz\n---\nText")
    commit(proposed)
    assert "tickets/2026/11/HD-1.md:10 T302" in found(run, "--base", "main")


def test_a_ticket_does_not_become_a_draft_again(proposed: Path, run: Run) -> None:
    (proposed / place(2)).unlink()
    write(proposed, "tickets/drafts/x.md", "---\ntitle: x\naliases:\n  - HD-2\n---\n")
    commit(proposed)
    assert "tickets/2026/11/HD-2.md:1 T304" in found(run, "--base", "main")


def test_a_comment_stays_with_its_ticket(proposed: Path, run: Run) -> None:
    git(proposed, "mv", "tickets/2026/11/HD-1", "tickets/2026/11/HD-2")
    commit(proposed)
    name = "2026-11-20T100000Z-omar.md"
    assert found(run, "--base", "main") == [
        f"tickets/2026/11/HD-1/{name}:1 T303",
        f"tickets/2026/11/HD-2/{name}:2 T306",
    ]


def test_nobody_is_one_of_the_desks_people(proposed: Path, run: Run) -> None:
    git(proposed, "checkout", "-q", "main")
    (proposed / "tracker.yml").write_text(CONFIGURATION.replace("email: ada@example.org, ", "") + WORKFLOW)
    commit(proposed)
    git(proposed, "config", "--unset", "user.email")
    (proposed / "tracker.yml").write_text((proposed / "tracker.yml").read_text() + "language: fr\n")
    assert found(run, "--base", "HEAD") == ["tracker.yml:1 T307"]


@pytest.mark.parametrize("path", ["mkdocs.yml", "tickets/.gitattributes", ".github/workflows/x.yml"])
def test_what_runs_and_what_is_shown_are_settings(proposed: Path, run: Run, path: str) -> None:
    write(proposed, path, "x: 1\n")
    commit(proposed)
    assert found(run, "--base", "main") == [f"{path}:1 T307"]


def test_fix_loses_neither_of_two_drafts_nor_a_comment(proposed: Path, run: Run) -> None:
    write(proposed, "tickets/a/x.md", "---\ntitle: x\n---\nAAAA\n")
    write(proposed, "tickets/b/x.md", "---\ntitle: x\n---\nBBBB\n")
    note = "tickets/2026/11/HD-1/2026-11-12T101200Z-omar.md"
    write(proposed, note, COMMENT.replace("author", "title: Re\nvisibility: Internal\nauthor"))
    run("validate", "--fix")
    texts = [path.read_text() for path in (proposed / "tickets").rglob("x.md")]
    assert sorted(text.split("\n")[-2] for text in texts) == ["AAAA", "BBBB"]
    assert (proposed / note).is_file()


def test_the_remote_says_which_branch_is_the_default_one(
    proposed: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(proposed, "checkout", "-q", "main")
    git(proposed, "branch", "lax")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", f"file://{proposed}", str(clone))
    git(clone, "checkout", "-qb", "work")
    monkeypatch.chdir(clone)
    (clone / "tracker.yml").write_text(CONFIGURATION + WORKFLOW + "forge: {branch: lax}\n")
    assert "Compared with origin/main" in run("validate", "--changed").err
    git(clone, "remote", "set-head", "origin", "--delete")
    refused = run("validate", "--changed")
    assert refused.code == 2
    assert "git remote set-head origin --auto" in refused.err
    git(clone, "checkout", "-q", "tracker.yml")
    assert "Compared with origin/main" in run("validate", "--changed").err


def test_what_a_status_requires_is_not_taken_away_later(proposed: Path, run: Run) -> None:
    edit(proposed, 1, "status: open", "status: resolved\nresolution: solved")
    commit(proposed)
    edit(proposed, 1, "resolution: solved\n", "")
    assert found(run, "--base", "HEAD") == ["tickets/2026/11/HD-1.md:5 T301"]
    edit(proposed, 1, "title: A ticket", "title: An old ticket")
    commit(proposed)
    edit(proposed, 1, "title: An old ticket", "title: A ticket from before the rule")
    assert found(run, "--base", "HEAD") == []


def test_a_branch_may_be_older_than_the_desk(proposed: Path, run: Run) -> None:
    git(proposed, "checkout", "-q", "--orphan", "fork2")
    git(proposed, "rm", "-rqf", ".")
    write(proposed, "README.md", "A repository")
    commit(proposed)
    git(proposed, "checkout", "-q", "main")
    git(proposed, "-c", "user.name=Ada", "rebase", "-q", "--root", "--onto", "fork2")
    git(proposed, "checkout", "-q", "fork2")
    write(proposed, "src/x.py", "")
    write(proposed, "tickets/drafts/x.md", "---\ntitle: A draft\npriority: whatever\n---\n")
    commit(proposed)
    git(proposed, "checkout", "-q", "main")
    assert found(run, "--base", "main", "--at", "fork2") == ["tickets/drafts/x.md:3 T103"]


def test_what_is_written_again_with_the_same_bytes_is_no_change(proposed: Path, run: Run) -> None:
    edit(proposed, 1, "priority: normal", "priority: whatever")
    commit(proposed)
    os.utime(proposed / place(1), (0, 0))
    assert found(run, "--base", "HEAD") == []
    write(proposed, place(2), ticket(2))
    assert found(run, "--base", "HEAD", place(1)) == []
