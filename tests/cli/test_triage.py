"""`tracker triage`, `assign` by rules, and `workload`, on real repositories."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Run, git, write_ticket

RULES = """\
teams: {workplace: {members: [ada, omar], lead: ada}}
directory: {lea@example.org: {location: lyon, department: accounting}}
cataloguing:
  match: all
  rules:
    - {name: printers, when: printer, set: {category: hardware/printer, work: onsite, labels: [print]}}
    - {name: networks, when: wi-fi, set: {category: network, work: remote}}
assignment:
  dispatcher: omar
  weights: {urgent: 3}
  rules:
    - {name: all, to: workplace}
"""


def draft(desk: Path, name: str, title: str, more: str = "") -> Path:
    path = desk / "tickets" / "drafts" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"---\ntitle: {title}\nrequester:\n  name: Léa\n  email: lea@example.org\n{more}---\nHelp.\n"
    )
    return path


@pytest.fixture
def ruled(desk: Path) -> Path:
    with (desk / "tracker.yml").open("a") as file:
        file.write(RULES)
    git(desk, "commit", "-qam", "Rules")
    return desk


def test_drafts_become_numbered_and_assigned_tickets_in_one_commit_on_the_remote(
    ruled: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft(ruled, "a", "The printer jams")
    draft(ruled, "b", "Wi-Fi is slow", "priority: urgent\n")
    draft(ruled, "c", "Nothing fits this one")
    git(ruled, "add", "-A")
    git(ruled, "commit", "-qm", "Drafts")
    remote, runner = tmp_path / "remote.git", tmp_path / "runner"
    git(tmp_path, "clone", "-q", "--bare", str(ruled), str(remote))
    git(tmp_path, "clone", "-q", str(remote), str(runner))
    git(runner, "config", "user.name", "Help desk")
    git(runner, "config", "user.email", "help-desk@example.org")
    monkeypatch.chdir(runner)
    before = git(remote, "rev-list", "--count", "main").strip()
    done = run("triage", "--commit", "--push")
    assert done.code == 1, "a draft without a category stays one"
    assert "tickets/drafts/c.md" in done.err
    assert int(git(remote, "rev-list", "--count", "main")) == int(before) + 1
    changed = git(remote, "show", "--format=", "--name-status", "--no-renames", "main").splitlines()
    assert sorted(line.split("\t")[0] for line in changed) == ["A", "A", "D", "D"]
    tickets = {json.loads(run("show", name, "--json").out)["title"]: name for name in ("1", "2")}
    printer = git(
        remote, "show", f"main:{json.loads(run('show', tickets['The printer jams'], '--json').out)['path']}"
    )
    assert "assignee: ada\n" in printer
    assert "location: lyon\nwork: onsite\nlabels:\n  - print\n" in printer
    assert "department: accounting\nteam: workplace\n" in printer
    message = git(remote, "log", "-1", "--format=%B", "main")
    assert message.startswith("Triage HD-1, HD-2\n\nTicket: HD-1\nTicket: HD-2\nTracker-Action: triage\n")
    number = tickets["The printer jams"]
    assert f"Reason: HD-{number} assignee=ada; on the spot in lyon, " in message
    assert f"Reason: HD-{number} work=onsite; rule “printers”\n" in message
    assert f"Reason: HD-{number} location=lyon; that of lea@example.org\n" in message
    again = run("triage", "--commit", "--push")
    assert again.code == 1
    assert int(git(remote, "rev-list", "--count", "main")) == int(before) + 1, "nothing is done twice"


def test_what_a_draft_gets_when_it_is_accepted_counts_for_the_rules(ruled: Path, run: Run) -> None:
    text = (ruled / "tracker.yml").read_text().replace("lea@example.org: {", "ada@example.org: {")
    more = "    - {when: 'type:request', set: {labels: [typed]}}\n"
    (ruled / "tracker.yml").write_text(text.replace("assignment:\n", f"{more}assignment:\n"))
    path = draft(ruled, "a", "The printer jams")
    path.write_text("---\ntitle: The printer jams\n---\nHelp.\n")
    git(ruled, "add", "-A")
    git(ruled, "commit", "-qm", "A draft of Ada’s")
    assert run("triage", "--commit").code == 0
    told = json.loads(run("show", "1", "--json").out)
    assert (told["requester"]["email"], told["location"]) == ("ada@example.org", "lyon")
    assert told["labels"] == ["print", "typed"]
    tip = git(ruled, "rev-parse", "HEAD")
    assert run("triage", "--commit").err == "There is nothing to do now.\n"
    assert git(ruled, "rev-parse", "HEAD") == tip


def test_a_dry_run_says_all_and_writes_nothing(ruled: Path, run: Run) -> None:
    draft(ruled, "a", "The printer jams")
    git(ruled, "add", "-A")
    git(ruled, "commit", "-qm", "Drafts")
    done = run("triage", "--dry-run")
    assert done.code == 0
    assert "HD-1: location=lyon, department=accounting (that of lea@example.org)" in done.out
    assert "HD-1: category=hardware/printer, work=onsite, labels=print (rule “printers”)" in done.out
    assert re.search(r"HD-1\tada\ton the spot in lyon, a load of 0, the only one who may", done.out)
    assert git(ruled, "status", "--porcelain") == ""
    told = json.loads(run("triage", "--dry-run", "--json").out)
    assert [one["id"] for one in told["accepted"]] == ["HD-1"]
    assert {one["field"] for one in told["catalogued"]} == {
        "department",
        "location",
        "category",
        "work",
        "labels",
    }
    assert told["assigned"][0]["assignee"] == "ada"


def test_a_ticket_is_shown_with_the_reasons(ruled: Path, run: Run) -> None:
    draft(ruled, "a", "The printer jams")
    git(ruled, "add", "-A")
    git(ruled, "commit", "-qm", "Drafts")
    run("triage", "--commit")
    shown = run("show", "1").out.splitlines()
    place = next(number for number, line in enumerate(shown) if line.startswith("Assignee"))
    assert shown[place].split() == ["Assignee", "Ada", "Byron"]
    assert shown[place + 1].strip() == "on the spot in lyon, a load of 0, the only one who may (rule “all”)"
    reasons = json.loads(run("show", "1", "--json").out)["reasons"]
    assert (reasons["work"], reasons["location"]) == ("rule “printers”", "that of lea@example.org")
    write_ticket(ruled, 2, more="location: nowhere\nwork: onsite\n")
    assert "ada is not at nowhere" in json.loads(run("show", "2", "--json").out)["reasons"]["assignee"]


def test_in_files_alone_it_is_the_same(ruled: Path, run: Run) -> None:
    draft(ruled, "a", "The printer jams")
    assert run("triage").code == 0
    assert not list((ruled / "tickets" / "drafts").glob("*.md"))
    assert "ada" in run("list").out
    assert run("validate").code == 0


def test_a_draft_that_a_rule_would_make_wrong_stays_as_it_was(ruled: Path, run: Run) -> None:
    text = (ruled / "tracker.yml").read_text().replace("work: remote}", "work: onsite}")
    (ruled / "tracker.yml").write_text(
        text.replace("directory: {lea@example.org: {location: lyon, department: accounting}}", "")
    )
    path = draft(ruled, "b", "Wi-Fi is slow")
    before = path.read_bytes()
    done = run("triage")
    assert done.code == 1
    assert path.read_bytes() == before
    assert "location is missing" in done.err


def test_accepted_tickets_keep_what_people_wrote(ruled: Path, run: Run) -> None:
    path = write_ticket(ruled, 1, "The printer jams", "work: remote\n")
    assert run("triage").code == 0
    text = path.read_text()
    assert "work: remote\n" in text
    assert "category: hardware/printer\n" in text
    assert "location: lyon\n" in text
    assert "assignee: ada\n" in text


def test_a_ticket_is_assigned_by_the_rules_on_demand(ruled: Path, run: Run) -> None:
    path = write_ticket(ruled, 1)
    write_ticket(ruled, 2, more="work: triage\n")
    done = run("assign", "1")
    assert done.out == "HD-1\tada\ta load of 0, the first by name of 2 who may (rule “all”)\n"
    assert "assignee: ada\n" in path.read_text()
    assert run("assign", "2").out.startswith("HD-2\tomar\tfor the dispatcher: ")
    again = run("assign", "1")
    assert "HD-1\tada\ta load of 0" in again.out, "their own ticket is no burden when it is decided again"


def test_all_that_nobody_has(ruled: Path, run: Run) -> None:
    for number in range(1, 6):
        write_ticket(ruled, number)
    write_ticket(ruled, 6, more="assignee: omar\n")
    git(ruled, "add", "-A")
    git(ruled, "commit", "-qm", "Tickets")
    foreseen = run("assign", "--all", "--dry-run")
    assert git(ruled, "status", "--porcelain") == ""
    assert foreseen.out.count("\n") == 5
    assert run("assign", "--all", "--dry-run").out == foreseen.out
    assert run("assign", "--all", "--commit").out == foreseen.out
    assert git(ruled, "log", "-1", "--format=%B").count(" assignee=") == 5
    assert run("list", "is:unassigned", "--count").out == "0\n"
    assert json.loads(run("assign", "-q", "HD-1 or id:HD-2", "--json", "--dry-run").out)[0]["rule"] == "all"


def test_who_is_away_is_relieved_only_where_the_desk_wants_it(ruled: Path, run: Run) -> None:
    write_ticket(ruled, 1, more="assignee: ada\n")
    settings = ruled / "tracker.yml"
    away = "ada@example.org, location: lyon, absences: [{since: 2020-01-01, delegate: omar}]}"
    settings.write_text(settings.read_text().replace("ada@example.org, location: lyon}", away))
    assert run("triage").out == ""
    settings.write_text(settings.read_text().replace("assignment:\n", "assignment:\n  absences: reassign\n"))
    assert run("triage").out == "HD-1\tomar\tstands in for ada; ada is away\n"
    assert run("triage").out == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--all", "1"), "--all means every ticket"),
        (("--all", "-q", "printer"), "--all means every ticket"),
        ((), "Name tickets, a person, or both"),
        (("1", "bob"), "not one of this desk"),
        (("bob",), "bob"),
        (("1", "omar", "--json"), "name no person"),
    ],
)
def test_what_is_not_said_clearly_changes_nothing(
    arguments: tuple[str, ...], said: str, ruled: Path, run: Run
) -> None:
    path = write_ticket(ruled, 1)
    before = path.read_bytes()
    done = run("assign", *arguments)
    assert done.code == 2
    assert said in done.err
    assert path.read_bytes() == before


def test_turns_are_taken_by_what_the_history_says(ruled: Path, run: Run) -> None:
    settings = ruled / "tracker.yml"
    settings.write_text(
        settings.read_text().replace("to: workplace}", "to: workplace, strategy: round_robin}")
    )
    git(ruled, "commit", "-qam", "Take turns")
    given = []
    for number in range(1, 5):
        write_ticket(ruled, number)
        git(ruled, "add", "-A")
        git(ruled, "commit", "-qm", f"Ticket {number}")
        run("assign", "--all", "--commit")
        given.append(json.loads(run("show", str(number), "--json").out)["assignee"])
        if number == 2:
            run("set", "1", "status=closed", "--commit")
    assert given == ["ada", "omar", "ada", "omar"]
    git(ruled, "clone", "-q", "--depth=1", f"file://{ruled}", str(ruled.parent / "shallow"))
    assert run("-C", str(ruled.parent / "shallow"), "assign", "1", "--dry-run").code == 3


def test_turns_are_known_after_any_commit_as_from_the_beginning(ruled: Path, run: Run) -> None:
    settings = ruled / "tracker.yml"
    settings.write_text(
        settings.read_text().replace("to: workplace}", "to: workplace, strategy: round_robin}")
    )
    for number in range(1, 4):
        write_ticket(ruled, number)
    git(ruled, "add", "-A")
    git(ruled, "commit", "-qm", "Tickets")
    run("assign", "1", "--commit")
    for step in ("settings", "comment", "rewritten"):
        foreseen = run("assign", "2", "--dry-run").out
        assert foreseen.startswith("HD-2\tomar\tlongest without") or "HD-2\tomar\ta load" in foreseen, step
        assert run("assign", "2", "--dry-run", "--no-index").out == foreseen
        if step == "settings":
            settings.write_text(settings.read_text() + "# more\n")
            git(ruled, "commit", "-qam", "Settings")
        elif step == "comment":
            run("comment", "3", "-m", "Hello", "--commit")
        else:
            git(ruled, "commit", "-q", "--amend", "-m", "Otherwise")


def test_what_the_rules_give_as_it_is_filed_is_a_turn(ruled: Path, run: Run) -> None:
    settings = ruled / "tracker.yml"
    text = (
        settings.read_text().replace("to: workplace}", "to: workplace, strategy: round_robin}")
        + "recurring:\n"
    )
    given = []
    for name in "abc":
        text += f"  {name}: {{rule: FREQ=YEARLY, start: 2026-01-05, ticket: {{title: Check, category: network, work: remote}}}}\n"
        settings.write_text(text)
        git(ruled, "commit", "-qam", "One more")
        assert run("tick", "--commit").code == 0
        given.append(json.loads(run("show", str(len(given) + 1), "--json").out)["assignee"])
    assert given == ["ada", "omar", "ada"]


def test_who_has_what(ruled: Path, run: Run) -> None:
    write_ticket(ruled, 1, more="assignee: ada\nteam: workplace\nlocation: lyon\n")
    write_ticket(ruled, 2, more="assignee: ada\n").write_text(
        (ruled / "tickets/2026/11/HD-2.md").read_text().replace("status: open", "status: waiting")
    )
    write_ticket(ruled, 3, more="due: 2020-01-01\n")
    path = write_ticket(ruled, 4, more="assignee: ada\n")
    path.write_text(path.read_text().replace("priority: normal", "priority: urgent"))
    loads = {one["key"]: one for one in json.loads(run("workload", "--json").out)}
    assert (loads["ada"]["tickets"], loads["ada"]["waiting"], loads["ada"]["load"]) == (3, 1, 4)
    assert (loads[""]["tickets"], loads[""]["late"]) == (1, 1)
    assert loads["omar"]["tickets"] == 0
    teams = {one["key"]: one for one in json.loads(run("workload", "--by", "team", "--json").out)}
    assert (teams["workplace"]["tickets"], teams[""]["tickets"], teams[""]["unassigned"]) == (3, 1, 1)
    assert run("workload", "--by", "location").out.splitlines()[0] == "lyon\tLyon\t1\t0\t0\t0\t1\t"
