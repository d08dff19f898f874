"""A desk that sends mail, and a real SMTP server that takes it."""

import json
import socket
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP as MAIL
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.conftest import git, new_repository
from tracker.mail.delivery import deliver
from tracker.mail.mailroom import Mailroom, open_mailroom
from tracker.mail.notices.delivering import Delivered, deliver_all
from tracker.mail.notices.notify import Told, outbox_of, put_out
from tracker.mail.processing import process
from tracker.workspace import Workspace

SETTINGS: dict[str, Any] = {
    "desk": "Help",
    "time_zone": "Europe/Paris",
    "people": {
        "omar": {"name": "Omar Haddad", "email": "omar@example.org"},
        "ada": {"name": "Ada Byron", "email": "ada@example.org"},
        "desk": {"name": "The desk’s program", "email": "desk@example.org", "notices": "none"},
    },
    "locations": ["lyon", "paris"],
    "categories": ["hardware/printer", "other"],
    "cataloguing": {"rules": [{"set": {"category": "other"}}]},
    "mail": {"address": "help@example.org", "verified_by": "mx.example.org"},
}


class Taken(NamedTuple):
    """A mail that the server took: its envelope, and what it says."""

    sender: str
    recipient: str
    message: EmailMessage
    data: bytes

    @property
    def words(self) -> str:
        """Return all that a reader may see, header fields and both forms of the text."""
        parts = [part.get_content() for part in self.message.walk() if part.get_content_maintype() == "text"]
        return "\n".join([*(f"{name}: {value}" for name, value in self.message.items()), *parts])


class Server:
    """Takes mail; what it answers to a recipient, or to their mail, can be said beforehand."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self.answers: dict[str, str] = {}
        self.refusals: dict[str, str] = {}

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        refused = next((self.refusals[one] for one in envelope.rcpt_tos if one in self.refusals), "")
        if refused:
            return refused
        data = bytes(envelope.content or b"")
        message = BytesParser(policy=MAIL).parsebytes(data)
        assert isinstance(message, EmailMessage)
        self.taken += [Taken(envelope.mail_from or "", one, message, data) for one in envelope.rcpt_tos]
        return "250 OK"

    def take(self) -> list[Taken]:
        """Return what came since the last time."""
        taken, self.taken = self.taken, []
        return taken


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


Start = Callable[..., Server]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a server at a port."""
    running: list[Controller] = []

    def start_server(port: int, **more: Any) -> Server:
        server = Server()
        controller = Controller(server, hostname="127.0.0.1", port=port, **more)
        controller.start()
        running.append(controller)
        return server

    yield start_server
    for controller in running:
        controller.stop()


class Desk:
    """A desk in a clone of a bare repository."""

    def __init__(self, folder: Path, settings: dict[str, Any], port: int) -> None:
        self.folder, self.remote = folder / "desk", folder / "remote.git"
        mail = {
            **SETTINGS["mail"],
            "smtp": {"host": "127.0.0.1", "port": port, "security": "none"},
            **settings.get("mail", {}),
        }
        folder.mkdir(parents=True, exist_ok=True)
        git(folder, "init", "-q", "--bare", "-b", "main", str(self.remote))
        new_repository(self.folder)
        as_program(self.folder)
        git(self.folder, "remote", "add", "origin", str(self.remote))
        (self.folder / "tracker.yml").write_text(json.dumps({**SETTINGS, **settings, "mail": mail}))
        self.commit("Set up")

    @property
    def room(self) -> Mailroom:
        return open_mailroom(Workspace.open(self.folder))

    def commit(self, subject: str, author: str = "", *, push: bool = True) -> None:
        """Commit what is in the work tree, and push it."""
        by = (f"--author=X <{author}>",) if author else ()
        git(self.folder, "add", "-A")
        git(self.folder, "commit", "-qm", subject, *by)
        if push:
            git(self.folder, "push", "-q", "origin", "main")

    def put_out(self) -> Told:
        return put_out(self.room)

    def notify(self) -> list[Delivered]:
        """Tell what happened, and send it."""
        self.told = self.put_out()
        return list(deliver_all(self.room, outbox_of(self.room), ()))

    def receive(self, data: bytes, *recipients: str) -> list[tuple[str, str]]:
        """Take in a mail; return what became of it."""
        git(self.folder, "pull", "-q", "--rebase", "origin", "main")
        deliver(self.room.spool, data, "receive", recipients)
        done = [(one.decision.outcome.value, one.decision.ticket) for one in process(self.room, 10)]
        git(self.folder, "pull", "-q", "--rebase", "origin", "main")
        return done

    def clone(self, folder: Path) -> "Desk":
        """Return the same desk on another machine."""
        other = object.__new__(Desk)
        other.folder, other.remote = folder, self.remote
        git(folder.parent, "clone", "-q", str(self.remote), str(folder))
        as_program(folder)
        return other


def as_program(folder: Path) -> None:
    """Let commits here be the program's."""
    git(folder, "config", "user.name", "Desk")
    git(folder, "config", "user.email", "desk@example.org")


def mail(sender: str, subject: str, text: str = "It jams.\n", **headers: str) -> bytes:
    """Return a mail that somebody wrote to the desk."""
    usual = {"To": "help@example.org", "Message-ID": f"<{abs(hash((sender, subject, text)))}@x>"}
    fields = {**usual, **{name.replace("_", "-"): value for name, value in headers.items()}}
    lines = [f"{name}: {value}" for name, value in fields.items()]
    return "\r\n".join([f"From: {sender}", f"Subject: {subject}", *lines, "", text]).encode()


def ticket(number: int, title: str = "A ticket", body: str = "It jams.", **fields: str) -> str:
    """Return the text of a ticket; its fields are given as YAML."""
    values = {
        "id": f"HD-{number}",
        "title": title,
        "type": "incident",
        "status": "open",
        "category": "other",
        "priority": "normal",
        "created": "2026-11-24T09:00:00+01:00",
        "requester": "{name: Léa Martin, email: lea@example.com}",
        **fields,
    }
    written = "".join(f"{name}: {value}\n" for name, value in values.items() if value)
    return f"---\n{written}---\n{body}\n"


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def server(start: Start, port: int) -> Server:
    """The server that the desk knows, running."""
    return start(port)


@pytest.fixture
def sending(tmp_path: Path, port: int) -> Desk:
    """A desk that has notified once, so that it tells what happens from now on."""
    desk = Desk(tmp_path, {}, port)
    assert desk.put_out().first
    return desk
