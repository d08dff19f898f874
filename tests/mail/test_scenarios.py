"""Each message of the scenarios becomes what it must, at a real desk in a real repository."""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.header import Header
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import git, new_repository
from tracker.actions.assignment import parse_assignment
from tracker.actions.change import Way
from tracker.actions.land import land
from tracker.actions.merge import merge
from tracker.actions.set import set_fields
from tracker.actions.undo import undo
from tracker.document import read_yaml
from tracker.mail.bounced import bounced, return_address
from tracker.mail.delivery import deliver
from tracker.mail.mailroom import Mailroom, open_mailroom
from tracker.mail.processing import process
from tracker.mail.subscription import unsubscribe_address
from tracker.mail.token import INTERNAL, message_id, reply_address
from tracker.model.entry import Comment
from tracker.store.spool import State
from tracker.workspace import Workspace
from tracker.workspace.messages import listed

SETTINGS: dict[str, Any] = {
    "desk": "Help",
    "time_zone": "Europe/Paris",
    "people": {
        "omar": {"name": "Omar Haddad", "email": "omar@example.org"},
        "ada": {"name": "Ada Byron", "email": "ada@example.org"},
    },
    "locations": ["lyon", "paris"],
    "categories": ["hardware/printer", "other"],
    "cataloguing": {"rules": [{"set": {"category": "other"}}]},
    "assignment": {"dispatcher": "omar"},
    "mail": {
        "address": "help@example.org",
        "verified_by": "mx.example.org",
        "addresses": {
            "help-lyon@example.org": {"location": "lyon"},
            "help+printers@example.org": {"category": "hardware/printer"},
        },
    },
}
VERIFIED = "mx.example.org; dmarc=pass header.from=example.org"


def scenarios() -> Iterator[Any]:
    """Yield each scenario of the files."""
    for file in sorted((Path(__file__).parent / "scenarios").glob("*.yml")):
        document = read_yaml(file.read_bytes(), file.name)
        assert not document.findings
        for told in document.values["scenarios"]:
            yield pytest.param(told, id=told["scenario"])


class Desk:
    """A desk that takes in messages one after the other."""

    def __init__(self, folder: Path, settings: Mapping[str, Any]) -> None:
        new_repository(folder)
        mail = {**SETTINGS["mail"], **settings.get("mail", {})}
        (folder / "tracker.yml").write_text(json.dumps({**SETTINGS, **settings, "mail": mail}))
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", "Set up")
        self.folder = folder
        self.last = ""

    @property
    def workspace(self) -> Workspace:
        """The desk as it is now."""
        return Workspace.open(self.folder)

    @property
    def room(self) -> Mailroom:
        """Where its mail comes in."""
        return open_mailroom(self.workspace)

    def take(self, step: Mapping[str, Any], number: int) -> None:
        """Do one step of a scenario, and look whether it became what it must."""
        if "set" in step:
            self._set(step["set"])
            return
        if "merge" in step:
            one, other = (self.workspace.find(name) for name in step["merge"])
            land(self.workspace, lambda desk: merge(desk, one, other), Way(commit=True))
            return
        if step.get("undo"):
            land(self.workspace, undo, Way(commit=True))
            return
        room = self.room
        if step.get("release"):
            found = next(one for one in listed(room.spool, everything=True) if one.identity == self.last)
            room.spool.retry(found.identity, found.record.again(released=True))
        else:
            if step.get("forget"):
                shutil.rmtree(room.spool.folder)
            self.last = self._deliver(room, step, number)
        done = {one.identity: one.decision for one in process(room, 10)}
        if step.get("again"):
            assert done == {}
            return
        decision, expected = done[self.last], step["expect"]
        assert (decision.outcome, decision.ticket) == (expected["outcome"], expected.get("ticket", "")), (
            decision
        )
        assert re.search(expected.get("reason", ""), decision.reason), decision.reason
        state = {"held": State.HELD, "quarantined": State.QUARANTINE}.get(expected["outcome"], State.DONE)
        assert room.spool.state(self.last) is state

    def _deliver(self, room: Mailroom, step: Mapping[str, Any], number: int) -> str:
        identity = deliver(
            room.spool, self._message(room, step, number), "receive", step.get("recipients", ())
        )[0]
        later = timedelta(hours=float(str(step.get("later", "0h")).removesuffix("h")))
        record = room.spool.record(identity)
        moment = (datetime.now(UTC) + later).isoformat(timespec="seconds")
        room.spool.note(identity, record._replace(received=moment))
        return identity

    def _message(self, room: Mailroom, step: Mapping[str, Any], number: int) -> bytes:
        lines = [f"Authentication-Results: {VERIFIED}"] if step.get("verified") else []
        headers = {name: self._signed(room, value) for name, value in step.get("headers", {}).items()}
        headers.setdefault("Message-ID", f"<{step.get('id', number)}@x>")
        sender = step.get("from", "lea@example.com")
        if step.get("name"):
            sender = f"{Header(step['name'], 'utf-8').encode()} <{sender}>"
        lines += [f"From: {sender}", f"To: {self._signed(room, step.get('to', 'help@example.org'))}"]
        lines += [
            f"Subject: {step.get('subject', '')}",
            *(f"{name}: {value}" for name, value in headers.items()),
        ]
        return "\r\n".join([*lines, "", step.get("text", "It jams.\n")]).encode()

    @staticmethod
    def _signed(room: Mailroom, value: str) -> str:
        found = re.fullmatch(r"@(id|internal-id|reply|internal|back|leave)\((.*)\)", value)
        if not found:
            return value
        if found[1] == "id":
            return message_id(room.secret, found[2], "example.org")
        if found[1] == "internal-id":
            return message_id(room.secret, found[2], "example.org", f"{INTERNAL}0a1b")
        if found[1] == "leave":
            return unsubscribe_address(room.secret, found[2], "ada", "help@example.org")
        if found[1] == "back":
            return return_address(room.secret, found[2], "lea@example.com", "help@example.org")
        about = (INTERNAL,) if found[1] == "internal" else ()
        desk = room.workspace.configuration.mail.address or ""
        return reply_address(room.secret, found[2], desk, *about)

    def _set(self, changes: Mapping[str, str]) -> None:
        for name, written in changes.items():
            workspace = self.workspace
            wanted = [parse_assignment(one, workspace.fields) for one in written.split()]
            land(
                workspace,
                lambda desk, name=name, wanted=wanted: set_fields(desk, desk.find(name), wanted),  # type: ignore[misc]
                Way(commit=True),
            )

    def check(self, expected: Mapping[str, Any]) -> None:
        """Look whether the desk holds what it must."""
        workspace = self.workspace
        if "tickets" in expected:
            assert len(workspace.entries) == int(expected["tickets"])
        if "bounced" in expected:
            assert [*bounced(self.room.spool.folder)] == expected["bounced"]
        for name, wanted in expected.items():
            if name in ("tickets", "bounced"):
                continue
            entry = workspace.find(name)
            for key, value in wanted.items():
                if key == "comments":
                    self._check_comments(workspace.comments(entry), value)
                else:
                    held: Any = entry.values
                    for part in key.split("."):
                        held = (held or {}).get(part)
                    assert held == value, (key, held)
        findings = [finding for entry in workspace.entries for finding in entry.findings]
        assert findings == []
        assert git(self.folder, "status", "--porcelain") == ""

    @staticmethod
    def _check_comments(found: list[Comment], expected: list[Mapping[str, str]]) -> None:
        assert len(found) == len(expected), found
        for comment, wanted in zip(found, expected, strict=True):
            held = {**comment._asdict(), "text": comment.body}
            for key, value in wanted.items():
                assert re.sub(r"[\s\\]+", " ", held[key]).strip().startswith(re.sub(r"\s+", " ", value)), held


@pytest.mark.parametrize("scenario", list(scenarios()))
def test_messages_become_what_they_must(tmp_path: Path, scenario: dict[str, Any]) -> None:
    desk = Desk(tmp_path, scenario.get("settings", {}))
    for number, step in enumerate(scenario["mails"]):
        desk.take(step, number)
    desk.check(scenario.get("desk", {}))
