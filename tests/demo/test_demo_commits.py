"""The demonstration desk as commits: what its tickets say, how they changed, and the stream that Git reads."""

import re
import subprocess
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from random import Random
from statistics import mean
from typing import Any

import pytest
import yaml

from tests.conftest import git
from tracker.demo.desk import demo_commits
from tracker.demo.situation import random_slots
from tracker.store.stream import Commit, Signature, fast_import_stream

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
TICKETS = 300
ORDER = (
    *("id", "title", "type", "status", "category", "priority", "created", "assignee", "requester", "due"),
    *("department", "location", "work", "affected", "change_window"),
    *("labels", "system", "outage", "links", "watchers", "aliases"),
)


@pytest.fixture(scope="module")
def commits() -> list[Commit]:
    return list(demo_commits(TICKETS, 7, NOW, {}))


@pytest.fixture(scope="module")
def files(commits: list[Commit]) -> dict[str, str]:
    """Every file as the last commit leaves it."""
    return {path: data.decode() for commit in commits for path, data in commit.files.items() if data}


@pytest.fixture(scope="module")
def tickets(files: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The front matter of every ticket, by path, with all scalars as text."""
    return {
        path: yaml.load(text.split("---\n")[1], yaml.BaseLoader)
        for path, text in files.items()
        if re.fullmatch(r"tickets/\d{4}/\d\d/HD-\d+\.md", path)
    }


def test_every_value_is_one_that_the_configuration_knows(
    files: dict[str, str], tickets: dict[str, dict[str, Any]]
) -> None:
    known = yaml.safe_load(files["tracker.yml"])
    plurals = {
        "type": "types",
        "status": "statuses",
        "category": "categories",
        "priority": "priorities",
        "department": "departments",
        "location": "locations",
        "assignee": "people",
    }
    for fields in tickets.values():
        assert [name for name in plurals if name in fields and fields[name] not in known[plurals[name]]] == []
        assert list(fields) == [name for name in ORDER if name in fields]
        assert fields["work"] in ("onsite", "remote", "triage")


def test_numbers_follow_the_time_of_filing_and_the_folder_its_month(
    tickets: dict[str, dict[str, Any]],
) -> None:
    for path, fields in tickets.items():
        assert PurePosixPath(path).stem == fields["id"]
        assert PurePosixPath(path).parent.as_posix() == f"tickets/{fields['created'][:7].replace('-', '/')}"
    numbered = sorted(tickets.values(), key=lambda fields: int(fields["id"][3:]))
    assert [fields["id"] for fields in numbered] == [f"HD-{number}" for number in range(1, TICKETS + 1)]
    filed = [datetime.fromisoformat(fields["created"]).timestamp() for fields in numbered]
    assert filed == sorted(filed)


def test_links_lead_to_earlier_tickets_so_none_is_its_own_ancestor(
    tickets: dict[str, dict[str, Any]],
) -> None:
    ids = {fields["id"] for fields in tickets.values()}
    links = [(fields["id"], *link.split()) for fields in tickets.values() for link in fields.get("links", ())]
    assert links
    for ticket, kind, target in links:
        assert kind in ("relates", "follows", "blocks", "parent", "duplicates")
        assert target in ids
        assert int(target[3:]) < int(ticket[3:])


def test_no_slot_is_left_open_and_texts_differ(
    files: dict[str, str], tickets: dict[str, dict[str, Any]]
) -> None:
    bodies = [files[path].split("---\n", 2)[2] for path in tickets]
    sizes = [len(body.encode()) for body in bodies]
    assert min(sizes) > 300
    assert max(sizes) < 2_500
    assert 900 < mean(sizes) < 1_600
    assert len(set(bodies)) == TICKETS
    slot = re.compile("|".join(f"<{name}>" for name in random_slots(Random(1), "")))
    assert [path for path, text in files.items() if slot.search(text)] == []


def test_a_ticket_has_several_commits_each_by_the_trailer_of_its_ticket(commits: list[Commit]) -> None:
    times = [commit.author.time.timestamp() for commit in commits]
    assert times == sorted(times)
    assert times[-1] <= NOW.timestamp()
    trailers = Counter(commit.message.splitlines()[-1] for commit in commits[1:])
    assert set(trailers) == {f"Ticket: HD-{number}" for number in range(1, TICKETS + 1)}
    assert mean(trailers.values()) > 4
    for commit in commits[1:]:
        subject, _empty, trailer = commit.message.splitlines()
        assert subject.startswith(trailer.removeprefix("Ticket: ") + ": ")


def test_a_change_touches_only_its_lines_and_a_comment_is_written_once(commits: list[Commit]) -> None:
    written: dict[str, bytes] = {}
    for commit in commits[1:]:
        for path, data in commit.files.items():
            assert data is not None
            if path in written:
                assert path.count("/") == 3, f"{path} is a comment and was written twice"
                before, after = (set(text.splitlines()) for text in (written[path], data))
                changed = {line.partition(b":")[0].strip() for line in before ^ after}
                assert changed <= {b"status", b"assignee", b"outage", b"since", b"until"}
                assert data != written[path]
            written[path] = data


def test_most_tickets_older_than_a_month_are_done(tickets: dict[str, dict[str, Any]]) -> None:
    old = [
        fields["status"] in ("resolved", "closed")
        for fields in tickets.values()
        if datetime.fromisoformat(fields["created"]) < NOW - timedelta(days=30)
    ]
    assert mean(old) > 0.85


def test_the_stream_gives_git_any_path_bytes_and_message_as_they_are(tmp_path: Path) -> None:
    paths = ['a "quoted" name', "back\\slash", "two\nlines", "-- é", "tab\there"]
    data = b"data 3\nM 100644 inline evil\n\x00\xff no newline at the end"
    message = "Sujet réglé — d’été\n\ncommit refs/heads/evil\ndata 1\nfrom nothing"
    first = Commit(Signature("Inès", "i@example.org", NOW), message, dict.fromkeys(paths, data))
    second = Commit(
        Signature("Inès", "i@example.org", NOW + timedelta(hours=1)), "Delete\n", {paths[0]: None}
    )
    git(tmp_path, "init", "-q", "-b", "main")
    stream = b"".join(fast_import_stream([first, second], "refs/heads/main"))
    subprocess.run(["git", "fast-import", "--quiet"], cwd=tmp_path, input=stream, check=True)
    assert git(tmp_path, "for-each-ref", "--format=%(refname)").split() == ["refs/heads/main"]
    listed = git(tmp_path, "ls-tree", "-r", "-z", "--name-only", "main").split("\0")
    assert set(listed) - {""} == set(paths[1:])
    shown = subprocess.run(
        ["git", "show", f"main:{paths[2]}"], cwd=tmp_path, capture_output=True, check=True
    ).stdout
    assert shown == data
    assert git(tmp_path, "log", "-1", "--format=%B", "main~1").strip() == message
    assert git(tmp_path, "log", "-1", "--format=%an %at %ct", "main~1").split() == [
        "Inès",
        *[str(int(NOW.timestamp()))] * 2,
    ]
