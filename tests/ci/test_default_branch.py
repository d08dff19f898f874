"""The jobs of the default branch, run as written: what landed gets its number, and the website shows it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ci.conftest import WORKFLOWS, Forge, Run
from tests.conftest import git

DRAFT = "---\ntitle: No network\ncategory: network\n---\nSince noon.\n"
pytestmark = pytest.mark.parametrize("kind", WORKFLOWS)


def with_draft(forge: Forge, name: str = "wifi", text: str = DRAFT) -> Path:
    """Put a draft into the clone."""
    draft = forge.clone / "tickets" / "drafts" / f"{name}.md"
    draft.parent.mkdir(exist_ok=True)
    draft.write_text(text)
    return draft


def pushed(forge: Forge, job: str, folder: Path, commit: str) -> Run:
    """Run a job as after a push."""
    variables = {"CI_COMMIT_SHA": commit, "CI_DEFAULT_BRANCH": "main", "CI_SERVER_HOST": "gitlab.example.org"}
    context = {"github.ref_name": "main", "github.sha": commit}
    return forge.run(job, folder, variables if forge.kind == "gitlab" else context)


def subjects(forge: Forge) -> list[str]:
    return git(forge.bare, "log", "--format=%s", "main").splitlines()


def test_a_draft_that_landed_gets_its_number_and_is_pushed(
    kind: str, make_forge: Callable[[str], Forge], tmp_path: Path
) -> None:
    forge = make_forge(kind)
    with_draft(forge)
    landed = forge.land("A draft")
    done = pushed(forge, "accept", tmp_path / "job", landed)
    assert done.code == 0, done.out
    assert git(forge.bare, "log", "-1", "--format=%s|%an", "main") == "Triage HD-3: No network|Help desk\n"
    assert "HD-3.md" in git(forge.bare, "ls-tree", "-r", "--name-only", "main")


def test_what_landed_is_catalogued_numbered_and_given_to_people_in_one_commit(
    kind: str, make_forge: Callable[[str], Forge], tmp_path: Path
) -> None:
    forge = make_forge(kind)
    settings = forge.clone / "tracker.yml"
    rules = "{rules: [{when: printer, set: {category: hardware/printer, work: onsite, location: lyon}}]}"
    settings.write_text(settings.read_text() + f"cataloguing: {rules}\nassignment: {{rules: [{{}}]}}\n")
    with_draft(forge, "a", DRAFT.replace("category: network", "work: remote\ncategory: network"))
    with_draft(forge, "b", DRAFT.replace("title: No network\ncategory: network", "title: The printer jams"))
    done = pushed(forge, "accept", tmp_path / "job", forge.land("Drafts"))
    assert done.code == 0, done.out
    triaged, landed = subjects(forge)[:2]
    assert landed == "Drafts"
    assert {"HD-3", "HD-4"} < {*triaged.removeprefix("Triage ").split(", ")}, "and what nobody had before"
    printer = git(forge.bare, "grep", "-l", "The printer jams", "main", "--", "tickets").strip()
    text = git(forge.bare, "show", printer)
    assert "location: lyon\nwork: onsite\n" in text
    assert "\nassignee: " in text
    assert "on the spot in lyon" in git(forge.bare, "log", "-1", "--format=%b", "main")


def test_a_run_that_finds_nothing_to_do_pushes_nothing(
    kind: str, make_forge: Callable[[str], Forge], tmp_path: Path
) -> None:
    forge = make_forge(kind)
    with_draft(forge)
    pushed(forge, "accept", tmp_path / "first", forge.land("A draft"))
    accepted = forge.tip()
    assert pushed(forge, "accept", tmp_path / "second", accepted).code == 0
    assert forge.tip() == accepted


def test_a_run_that_waited_takes_what_landed_meanwhile(
    kind: str, make_forge: Callable[[str], Forge], tmp_path: Path
) -> None:
    forge = make_forge(kind)
    with_draft(forge, "first")
    earlier = forge.land("A draft")
    with_draft(forge, "second")
    forge.land("Another draft")
    assert pushed(forge, "accept", tmp_path / "job", earlier).code == 0
    assert subjects(forge)[0] == "Triage HD-3, HD-4"


def test_a_broken_ticket_holds_up_no_other(
    kind: str, make_forge: Callable[[str], Forge], tmp_path: Path
) -> None:
    forge = make_forge(kind)
    with_draft(forge)
    with_draft(forge, "broken", DRAFT.replace("network\n---", "nettwork\n---"))
    done = pushed(forge, "accept", tmp_path / "job", forge.land("Two drafts"))
    assert done.code == 1
    assert "nettwork" in done.out
    assert subjects(forge)[0] == "Triage HD-3: No network"


@pytest.mark.parametrize("opted_in", [True, False])
def test_commits_resolve_tickets_where_the_desk_wants_it(
    kind: str, make_forge: Callable[[str], Forge], tmp_path: Path, opted_in: bool
) -> None:
    forge = make_forge(kind)
    if opted_in:
        settings = forge.clone / "tracker.yml"
        settings.write_text(settings.read_text() + "commits: {words: [fixes]}\n")
    with_draft(forge)
    done = pushed(forge, "accept", tmp_path / "job", forge.land("Pull the cable\n\nFixes HD-2"))
    assert done.code == 0, done.out
    assert ("status: resolved" in git(forge.bare, "show", "main:tickets/2026/11/HD-2.md")) is opted_in


def test_the_website_shows_what_was_just_accepted(
    kind: str, make_forge: Callable[[str], Forge], tmp_path: Path
) -> None:
    forge = make_forge(kind)
    with_draft(forge)
    landed = forge.land("A draft")
    pushed(forge, "accept", tmp_path / "accept", landed)
    job = "pages" if kind == "gitlab" else "website"
    done = pushed(forge, job, tmp_path / "website", landed)
    assert done.code == 0, done.out
    assert (tmp_path / "website" / "public" / "tickets" / "HD-3" / "index.html").is_file()
