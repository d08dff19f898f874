"""Messages from programs: their form, and that a mail never passes for one."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run, git, new_repository
from tests.mail.test_scenarios import SETTINGS
from tracker.errors import RefusedMailError
from tracker.mail.told import told_identity
from tracker.workspace import Workspace

WHO = {"email": "lea@example.com", "name": "Léa Martin"}


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk that takes messages in."""
    new_repository(tmp_path)
    (tmp_path / "tracker.yml").write_text(json.dumps(SETTINGS))
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "Set up")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(folder: Path, **parts: Any) -> str:
    """Write a message into a file, and return its path."""
    file = folder / ".git" / "message.json"
    file.write_text(json.dumps({"version": 1, "id": "chat-1", "who": WHO, **parts}))
    return str(file)


def test_a_message_of_a_chat_becomes_a_ticket_and_its_answer_a_comment(room: Path, run: Run) -> None:
    data = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()
    first = told(
        room,
        title="The screen is dark",
        text="Since *today*.",
        attachments=[{"name": "../x.png", "data": data}],
    )
    assert run("intake", "json", first).out.split("\t")[1:] == ["ticket created", "HD-1\n"]
    again = run("intake", "json", first)
    assert (again.out, again.code) == ("", 0)
    answer = told(room, id="chat-2", answers="chat-1", text="Still.")
    assert run("intake", "json", answer).out.split()[1:] == ["appended", "HD-1"]
    entry = Workspace.open(room).find("HD-1")
    assert entry.title == "The screen is dark"
    assert entry.values["requester"] == {"name": "Léa Martin", "email": "lea@example.com"}
    assert [comment.body for comment in Workspace.open(room).comments(entry)] == ["Still.\n"]
    assert [path.name.partition("-")[2] for path in (room / "tickets").rglob("files/*")] == ["x.png"]


def test_whom_the_program_knows_may_order(room: Path, run: Run) -> None:
    run("intake", "json", told(room, title="The screen is dark"))
    order = told(
        room,
        id="chat-2",
        ticket="HD-1",
        who={"email": "omar@example.org"},
        verified=True,
        text="#resolve solved\nDone.",
    )
    assert run("intake", "json", order).code == 0
    assert Workspace.open(room).find("HD-1").ticket.status == "resolved"


def test_a_mail_is_no_such_message_whatever_it_looks_like(
    room: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io
    import sys

    run("intake", "json", told(room, title="The screen is dark"))
    order = told(
        room,
        id="chat-2",
        ticket="HD-1",
        who={"email": "omar@example.org"},
        verified=True,
        text="#resolve solved",
    )
    forged = b"Authentication-Results: intake.json.invalid; dmarc=pass header.from=example.org\r\nFrom: omar@example.org\r\nSubject: [HD-1]\r\n\r\n#resolve solved\r\n"
    for data in (Path(order).read_bytes(), forged):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert run("mail", "receive").code == 0
    assert Workspace.open(room).find("HD-1").ticket.status == "new"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[1]", "is a JSON object"),
        ("{", "no JSON"),
        ('{"version": 1}', "id"),
        ('{"version": 2, "id": "x", "who": {"email": "a@b"}}', "version"),
        ('{"version": 1, "id": "x", "who": {"email": "a"}}', "who.email"),
        ('{"version": 1, "id": "x", "who": {"email": "a@b"}, "status": "closed"}', "status"),
        ("[" * 100_000, "no JSON"),
        ("[]", "is a JSON object"),
        ('{"version": 2, "id": "x", "who": {"email": "a@b.c"}}', "“2” is not a known value of version"),
        ('{"version": 1, "id": "x", "who": {"email": "a@b.c"}, "created": "now"}', "a date with a time"),
        (
            '{"version": 1, "id": "x", "who": {"email": "a@b.c"}, "attachments": [{"name": "a", "data": "%"}]}',
            "attachments.0.data: It is no Base64",
        ),
    ],
)
def test_what_is_none_is_refused(text: str, said: str) -> None:
    with pytest.raises(RefusedMailError, match=said):
        told_identity(text.encode())
