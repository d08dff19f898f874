"""What is kept of the tickets' accounts is what the history tells, whatever happens in between."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.test_sla import answer, commit
from tests.conftest import CONFIGURATION, git
from tracker.errors import RepositoryError
from tracker.workspace import Workspace
from tracker.workspace.accounts import accounts

LEVELS = """\
calendars: {usual: {hours: {mon-fri: "09:00-12:30, 13:30-18:00"}}}
calendar: usual
"""
POLICIES = (
    "service_levels: {all: {first_response: 2h, next_update: 8h, resolution: 20h}}\n",
    "service_levels: {all: {first_response: 3h, resolution: 20h, hours: always}}\n",
    "service_levels: {soon: {when: 'is:late', resolution: 1h}, all: {resolution: 9h}}\n",
    "service_levels: {old: {when: 'created<2026-11-01', resolution: 1h}, all: {first_response: 2h}}\n",
)
START = datetime(2026, 11, 16, 8, tzinfo=UTC)


def _ticket(chance: random.Random, number: int) -> str:
    status, priority = chance.choice(["new", "open", "waiting", "closed"]), chance.choice(["low", "urgent"])
    assignee = chance.choice(["", "assignee: omar\n", "assignee: ada\n"])
    return (
        f"---\nid: HD-{number}\ntitle: A ticket\ntype: incident\nstatus: {status}\ncategory: network\n"
        f"priority: {priority}\ncreated: 2026-11-16T09:0{number}:00+01:00\nrequester: {{email: lea@example.org}}\n"
        f"{assignee}due: 2026-11-1{chance.randint(6, 9)}\n---\n"
    )


def _begin(desk: Path, policies: str) -> None:
    """Begin the history of a desk before all that happens."""
    (desk / "tracker.yml").write_text(CONFIGURATION + LEVELS + policies)
    git(desk, "update-ref", "-d", "HEAD")
    commit(desk, START - timedelta(days=1))


def _happen(chance: random.Random, desk: Path, now: datetime) -> None:
    """Let something happen at a desk."""
    number = chance.randint(1, 5)
    path = desk / "tickets" / "2026" / "11" / f"HD-{number}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    match chance.choice(
        ["write", "write", "commit", "decide", "answer", "policy", "rewrite", "future", "remove"]
    ):
        case "write":
            path.write_text(_ticket(chance, number))
        case "commit":
            commit(desk, now)
        case "decide":
            path.write_text(_ticket(chance, number))
            decided = chance.choice(["", "omar", "ada"])
            commit(desk, now, f"Decide\n\nReason: HD-{number} assignee={decided}; so it is")
        case "answer" if path.exists():
            answer(path, desk, now)
        case "policy":
            (desk / "tracker.yml").write_text(CONFIGURATION + LEVELS + chance.choice(POLICIES))
            if chance.random() < 0.5:
                commit(desk, now)
        case "rewrite" if int(git(desk, "rev-list", "--count", "HEAD")) > 1:
            git(desk, "reset", "-q", "--soft", "HEAD~1")
            commit(desk, now)
        case "future":
            path.write_text(_ticket(chance, number))
            commit(desk, now + timedelta(hours=3))
        case "remove":
            path.unlink(missing_ok=True)
        case _:
            pass


def _shown(desk: Path, *, use_index: bool) -> dict[str, object]:
    """Return all of the accounts but how much of the targets is used."""
    workspace = Workspace.open(desk, use_index=use_index)
    known = accounts(workspace)
    found = {entry.path: known.of(entry.path) for entry in workspace.entries}
    return {
        path: (account.reasons, [reading._replace(elapsed=timedelta()) for reading in account.readings])
        for path, account in found.items()
    }


@pytest.mark.parametrize("seed", range(4))
def test_what_is_kept_is_what_the_history_tells(
    desk: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance, now = random.Random(seed), START
    monkeypatch.setattr(Workspace, "now", lambda self: now.astimezone(self.configuration.zone))
    _begin(desk, POLICIES[seed % len(POLICIES)])
    for _round in range(25):
        now += timedelta(minutes=chance.randint(0, 600))
        for _ in range(chance.randint(0, 2)):
            _happen(chance, desk, now)
        assert _shown(desk, use_index=True) == _shown(desk, use_index=False)


def test_what_holds_is_told_without_the_history(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Workspace, "now", lambda self: START.astimezone(self.configuration.zone))
    _begin(desk, POLICIES[0])
    path = desk / "tickets" / "2026" / "11" / "HD-1.md"
    path.parent.mkdir(parents=True)
    path.write_text(_ticket(random.Random(1), 1))
    commit(desk, START)
    first = _shown(desk, use_index=True)
    assert first["tickets/2026/11/HD-1.md"] != ({}, [])
    for file in (desk / ".git" / "tracker").glob("history*"):
        file.unlink()
    assert _shown(desk, use_index=True) == first
    assert not [*(desk / ".git" / "tracker").glob("history*")]


def test_service_levels_of_a_machine_whose_clock_is_behind_count_at_once(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workspace, "now", lambda self: START.astimezone(self.configuration.zone))
    _begin(desk, POLICIES[0])
    path = desk / "tickets" / "2026" / "11" / "HD-1.md"
    path.parent.mkdir(parents=True)
    path.write_text(_ticket(random.Random(1), 1))
    commit(desk, START)
    (desk / "tracker.yml").write_text(CONFIGURATION + LEVELS + POLICIES[1])
    before = _shown(desk, use_index=True)
    commit(desk, START - timedelta(hours=12))
    assert _shown(desk, use_index=True) == _shown(desk, use_index=False) != before


def test_a_shallow_clone_tells_nothing(desk: Path, tmp_path: Path) -> None:
    commit(desk, START)
    git(tmp_path, "clone", "-q", "--depth", "1", desk.as_uri(), "shallow")
    with pytest.raises(RepositoryError):
        accounts(Workspace.open(tmp_path / "shallow"))
