"""What lies in the mailboxes of a real IMAP server, in Maildirs and in folders gets into the desk, once."""

import json
import os
import re
import select
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from imapclient import IMAPClient

from tests.conftest import Run, git
from tests.mail.conftest import NewDesk
from tests.mail.dovecot import Dovecot, folder_of_servers, free_port, start_dovecot, token
from tests.mail.imap_server import ImapServer
from tracker.errors import StorageError
from tracker.mail.collecting import collect
from tracker.mail.mailroom import open_mailroom
from tracker.store.files import read_bytes
from tracker.store.record import Record
from tracker.store.spool import Spool
from tracker.workspace import Workspace


def mail(number: int, *, more: str = "", text: str = "It jams.") -> bytes:
    """Return a mail of a person."""
    head = f"From: lea@example.com\r\nTo: help@example.org\r\nSubject: Message {number}\r\n{more}"
    return f"{head}Message-ID: <{number}@x>\r\n\r\n{text}\r\n".encode()


class Box:
    """A mailbox on the server, as the person sees it who owns it."""

    def __init__(self, server: Dovecot, user: str) -> None:
        self.server, self.user = server, user
        self.open()

    def open(self) -> None:
        """Look into it."""
        trusted = ssl.create_default_context(cafile=str(self.server.certificate))
        self.client = IMAPClient("localhost", self.server.secure_port, ssl_context=trusted, timeout=20)
        self.client.login(self.user, "secret")
        self.client.select_folder("INBOX")

    def settings(self, **more: Any) -> dict[str, Any]:
        """Return it as tracker.yml describes it."""
        return {"host": "localhost", "port": self.server.secure_port, "user": self.user, **more}

    def put(self, data: bytes) -> None:
        """Deliver a message."""
        self.client.append("INBOX", data)

    def flags(self) -> list[set[bytes]]:
        """Return the flags of each message."""
        self.client.noop()
        told = self.client.get_flags(self.client.search(["ALL"]))
        return [set(told[uid]) - {rb"\Recent"} for uid in sorted(told)]

    def in_folder(self, name: str) -> int:
        """Return how many messages are in another folder."""
        return int(self.client.folder_status(name, ["MESSAGES"])[b"MESSAGES"])


@pytest.fixture
def box(dovecot: Dovecot, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Box]:
    """A mailbox whose password and certificate this machine knows."""
    monkeypatch.setenv("SSL_CERT_FILE", str(dovecot.certificate))
    monkeypatch.setenv("TRACKER_MAILBOX_SUPPORT_PASSWORD", "secret")
    one = Box(dovecot, re.sub(r"\W+", "-", request.node.name))
    yield one
    one.client.logout()


def tickets() -> int:
    """Return how many tickets the desk of the current folder has."""
    return len(list(Path("tickets").rglob("HD-*.md")))


def test_what_comes_is_taken_in_once_and_stays_in_the_mailbox(box: Box, new_desk: NewDesk, run: Run) -> None:
    new_desk(mailboxes={"support": box.settings()})
    box.put(mail(1))
    box.put(mail(2))
    done = run("mail", "fetch")
    assert (done.code, done.out.count("created"), done.err) == (0, 2, "support: 2 new messages\n")
    assert box.flags() == [{b"TrackerTaken"}] * 2
    again = run("mail", "fetch")
    assert (again.code, again.out, again.err) == (0, "", "")
    box.put(mail(3))
    assert run("mail", "fetch", "support").out.count("created") == 1
    assert tickets() == 3


@pytest.mark.parametrize(
    ("after", "flags", "moved"),
    [
        ("seen", [{b"TrackerTaken", rb"\Seen"}], 0),
        ("delete", [], 0),
        ("move to Done", [], 1),
        ("move to Réglé & 2026", [], 1),
    ],
)
def test_a_message_that_is_safe_is_put_away(
    box: Box, new_desk: NewDesk, run: Run, after: str, flags: list[set[bytes]], moved: int
) -> None:
    new_desk(mailboxes={"support": box.settings(after=after)})
    target = after.removeprefix("move to ") if moved else "Other"
    box.client.create_folder(target)
    box.put(mail(1))
    assert run("mail", "fetch").code == 0
    assert (box.flags(), box.in_folder(target)) == (flags, moved)
    assert tickets() == 1


def test_a_message_that_is_not_safe_is_not_put_away(box: Box, new_desk: NewDesk, run: Run) -> None:
    folder = new_desk(mailboxes={"support": box.settings(after="delete")})
    (folder / ".git" / "tracker-mail").write_text("No folder can be made here.")
    box.put(mail(1))
    done = run("mail", "fetch")
    assert done.code != 0
    assert "cannot be written" in done.err
    assert box.flags() == [set()]
    (folder / ".git" / "tracker-mail").unlink()
    assert run("mail", "fetch").out.count("created") == 1
    assert box.flags() == []


def test_a_mailbox_that_is_numbered_anew_gives_nothing_twice(box: Box, new_desk: NewDesk, run: Run) -> None:
    new_desk(mailboxes={"support": box.settings()})
    box.put(mail(1))
    run("mail", "fetch")
    box.client.logout()
    for file in (box.server.folder / "mail" / box.user).glob("dovecot[.-]*"):
        file.unlink()
    time.sleep(1)  # a numbering is known by the second in which it began
    box.open()
    box.put(mail(2))
    done = run("mail", "fetch")
    assert "numbered the messages of INBOX anew" in done.err
    assert "1 new message" in done.err
    assert tickets() == 2


def test_a_lost_spool_gives_nothing_twice(box: Box, new_desk: NewDesk, run: Run) -> None:
    folder = new_desk(mailboxes={"support": box.settings()})
    box.put(mail(1))
    run("mail", "fetch")
    spool = folder / ".git" / "tracker-mail"
    for name in ("done", "records"):
        shutil.rmtree(spool / name)
    assert run("mail", "fetch").out == ""  # it is known how far the mailbox was fetched
    shutil.rmtree(spool)
    assert "It was taken in before." in run("mail", "fetch").out
    assert tickets() == 1


def new_limit(before: str, after: str) -> None:
    """Let the desk read larger messages."""
    settings = Path("tracker.yml")
    settings.write_text(settings.read_text().replace(f'"size": {before}', f'"size": {after}'))


def test_a_huge_message_is_not_loaded_before_the_desk_reads_such(
    box: Box, new_desk: NewDesk, run: Run
) -> None:
    new_desk(mailboxes={"support": box.settings(after="delete")}, limits={"size": 0.125})
    box.put(mail(1, text="x" * 75 + "\r\n" + ("y" * 75 + "\r\n") * 3_000))
    box.put(mail(2))
    done = run("mail", "fetch")
    assert done.out.count("created") == 1
    status = run("mail", "status", "--json")
    (held,) = json.loads(status.out)
    assert (held["state"], held["subject"], held["author"]) == ("quarantine", "Message 1", "lea@example.com")
    assert held["reason"].startswith(
        "The message has 0.2 MiB; at most 0.125 are read. Only its header is here"
    )
    shown = run("mail", "show", held["message"][:12]).out
    assert "Subject: Message 1" in shown
    assert "yyy" not in shown
    assert box.flags() == [set()]
    assert run("mail", "fetch").err == ""
    new_limit("0.125", "0.15")
    assert run("mail", "fetch").out == ""  # still too large
    new_limit("0.15", "1")
    assert run("mail", "fetch").out.count("created") == 1
    assert (run("mail", "status").out, box.flags()) == ("", [])
    assert run("mail", "fetch").out == ""


def test_who_it_was_delivered_to_is_what_the_first_field_says(box: Box, new_desk: NewDesk, run: Run) -> None:
    new_desk(mailboxes={"support": box.settings()}, delivered_to=["Delivered-To"])
    box.put(mail(1, more="Delivered-To: help-lyon@example.org\r\nDelivered-To: help@example.org\r\n"))
    run("mail", "fetch")
    assert "location: lyon" in next(Path("tickets").rglob("HD-1.md")).read_text()


@pytest.mark.parametrize(
    ("mailbox", "more", "location"),
    [
        ({}, "", "lyon"),
        ({"address": "help-paris@example.org"}, "", "paris"),
        ({"address": "Help-Paris@example.org"}, "Delivered-To: help-lyon@example.org\r\n", "lyon"),
        ({"address": "help-paris@example.org"}, "Delivered-To: desk@host.example.org\r\n", "lyon"),
    ],
)
def test_what_lies_in_the_mailbox_of_an_address_was_delivered_to_it(
    new_desk: NewDesk, run: Run, tmp_path: Path, mailbox: dict[str, str], more: str, location: str
) -> None:
    addresses = {
        "help-lyon@example.org": {"location": "lyon"},
        "help-paris@example.org": {"location": "paris"},
    }
    mailboxes = {"local": {"files": str(tmp_path), **mailbox}}
    new_desk(mailboxes=mailboxes, addresses=addresses, delivered_to="Delivered-To")
    (tmp_path / "1.eml").write_bytes(mail(1, more=more).replace(b"To: help@", b"To: help-lyon@"))
    assert run("mail", "fetch").out.count("created") == 1
    assert f"location: {location}" in next(Path("tickets").rglob("HD-1.md")).read_text()


def test_what_lies_in_the_mailbox_of_an_address_on_a_server_likewise(
    box: Box, new_desk: NewDesk, run: Run
) -> None:
    new_desk(mailboxes={"support": box.settings(address="help-lyon@example.org")})
    box.put(mail(1))
    run("mail", "fetch")
    assert "location: lyon" in next(Path("tickets").rglob("HD-1.md")).read_text()


def test_old_mail_is_left_alone(box: Box, new_desk: NewDesk, run: Run) -> None:
    new_desk(mailboxes={"support": box.settings(since="2026-01-01")})
    box.client.append("INBOX", mail(1), msg_time=datetime(2025, 12, 30, 12, tzinfo=UTC))
    box.client.append("INBOX", mail(2), msg_time=datetime(2026, 1, 2, 12, tzinfo=UTC))
    run("mail", "fetch")
    assert tickets() == 1
    assert "created: 2026-01-02T13:00:00+01:00" in next(Path("tickets").rglob("HD-1.md")).read_text()


SECURITY = {
    "tls": lambda server: {"port": server.secure_port},
    "starttls": lambda server: {"port": server.port, "security": "starttls"},
}


@pytest.mark.parametrize("security", SECURITY)
def test_a_server_that_is_not_known_gets_no_password(
    box: Box, new_desk: NewDesk, run: Run, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    new_desk(mailboxes={"support": box.settings(**SECURITY[security](box.server))})
    box.put(mail(1))
    monkeypatch.delenv("SSL_CERT_FILE")
    done = run("mail", "fetch")
    assert done.code == 3
    assert "The certificate of localhost is not to be trusted: self-signed certificate." in done.err
    monkeypatch.setenv("SSL_CERT_FILE", str(box.server.certificate))
    assert run("mail", "fetch").code == 0
    assert tickets() == 1


def test_a_server_that_offers_no_encryption_gets_no_password(
    new_desk: NewDesk, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_MAILBOX_SUPPORT_PASSWORD", "secret")
    with folder_of_servers() as folder:
        server = start_dovecot(folder, ssl="no")
        mailbox = {"host": "localhost", "port": server.port, "security": "starttls", "user": "help"}
        new_desk(mailboxes={"support": mailbox})
        done = run("mail", "fetch")
        server.end()
        assert "Login" not in (folder / "log").read_text()
    assert (done.code, done.err) == (3, "support: localhost offers no encryption.\n")


def test_a_password_goes_nowhere_unencrypted(box: Box, new_desk: NewDesk, run: Run) -> None:
    new_desk(mailboxes={"support": box.settings(host="imap.example.org", security="none")})
    done = run("mail", "fetch")
    assert done.code == 3
    assert "would go over the network unencrypted" in done.err
    assert "git config tracker.mailbox.support.plainText true" in done.err


def test_a_wrong_password_is_told(
    box: Box, new_desk: NewDesk, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_desk(mailboxes={"support": box.settings()})
    monkeypatch.setenv("TRACKER_MAILBOX_SUPPORT_PASSWORD", "guess")
    done = run("mail", "fetch")
    assert done.code == 3
    assert "localhost does not let “test_a_wrong_password_is_told” in: [AUTHENTICATIONFAILED]" in done.err
    assert "guess" not in done.err


def test_the_secret_comes_from_a_command_of_this_machine(
    box: Box, new_desk: NewDesk, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = new_desk(mailboxes={"support": box.settings()})
    monkeypatch.delenv("TRACKER_MAILBOX_SUPPORT_PASSWORD")
    box.put(mail(1))
    none = run("mail", "fetch")
    assert none.code == 3
    assert "There is no password for the mailbox “support”" in none.err
    assert "TRACKER_MAILBOX_SUPPORT_PASSWORD" in none.err
    (tmp_path / "pass word").write_text("secret\nnot this line\n")
    git(folder, "config", "tracker.mailbox.support.passwordCommand", f"cat '{tmp_path}/pass word'")
    assert run("mail", "fetch").code == 0
    assert tickets() == 1
    (tmp_path / "pass word").unlink()
    failed = run("mail", "fetch")
    assert failed.code == 75
    assert (
        "The command of Git’s setting tracker.mailbox.support.passwordCommand fails: it exits with 1."
        in failed.err
    )


def test_tokens_let_in_while_they_are_good(box: Box, new_desk: NewDesk, run: Run, tmp_path: Path) -> None:
    folder = new_desk(mailboxes={"support": box.settings()})
    git(folder, "config", "tracker.mailbox.support.tokenCommand", f"cat {tmp_path}/token")
    box.put(mail(1))
    (tmp_path / "token").write_text(token(box.user, -300))
    expired = run("mail", "fetch")
    assert expired.code == 3
    assert "Is the password right, or the token still good?" in expired.err
    (tmp_path / "token").write_text(token(box.user, 300))
    assert run("mail", "fetch").code == 0
    assert tickets() == 1


def test_a_folder_that_is_not_there_is_told(box: Box, new_desk: NewDesk, run: Run) -> None:
    new_desk(mailboxes={"support": box.settings(folder="Nowhere"), "other": box.settings()})
    done = run("mail", "fetch", "support")
    assert done.code == 3
    assert "support: localhost refuses" in done.err
    assert run("mail", "fetch", "suport").code == 2


def test_a_server_that_does_not_answer_may_answer_later(
    box: Box, new_desk: NewDesk, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_MAILBOX_DOWN_PASSWORD", "secret")
    port = free_port()
    new_desk(mailboxes={"down": box.settings(port=port), "support": box.settings()})
    box.put(mail(1))
    done = run("mail", "fetch")
    assert done.code == 75
    assert f"down: localhost:{port} does not answer, or has hung up: Connection refused." in done.err
    assert tickets() == 1


def test_what_needs_somebody_is_told_before_what_may_pass(
    box: Box, new_desk: NewDesk, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_MAILBOX_DOWN_PASSWORD", "secret")
    monkeypatch.setenv("TRACKER_MAILBOX_SUPPORT_PASSWORD", "guess")
    new_desk(mailboxes={"down": box.settings(port=free_port()), "support": box.settings()})
    done = run("mail", "fetch")
    assert (done.code, done.err.count("\n")) == (3, 2)
    assert (run("mail", "fetch", "down").code, run("mail", "fetch", "support").code) == (75, 3)


class Cutting(threading.Thread):
    """A way to a server on which the connection breaks after so many bytes of answers."""

    def __init__(self, port: int, most: int) -> None:
        super().__init__(daemon=True)
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port, self.target, self.left = self.listening.getsockname()[1], port, most

    def run(self) -> None:
        near = self.listening.accept()[0]
        with self.listening, near, socket.create_connection(("127.0.0.1", self.target)) as far:
            while self.left > 0:
                for one in select.select([near, far], [], [])[0]:
                    data = one.recv(4096)
                    if not data:
                        return
                    if one is far:
                        data = data[: self.left]
                        self.left -= len(data)
                    (near if one is far else far).sendall(data)


@pytest.mark.parametrize("after", ["keep", "delete"])
def test_a_connection_that_breaks_anywhere_loses_and_doubles_nothing(
    box: Box, new_desk: NewDesk, run: Run, after: str
) -> None:
    for number in range(5):
        box.put(mail(number, text="word " * 50))
    folder = new_desk()
    settings = json.loads((folder / "tracker.yml").read_text())
    codes = []
    for most in (*range(50, 4_500, 370), 100_000):
        way = Cutting(box.server.port, most)
        way.start()
        mailbox = {
            "host": "127.0.0.1",
            "port": way.port,
            "security": "none",
            "user": box.user,
            "after": after,
        }
        settings["mail"]["mailboxes"] = {"support": mailbox}
        (folder / "tracker.yml").write_text(json.dumps(settings))
        codes.append(run("mail", "fetch", "--later").code)
        way.join(20)
    assert set(codes[:2]) == {75}
    assert set(codes) <= {0, 75}
    assert codes[-1] == 0
    assert run("mail", "process").out.count("created") == 5
    assert tickets() == 5
    assert box.flags() == ([] if after == "delete" else [{b"TrackerTaken"}] * 5)


@pytest.mark.parametrize("said", ["NIL", "{0}\r\n", "NO It could not be retrieved.", "BAD Fault."])
def test_a_message_that_is_not_handed_out_holds_up_no_other(
    new_desk: NewDesk, run: Run, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv("TRACKER_MAILBOX_SUPPORT_PASSWORD", "secret")
    server = ImapServer(*map(mail, range(1, 5)), refused={2: said})
    new_desk(mailboxes={"support": server.settings(after="move to Done")})
    done = run("mail", "fetch")
    assert (done.code, done.out.count("created"), server.moved) == (0, 3, ["1,3,4"])
    assert server.asked == [1, 2, 2, 2, 3, 4]  # it is asked twice, and for its header
    (held,) = json.loads(run("mail", "status", "--json").out)
    assert (held["state"], held["partial"]) == ("quarantine", True)
    assert held["subject"] == "Message 2 of INBOX at 127.0.0.1"
    assert "127.0.0.1 does not hand out message 2: " in held["reason"]
    assert (run("mail", "fetch").err, len(json.loads(run("mail", "status", "--json").out))) == ("", 1)
    server.refused.clear()
    healed = run("mail", "fetch")
    assert (healed.code, healed.out.count("created")) == (0, 1), healed.err
    assert (run("mail", "status").out, tickets(), server.moved[1:]) == ("", 4, ["2"])
    server.end()


def test_a_message_at_which_the_server_hangs_up_holds_up_the_others_for_five_runs(
    box: Box, new_desk: NewDesk, run: Run
) -> None:
    for number in range(1, 4):
        box.put(mail(number))
    new_desk(mailboxes={"support": box.settings()})
    files = box.server.folder / "mail" / box.user
    for cache in files.glob("dovecot.index.cache*"):
        cache.unlink()
    sorted((files / "cur").iterdir())[1].chmod(0)
    assert [run("mail", "fetch").code for _run in range(6)] == [75] * 5 + [0]
    assert tickets() == 2
    (held,) = json.loads(run("mail", "status", "--json").out)
    assert held["subject"] == "Message 2 of INBOX at localhost"
    assert "Internal error occurred" in held["reason"]
    assert run("mail", "fetch").err == ""


@pytest.mark.parametrize(
    "moving",
    ["NO [OVERQUOTA] Quota exceeded", "NO [TRYCREATE] Mailbox doesn't exist: Done", "NO [INUSE] Not now"],
)
def test_a_folder_to_move_to_that_refuses_keeps_no_message_away(
    new_desk: NewDesk, run: Run, monkeypatch: pytest.MonkeyPatch, moving: str
) -> None:
    monkeypatch.setenv("TRACKER_MAILBOX_SUPPORT_PASSWORD", "secret")
    server = ImapServer(*map(mail, range(120)), moving=moving)
    new_desk(mailboxes={"support": server.settings(after="move to Done")})
    done = run("mail", "fetch", "--later")
    assert done.code == (75 if "INUSE" in moving else 3)
    assert done.err.count(moving.partition("] ")[2]) == 1
    assert ("Create the folder “Done” there, or correct “after”" in done.err) is ("TRYCREATE" in moving)
    assert len(list(Path(".git/tracker-mail/new").iterdir())) == 120
    server.moving = "OK done"
    server.moved.clear()
    again = run("mail", "fetch", "--later")
    assert (again.code, again.err, [one.count(",") for one in server.moved]) == (0, "", [49, 49, 19])
    assert len(server.asked) == 120
    server.end()


@contextmanager
def watching(*arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """Run a command until the block ends; then it must end well when it is asked to."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", "mail", *arguments, "--watch"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    try:
        yield process
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0, printed(process)
    finally:
        process.kill()
        process.wait()


def printed(process: "subprocess.Popen[str]") -> str:
    """Return what a process that has ended said."""
    assert process.stdout
    with process.stdout as stream:
        return stream.read()


def until(is_so: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_what_comes_while_it_watches_is_fetched_at_once(box: Box, new_desk: NewDesk) -> None:
    new_desk(mailboxes={"support": box.settings()})
    box.put(mail(1))
    with watching("fetch", "--every", "1700") as process:
        until(lambda: tickets() == 1)
        time.sleep(0.5)
        box.put(mail(2))
        until(lambda: tickets() == 2)
    assert printed(process).count("support: 1 new message") == 2


def test_a_watch_follows_its_settings(new_desk: NewDesk, tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    settings = new_desk(mailboxes={"one": {"files": str(tmp_path / "one")}}) / "tracker.yml"
    sound = settings.read_text()
    with watching("fetch", "--every", "1") as process:
        (tmp_path / "one" / "1.eml").write_bytes(mail(1))
        until(lambda: tickets() == 1)
        settings.write_text("mail: [")
        time.sleep(1.5)
        other = {"files": str(tmp_path / "other"), "after": "delete"}
        changed = json.loads(sound)
        settings.write_text(
            json.dumps({**changed, "mail": {**changed["mail"], "mailboxes": {"other": other}}})
        )
        (tmp_path / "other" / "2.eml").write_bytes(mail(2))
        until(lambda: not (tmp_path / "other" / "2.eml").exists())
        (tmp_path / "one" / "3.eml").write_bytes(mail(3))
        until(lambda: tickets() == 2)
        time.sleep(1.5)
    said = printed(process)
    assert tickets() == 2
    assert "one: 1 new message" in said
    assert "other: 1 new message" in said
    assert "tracker.yml: tracker.yml:1" in said


def test_a_server_that_hangs_up_is_tried_again(new_desk: NewDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_MAILBOX_SUPPORT_PASSWORD", "secret")
    with folder_of_servers() as folder:
        server = start_dovecot(folder)
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        box = Box(server, "help")
        new_desk(mailboxes={"support": box.settings()})
        box.put(mail(1))
        box.client.logout()
        with watching("fetch", "--every", "1700") as process:
            until(lambda: tickets() == 1)
            time.sleep(0.5)
            server.end()
            server = start_dovecot(folder, (server.port, server.secure_port))
            box.open()
            box.put(mail(2))
            box.client.logout()
            until(lambda: tickets() == 2)
        server.end()
    assert f"localhost:{server.secure_port} does not answer, or has hung up" in printed(process)


def test_processing_goes_on_until_it_is_asked_to_end(new_desk: NewDesk, run: Run, tmp_path: Path) -> None:
    new_desk()
    with watching("process") as process:
        for number in range(3):
            (tmp_path / f"{number}.eml").write_bytes(mail(number))
            assert run("mail", "import", str(tmp_path / f"{number}.eml")).code == 0
            until(lambda number=number: tickets() == number + 1)  # type: ignore[misc]
    assert printed(process).count("created") == 3


@pytest.mark.parametrize("after", ["keep", "seen", "delete", "move to .Done"])
def test_a_maildir_is_fetched_from(new_desk: NewDesk, run: Run, tmp_path: Path, after: str) -> None:
    maildir = tmp_path / "Maildir"
    for part in ("cur", "new", "tmp"):
        (maildir / part).mkdir(parents=True)
    new_desk(mailboxes={"local": {"maildir": str(maildir), "after": after}})
    (maildir / "new" / "1.host").write_bytes(mail(1))
    (maildir / "cur" / "2.host:2,RS").write_bytes(mail(2))
    (maildir / "tmp" / "3.host").write_bytes(mail(3)[:20])
    assert run("mail", "fetch").out.count("created") == 2
    left = sorted(file.relative_to(maildir).as_posix() for file in maildir.rglob("*.host*"))
    assert (
        left
        == {
            "keep": ["cur/2.host:2,RS", "new/1.host", "tmp/3.host"],
            "seen": ["cur/1.host:2,S", "cur/2.host:2,RS", "tmp/3.host"],
            "delete": ["tmp/3.host"],
            "move to .Done": [".Done/cur/2.host:2,RS", ".Done/new/1.host", "tmp/3.host"],
        }[after]
    )
    if after == "keep":  # somebody reads it: it has another name then, and is the same
        (maildir / "new" / "1.host").rename(maildir / "cur" / "1.host:2,S")
        for name in ("done", "records"):
            shutil.rmtree(Path(".git/tracker-mail") / name)
    again = run("mail", "fetch")
    assert (again.out, again.err) == ("", "")
    (maildir / "tmp" / "3.host").unlink()
    (maildir / "new" / "3.host").write_bytes(mail(3))
    assert run("mail", "fetch").out.count("created") == 1
    assert tickets() == 3


@pytest.mark.parametrize("after", ["keep", "delete", "move to done"])
def test_a_folder_of_files_is_fetched_from(new_desk: NewDesk, run: Run, tmp_path: Path, after: str) -> None:
    files = tmp_path / "in"
    files.mkdir()
    new_desk(mailboxes={"local": {"files": str(files), "after": after}}, limits={"size": 0.01})
    (files / "a.eml").write_bytes(mail(1))
    (files / "huge.eml").write_bytes(mail(2, text="y" * 20_000))
    (files / "part.tmp").write_bytes(mail(3)[:20])
    (files / "begun.eml").touch()
    (files / "link.eml").symlink_to("/etc/passwd")
    done = run("mail", "fetch")
    assert done.out.count("created") == 1
    left = {file.name for file in files.glob("*")}
    kept = {"begun.eml", "huge.eml", "link.eml", "part.tmp"}
    assert left == {"keep": {"a.eml", *kept}, "delete": kept, "move to done": {"done", *kept}}[after]
    assert run("mail", "fetch").err == ""
    (files / "begun.eml").write_bytes(mail(4))
    assert run("mail", "fetch").out.count("created") == 1
    (held,) = json.loads(run("mail", "status", "--json").out)
    assert held["subject"] == "Message 2"
    new_limit("0.01", "1")
    assert run("mail", "fetch").out.count("created") == 1
    assert (run("mail", "status").out, run("mail", "fetch").out) == ("", "")
    assert (files / "huge.eml").exists() is (after == "keep")


@pytest.mark.parametrize("kind", ["files", "maildir"])
@pytest.mark.parametrize("after", ["keep", "delete", "move to done"])
def test_a_name_that_comes_again_is_another_message(
    new_desk: NewDesk, run: Run, tmp_path: Path, kind: str, after: str
) -> None:
    place = tmp_path / "in" / ("new" if kind == "maildir" else "")
    place.mkdir(parents=True)
    new_desk(mailboxes={"local": {kind: str(tmp_path / "in"), "after": after}})
    for number in range(3):
        (tmp_path / "written").write_bytes(mail(number))
        (tmp_path / "written").replace(place / "mail.eml")
        assert run("mail", "fetch").out.count("created") == 1
    assert run("mail", "fetch").err == ""
    left = {file.read_bytes() for file in (tmp_path / "in").rglob("*.eml")}
    assert left == {"keep": {mail(2)}, "delete": set()}.get(after, {mail(0), mail(1), mail(2)})


def test_what_replaces_a_message_while_it_is_taken_is_not_put_away(
    new_desk: NewDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = open_mailroom(
        Workspace.open(new_desk(mailboxes={"local": {"files": str(tmp_path), "after": "delete"}}))
    )
    mailbox = room.workspace.configuration.mail.mailboxes["local"]
    (tmp_path / "mail.eml").write_bytes(mail(1))
    deliver = Spool.deliver

    def replaced(spool: Spool, identity: str, data: bytes, record: Record) -> bool:
        if data == mail(1):
            (tmp_path / "other").write_bytes(mail(2))
            (tmp_path / "other").replace(tmp_path / "mail.eml")
        return deliver(spool, identity, data, record)

    monkeypatch.setattr(Spool, "deliver", replaced)
    assert (collect(room, "local", mailbox).new, (tmp_path / "mail.eml").exists()) == (1, True)
    assert (collect(room, "local", mailbox).new, (tmp_path / "mail.eml").exists()) == (1, False)


def in_folders(tmp_path: Path, **more: str) -> dict[str, dict[str, str]]:
    """Return the settings of a Maildir and a folder of files, each with a message."""
    for number, place in enumerate(("maildir/cur", "maildir/new", "files"), 10):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "1.eml").write_bytes(mail(number))
    return {kind: {kind: str(tmp_path / kind), **more} for kind in ("maildir", "files")}


def test_a_folder_that_cannot_be_read_keeps_no_other_away(
    new_desk: NewDesk, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_desk(mailboxes=in_folders(tmp_path))
    iterdir = Path.iterdir

    def refuses(folder: Path) -> Iterator[Path]:
        if folder.name == "cur":  # the tests may run as root, whom no disk refuses this
            raise PermissionError(13, "Permission denied", str(folder))
        return iterdir(folder)

    monkeypatch.setattr(Path, "iterdir", refuses)
    done = run("mail", "fetch")
    assert (done.code, done.out.count("created")) == (3, 1)
    assert f"maildir: {tmp_path}/maildir/cur cannot be read: Permission denied." in done.err


@pytest.mark.parametrize("fault", ["gone", "unreadable"])
def test_a_file_that_cannot_be_read_keeps_no_other_away(
    new_desk: NewDesk, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    new_desk(mailboxes=in_folders(tmp_path))
    (tmp_path / "files" / "2.eml").write_bytes(mail(2))

    def refuses(path: Path, most: int | None = None) -> bytes:
        if path.name == "1.eml":
            if fault == "gone":
                path.unlink()
            else:
                raise StorageError(f"{path} cannot be read: Input/output error.")
        return read_bytes(path, most)

    with monkeypatch.context() as patched:
        patched.setattr("tracker.mail.collecting.read_bytes", refuses)
        done = run("mail", "fetch")
    assert (done.code, done.out.count("created")) == (0 if fault == "gone" else 3, 1)
    assert done.err.count("Input/output error.") == (0 if fault == "gone" else 2)
    again = run("mail", "fetch")
    assert (again.code, again.out.count("created")) == (0, 0 if fault == "gone" else 3)


def test_a_folder_of_this_machine_to_move_to_that_refuses_keeps_no_message_away(
    new_desk: NewDesk, run: Run, tmp_path: Path
) -> None:
    new_desk(mailboxes=in_folders(tmp_path, after="move to done"))
    (tmp_path / "maildir" / "done").touch()
    done = run("mail", "fetch")
    assert (done.code, done.out.count("created")) == (3, 3)
    assert done.err.count("maildir/done/tmp cannot be written: Not a directory.") == 1
    (tmp_path / "maildir" / "done").unlink()
    assert run("mail", "fetch").code == 0
    assert len([*(tmp_path / "maildir" / "done").rglob("*.eml")]) == 2
    assert tickets() == 3


def test_a_folder_outside_is_no_place_to_move_to(new_desk: NewDesk, run: Run, tmp_path: Path) -> None:
    files = tmp_path / "in"
    files.mkdir()
    new_desk(mailboxes={"local": {"files": str(files), "after": "move to ../../out"}})
    (files / "a.eml").write_bytes(mail(1))
    assert "leads out of the desk" in run("mail", "fetch").err
    assert (files / "a.eml").exists()


@pytest.mark.parametrize(
    ("mailbox", "said"),
    [
        ({"user": "x"}, "either on a host, or a maildir, or a folder of files"),
        ({"host": "imap.example.org", "user": "x", "files": "in"}, "either on a host, or a maildir"),
        ({"host": "imap.example.org"}, "needs a user"),
        ({"host": "-x", "user": "x"}, "host"),
        ({"host": "imap.example.org", "user": "x", "after": "burn"}, "after"),
        ({"host": "imap.example.org", "user": "x\r\nLOGOUT"}, "user"),
        ({"host": "imap.example.org", "user": "x", "passwordCommand": "cat /etc/passwd"}, "passwordCommand"),
    ],
)
def test_what_is_no_mailbox_is_refused(
    new_desk: NewDesk, run: Run, mailbox: dict[str, str], said: str
) -> None:
    new_desk(mailboxes={"support": mailbox})
    done = run("mail", "fetch")
    assert done.code == 3
    assert said in done.err
