"""Several desks at the command line: one queue, read from clones, each desk's rules its own."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CONFIGURATION, Run, git, new_repository, ticket, write_ticket
from tests.federation import commit, name_others, three_desks

REFRESHED = ("desks", "--refresh")


@pytest.fixture
def desks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    """Three desks, the first of which is the current folder and knows the others."""
    desk = three_desks(tmp_path, 20)
    monkeypatch.chdir(desk)
    assert run(*REFRESHED).code == 0
    return desk


def test_one_queue_has_the_tickets_of_all(desks: Path, run: Run) -> None:
    everything = json.loads(run("list", "--all", "--json").out)
    assert {row["desk"] for row in everything} == {"HD", "AUS", "MTL"}
    assert len({row["path"] for row in everything}) == len(everything) == 60
    assert run("list", "--all", "--count", "group:desk").out == "20\tHD\n20\tAUS\n20\tMTL\n"
    assert run("list", "--all", "--count", 'desk:"Desk AUS"').out == "20\n"
    ranks = [["urgent", "high", "normal", "low"].index(row["priority"]) for row in everything]
    assert ranks == sorted(ranks)
    found = run("list", "AUS-3", "--json").out
    assert [row["id"] for row in json.loads(found)] == ["AUS-3"]
    assert json.loads(run("list", "--all", "--json", "sort:-updated", "--columns", "id,updated").out)[0][
        "updated"
    ]
    assert run("list", "text:printer", "--all", "--count").out > "0"
    assert desks.exists()


@pytest.mark.usefixtures("desks")
def test_a_ticket_of_another_desk_can_be_read(run: Run) -> None:
    shown = json.loads(run("show", "AUS-3", "--json").out)
    assert (shown["id"], bool(shown["body"])) == ("AUS-3", True)
    assert "Filed: " in run("log", "aus-3").out
    assert "\tAUS-3\n" in run("blame", "AUS-3").out
    assert run("show", "AUS-3", "--at", "2026-11-20").code == 0
    hits = json.loads(run("search", "printer", "--json").out)
    assert len({hit["id"].partition("-")[0] for hit in hits}) > 1
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)


@pytest.mark.usefixtures("desks")
def test_it_cannot_be_changed_here(run: Run) -> None:
    for command in (
        ("set", "AUS-3", "priority=high"),
        ("comment", "AUS-3", "-m", "x"),
        ("assign", "AUS-3", "omar"),
    ):
        done = run(*command)
        assert done.code == 2
        assert "another desk" in done.err
    assert "another desk" in run("set", "aus-3", "priority=high").err
    assert run("set", "--query", "desk:AUS", "priority=high").code == 2
    assert git(Path(), "status", "--porcelain") == ""


def test_links_lead_from_desk_to_desk(desks: Path, run: Run) -> None:
    assert run("set", "HD-3", "links+=relates AUS-5").code == 0
    assert run("validate").code == 0
    write = desks / json.loads(run("show", "HD-3", "--json").out)["path"]
    write.write_text(write.read_text().replace("relates AUS-5", "relates XX-5"))
    assert "T202" in run("validate").out


def test_a_link_is_made_from_here(desks: Path, run: Run) -> None:
    assert run("link", "HD-3", "blocks", "aus-5").out.endswith("+  - blocks AUS-5\n")
    assert run("link", "HD-3", "blocks", "AUS-5").out.count("+") == 0
    assert run("validate").code == 0
    assert "no ticket" in run("link", "HD-3", "blocks", "AUS-555").err
    assert "Link them from there" in run("link", "HD-3", "blocked-by", "AUS-5").err
    assert "no relation" in run("link", "HD-3", "eats", "AUS-5").err
    assert run("link", "HD-3", "blocks", "AUS-5", "--remove").out.endswith("-  - blocks AUS-5\n")
    assert desks.exists()


def test_what_is_known_of_others_has_a_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    desk = three_desks(tmp_path, 5)
    monkeypatch.chdir(desk)
    first = run("list", "--all", "--count")
    assert first.out == "5\n"
    assert "AUS is not here yet. tracker desks --refresh" in first.err
    assert run("show", "AUS-3").code == 3
    assert json.loads(run("desks", "--json").out)[0]["fetched"] is None

    (tmp_path / "mtl").rename(tmp_path / "away")
    done = run(*REFRESHED)
    assert done.code == 1
    assert "The desk MTL cannot be reached: " in done.err
    assert run("list", "--all", "--count").out == "10\n"

    (tmp_path / "away").rename(tmp_path / "mtl")
    assert run(*REFRESHED).code == 0
    assert run("list", "--all", "--count").out == "15\n"
    write_ticket(tmp_path / "mtl", 99, body="Unmistakable.\n").rename(
        tmp_path / "mtl/tickets/2026/11/MTL-99.md"
    )
    file = tmp_path / "mtl/tickets/2026/11/MTL-99.md"
    file.write_text(file.read_text().replace("HD-99", "MTL-99"))
    commit(tmp_path / "mtl", "Another one")
    assert run("list", "--all", "--count").out == "15\n"
    (tmp_path / "aus").rename(tmp_path / "away")
    stale = run(*REFRESHED)
    assert "The desk AUS cannot be reached: " in stale.err
    assert "It is shown as of 20" in stale.err
    assert run("list", "--all", "--count").out == "16\n"
    assert "MTL-99" in run("search", "unmistakable").out
    told = {row["prefix"]: row for row in json.loads(run("desks", "--json").out)}
    assert told["MTL"]["commit"] == git(tmp_path / "mtl", "rev-parse", "HEAD").strip()
    assert told["AUS"]["desk"] == "Desk AUS"


def test_a_clone_has_only_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    desk = three_desks(tmp_path, 30)
    git(tmp_path / "aus", "config", "uploadpack.allowFilter", "true")
    git(tmp_path / "aus", "config", "uploadpack.allowAnySHA1InWant", "true")
    settings = desk / "tracker.yml"
    settings.write_text(settings.read_text().replace("../aus", f"file://{tmp_path}/aus"))
    monkeypatch.chdir(desk)
    assert run(*REFRESHED).code == 0
    clone = desk / ".git/tracker/desks/AUS.git"
    assert git(clone, "rev-list", "--objects", "--missing=print", "HEAD").count("\n?") > 20
    (tmp_path / "aus").rename(tmp_path / "away")
    assert run("list", "--all", "--count", "desk:AUS").out == "30\n"
    assert run("show", "AUS-7").code == 0
    assert run("log", "AUS-7").code == 3
    (tmp_path / "away").rename(tmp_path / "aus")
    assert "Filed" in run("log", "AUS-7").out


def test_a_desk_may_lie_in_a_folder_and_on_a_branch(tmp_path: Path, desk: Path, run: Run) -> None:
    other = tmp_path / "mono"
    new_repository(other)
    inside = other / "help" / "desk"
    inside.mkdir(parents=True)
    (inside / "tracker.yml").write_text(CONFIGURATION + "ids: {prefix: OPS}\n")
    write_ticket(inside, 1).rename(inside / "tickets/2026/11/OPS-1.md")
    (inside / "tickets/2026/11/OPS-1.md").write_text(ticket(1).replace("HD-1", "OPS-1"))
    git(other, "checkout", "-qb", "work")
    commit(other, "Ops")
    name_others(desk, "desks:\n  OPS: {repository: ../mono, branch: work, folder: help/desk}\n")
    assert run(*REFRESHED).code == 0
    assert "Filed: A ticket" in run("log", "OPS-1").out
    assert run("list").out.startswith("OPS-1\topen\t")
    (desk / "tracker.yml").write_text(
        (desk / "tracker.yml").read_text().replace("branch: work", "branch: no")
    )
    assert "couldn't find remote ref" in run(*REFRESHED).err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("desks: {HD: {repository: ../x}}", "HD is the prefix of this desk itself."),
        ("desks: {aus: {repository: ../x}}", "aus"),
        ("desks: {AUS: {}}", "repository"),
        ("desks: {AUS: {repository: --upload-pack=touch x}}", "is no repository"),
        ('desks: {AUS: {repository: "ext::sh -c touch% x"}}', "is no repository"),
        ("desks: {AUS: {repository: ../x, folder: ../../etc}}", "folder"),
        ("desks: {AUS: {repository: ../x, branch: -x}}", "branch"),
    ],
)
def test_what_is_wrong_with_a_name_is_said(desk: Path, run: Run, text: str, told: str) -> None:
    name_others(desk, f"{text}\n")
    done = run("list")
    assert done.code == 3
    assert told in done.err


def test_doctor_tells_what_is_known_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    desk = three_desks(tmp_path, 3)
    monkeypatch.chdir(desk)

    def told() -> dict[str, str]:
        return next(one for one in json.loads(run("doctor", "--json").out) if one["check"] == "desks")

    assert (told()["state"], told()["hint"]) == ("advice", "tracker desks --refresh")
    run(*REFRESHED)
    assert told()["state"] == "ok"
    assert told()["message"].startswith("As of: AUS 20")
    settings = desk / "tracker.yml"
    settings.write_text(
        settings.read_text().replace("AUS: {repository: ../aus}", "LAB: {repository: ../aus}")
    )
    run(*REFRESHED)
    assert told()["state"] == "problem"
    assert "LAB" in told()["message"]


def test_a_desk_of_another_prefix_is_not_shown(tmp_path: Path, desk: Path, run: Run) -> None:
    three_desks(tmp_path / "more", 3)
    name_others(desk, "desks: {AUS: {repository: ../more/mtl}}\n")
    done = run(*REFRESHED)
    assert done.code == 1
    assert "Its tickets are called MTL, not AUS." in done.err
    assert run("list", "--all", "--count").out == "0\n"


def test_how_urgent_a_ticket_is_its_own_desk_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    desk = three_desks(tmp_path, 5)
    settings = tmp_path / "aus" / "tracker.yml"
    settings.write_text(
        settings.read_text().replace("priorities:\n", "priorities:\n  trivial: {en: Trivial}\n")
    )
    file = next((tmp_path / "aus/tickets").rglob("AUS-*.md"))
    file.write_text(re.sub("priority: .*", "priority: trivial", file.read_text()))
    commit(tmp_path / "aus", "Trivial")
    monkeypatch.chdir(desk)
    assert run(*REFRESHED).code == 0
    assert run("list", "--all").out.splitlines()[-1].startswith(file.stem)


def test_without_others_nothing_is_said(desk: Path, run: Run) -> None:
    done = run("desks")
    assert (done.code, done.out) == (0, "")
    assert run("desks", "--json").out == "[]\n"
    assert desk.exists()


def test_a_damaged_clone_is_made_good(desks: Path, run: Run) -> None:
    clone = desks / ".git/tracker/desks/AUS.git"
    for pack in [*clone.glob("objects/pack/*"), *clone.glob("objects/??/*")]:
        pack.chmod(0o600)
        pack.write_bytes(b"")
    done = run("list", "--all", "--count")
    assert done.code == 0
    assert "AUS" in done.err
    assert run(*REFRESHED).code == 0
    assert run("list", "--all", "--count").out == "60\n"


def test_a_terminal_shows_a_table(desks: Path) -> None:
    for command in ("desks", "list --all desk:AUS", "show AUS-3", "stats", "log AUS-3"):
        done = subprocess.run(
            ["script", "-qec", f"{sys.executable} -m tracker {command}", "/dev/null"],
            cwd=desks,
            env={**os.environ, "PAGER": "cat", "COLUMNS": "100"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        assert "Internal error" not in done.stdout


def test_another_address_is_another_desk(desks: Path, run: Run) -> None:
    settings = desks / "tracker.yml"
    settings.write_text(settings.read_text().replace("../aus", "../nowhere"))
    told = json.loads(run("desks", "--json").out)
    assert [(row["prefix"], row["fetched"] is None) for row in told] == [("AUS", True), ("MTL", False)]
    assert run("list", "--all", "--count").out == "40\n"
    assert run(*REFRESHED).code == 1
    assert run("list", "--all", "--count").out == "40\n"
