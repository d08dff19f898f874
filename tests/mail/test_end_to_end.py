"""From a person's mail to the ticket on the website, and from there back into their mailbox, by real servers."""

import json
import re
import smtplib
import ssl
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from imapclient import IMAPClient

from tests.conftest import Run, git, new_repository
from tests.mail.dovecot import Dovecot, free_port
from tests.mail.test_scenarios import SETTINGS
from tracker.workspace import Workspace

VERIFIED = "Authentication-Results: mx.example.org; dmarc=pass header.from={}\r\n"
PAGES = "site_name: Ours\ntheme: {name: material, font: false}\nplugins: [search, tracker]\n"


class Office:
    """Brings mail that comes by SMTP into the mailboxes of an IMAP server, as a company's mail server does."""

    def __init__(self, server: Dovecot) -> None:
        self.server, self.port = server, free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def box(self, user: str) -> IMAPClient:
        """Open the mailbox of a user."""
        trusted = ssl.create_default_context(cafile=str(self.server.certificate))
        client = IMAPClient("localhost", self.server.secure_port, ssl_context=trusted, timeout=20)
        client.login(user, "secret")
        client.select_folder("INBOX")
        return client

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        domain = (envelope.mail_from or "").rpartition("@")[2]
        for recipient in envelope.rcpt_tos:
            head = f"Return-Path: <{envelope.mail_from}>\r\nDelivered-To: {recipient}\r\n{VERIFIED.format(domain)}"
            client = self.box(recipient.partition("@")[0].partition("+")[0])
            client.append("INBOX", head.encode() + bytes(envelope.content or b""))
            client.logout()
        return "250 OK"

    def send(self, sender: str, recipient: str, headers: dict[str, str], text: str) -> None:
        """Send a mail as a person's program does."""
        message = EmailMessage()
        for name, value in {"From": sender, "To": recipient, **headers}.items():
            message[name] = value
        message.set_content(text)
        with smtplib.SMTP("127.0.0.1", self.port) as client:
            client.send_message(message, sender, [recipient])

    def read(self, user: str) -> list[EmailMessage]:
        """Return the messages in a mailbox, the oldest first."""
        client = self.box(user)
        found = client.fetch(client.search(["ALL"]), ["BODY.PEEK[]"])
        client.logout()
        parser = BytesParser(policy=default)
        return [parser.parsebytes(found[uid][b"BODY[]"]) for uid in sorted(found)]  # type: ignore[misc]  # of this policy


@pytest.fixture
def office(dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A mail server that desk and people share."""
    monkeypatch.setenv("SSL_CERT_FILE", str(dovecot.certificate))
    monkeypatch.setenv("TRACKER_MAILBOX_SUPPORT_PASSWORD", "secret")
    office = Office(dovecot)
    yield office
    office.controller.stop()


@pytest.fixture
def desk(tmp_path: Path, office: Office, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk in a clone of a bare repository, whose mail that server has."""
    mail = {
        **SETTINGS["mail"],
        "mailboxes": {"support": {"host": "localhost", "port": office.server.secure_port, "user": "help"}},
        "smtp": {"host": "127.0.0.1", "port": office.port, "security": "none"},
    }
    first = tmp_path / "first"
    new_repository(first)
    (first / "tracker.yml").write_text(json.dumps({**SETTINGS, "mail": mail}))
    (first / "mkdocs.yml").write_text(PAGES)
    (first / "docs").mkdir()
    (first / "docs" / "index.md").write_text("# Welcome\n")
    git(first, "add", "-A")
    git(first, "commit", "-qm", "Set up")
    git(tmp_path, "clone", "-q", "--bare", "first", "remote.git")
    git(tmp_path, "clone", "-q", "remote.git", "desk")
    for key, value in (("user.name", "The desk"), ("user.email", "program@example.org")):
        git(tmp_path / "desk", "config", key, value)
    monkeypatch.chdir(tmp_path / "desk")
    return tmp_path / "desk"


def work(run: Run) -> None:
    """Do what a schedule does: fetch, take in, tell."""
    for command in ("fetch", "process", "notify"):
        result = run("mail", command)
        assert result.code == 0, (command, result)


def test_a_request_becomes_a_ticket_and_comes_back_answered(desk: Path, office: Office, run: Run) -> None:
    work(run)  # from here on, people are told
    office.send(
        "lea@example.com",
        "help@example.org",
        {"Subject": "Printer jams", "Message-ID": "<lea-1@example.com>"},
        "On every page.\n",
    )
    work(run)
    remote = desk.parent / "remote.git"
    ticket = git(
        remote, "show", "main:" + git(remote, "ls-tree", "-r", "--name-only", "main", "tickets").strip()
    )
    assert re.search(r"^id: HD-1$", ticket, re.MULTILINE)
    assert re.search(r"^assignee: omar$", ticket, re.MULTILINE)
    (receipt,) = office.read("lea")
    assert receipt["In-Reply-To"] == "<lea-1@example.com>"
    assert receipt["Subject"] == "[HD-1] Printer jams"
    assert receipt["Auto-Submitted"] == "auto-replied"
    (given,) = office.read("omar")
    assert "HD-1" in given["Subject"]

    again = {
        "Subject": "Re: " + receipt["Subject"],
        "In-Reply-To": receipt["Message-ID"],
        "Message-ID": "<lea-2@example.com>",
    }
    office.send("lea@example.com", receipt["Reply-To"], again, "It is the one on the third floor.\n")
    work(run)
    assert "third floor" in "".join(
        part.get_content()
        for part in office.read("omar")[-1].walk()
        if part.get_content_type() == "text/plain"
    )
    assert run("comment", "HD-1", "-m", "Somebody is on the way.", "--author", "omar", "--push").code == 0
    work(run)
    assert "on the way" in str(office.read("lea")[-1].get_body(("plain",)))

    told = office.read("omar")[-1]
    order = {
        "Subject": "Re: " + told["Subject"],
        "In-Reply-To": told["Message-ID"],
        "Message-ID": "<omar-1@example.org>",
    }
    office.send("omar@example.org", told["Reply-To"], order, "#resolve solved\nA new roller.\n")
    work(run)
    git(desk, "pull", "-q")
    workspace = Workspace.open(desk)
    entry = workspace.find("HD-1")
    assert (entry.ticket.status, entry.ticket.resolution) == ("resolved", "solved")
    said = [(comment.author, comment.body.strip()) for comment in workspace.comments(entry)]
    assert said == [
        ("lea@example.com", "It is the one on the third floor."),
        ("omar", "Somebody is on the way."),
        ("omar", "A new roller."),
    ]
    threads = {message["In-Reply-To"] or message["References"] for message in office.read("lea")}
    assert None not in threads
    assert run("build").code == 0
    page = (desk / "site" / "tickets" / "HD-1" / "index.html").read_text()
    for words in ("Printer jams", "third floor", "on the way", "A new roller"):
        assert words in page
    assert "lea@example.com" not in page
    assert run("mail", "status").code == 0
