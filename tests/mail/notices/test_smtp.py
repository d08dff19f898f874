"""The server is down, refuses, wants a password or TLS: what becomes of the mail, and what the command says."""

import os
import ssl
import subprocess
import sys
import time
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult

from tests.conftest import Run, git
from tests.mail.notices.conftest import Desk, Server, Start
from tests.mail.notices.test_notify import ADA, LEA, OMAR, is_now, said, write
from tracker.errors import BrokenEnvironmentError, RefusedLoginError, UnreachableError
from tracker.mail.bounced import bounced
from tracker.mail.notices import smtp
from tracker.mail.notices.delivering import deliver_all
from tracker.mail.notices.envelope import Envelope, opened, sealed
from tracker.mail.notices.notify import outbox_of
from tracker.store.lock import held_if_free


@pytest.fixture
def full(sending: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk with one thing to tell; the current folder."""
    write(sending, is_now())
    sending.commit("A ticket")
    monkeypatch.chdir(sending.folder)
    monkeypatch.setattr(smtp, "PAUSES", ())
    return sending


def sends(desk: Desk) -> list[str]:
    return [one.answer.value for one in deliver_all(desk.room, outbox_of(desk.room), ())]


def rest(desk: Desk) -> None:
    """Let what was tried be left alone for as long as any mail is."""
    for file in (outbox_of(desk.room).folder / "tried").glob("*"):
        os.utime(file, (time.time() - 5 * 3600, file.stat().st_mtime))


HOUR = 3600.0


@pytest.mark.parametrize(
    ("age", "rested", "is_due"),
    [
        (30, 30, False),
        (62, 62, True),
        (HOUR, 30, False),
        (HOUR, HOUR / 2 - 10, False),
        (HOUR, HOUR / 2 + 10, True),
        (48 * HOUR, 4 * HOUR - 10, False),
        (48 * HOUR, 4 * HOUR + 10, True),
        (-48 * HOUR, -48 * HOUR, True),  # the clock was put back
    ],
)
def test_what_is_refused_is_left_alone_the_longer_the_older_it_is(
    full: Desk, server: Server, age: float, rested: float, is_due: bool
) -> None:
    server.answers[LEA] = "451 4.7.1 Try again later"
    full.put_out()
    assert sends(full) == ["later"]
    (file,) = (outbox_of(full.room).folder / "tried").iterdir()
    os.utime(file, (time.time() - rested, time.time() - age))
    first = file.stat().st_mtime
    assert sends(full) == (["later"] if is_due else [])
    assert sends(full) == []
    assert file.stat().st_mtime == first


def test_what_cannot_be_sent_is_sent_when_the_server_is_back(
    full: Desk, start: Start, port: int, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tracker.mail.notices import delivering

    monkeypatch.setattr(delivering.deliver_all, "__defaults__", ((),))
    down = run("mail", "notify")
    assert down.code == 75
    assert f"127.0.0.1:{port} does not send our mail" in down.err
    assert run("mail", "notify").code == 75
    server = start(port)
    up = run("mail", "notify")
    assert (up.code, up.out) == (0, f"sent\t{LEA}\t[HD-1] A ticket\n")
    assert run("mail", "notify").out == ""
    assert [one.recipient for one in server.take()] == [LEA]


def test_a_server_is_asked_again_after_a_pause(full: Desk, start: Start, port: int) -> None:
    full.put_out()
    began = time.monotonic()
    with pytest.raises(BrokenEnvironmentError):
        list(deliver_all(full.room, outbox_of(full.room), (0.05, 0.05)))
    assert time.monotonic() - began >= 0.1


UNUSUAL = "léa@exämple.org"
REFUSALS = {
    "451 4.7.1 Try again later": ("later", False),
    "421 4.3.2 Closing": ("later", False),
    "550 5.1.1 No such user": ("never", True),
    "550 5.2.1 Disabled": ("never", True),
    "550 No such user here": ("never", True),
    "550 relay not permitted": ("later", False),
    "554 5.7.1 Relay access denied": ("later", False),
    "552 5.3.4 Message too big": ("never", False),
    "552 over quota": ("later", False),
}


@pytest.mark.parametrize("said_by_server", REFUSALS)
@pytest.mark.parametrize("to_data", [False, True])
def test_a_refused_mail(full: Desk, server: Server, said_by_server: str, to_data: bool) -> None:
    answer, gone = REFUSALS[said_by_server]
    (server.refusals if to_data else server.answers)[LEA] = said_by_server
    full.put_out()
    assert sends(full) == [answer]
    assert (LEA in bounced(full.room.spool.folder)) is gone
    rest(full)
    assert sends(full) == (["later"] if answer == "later" else [])
    rest(full)
    server.answers.clear()
    server.refusals.clear()
    assert sends(full) == (["sent"] if answer == "later" else [])


def test_nobody_is_marked_where_all_are_refused(full: Desk, server: Server) -> None:
    """A server that knows none of several does not know us, or is not the one that it should be."""
    server.answers = dict.fromkeys((LEA, OMAR), "550 5.1.1 User unknown")
    write(full, is_now(assignee="omar"))
    full.commit("Assigned")
    full.put_out()
    assert sends(full) == ["later", "later"]
    assert bounced(full.room.spool.folder) == {}
    del server.answers[OMAR]
    rest(full)
    assert sorted(sends(full)) == ["never", "sent"]
    assert [*bounced(full.room.spool.folder)] == [LEA]


def test_what_is_refused_for_good_is_said_by_the_exit_code(full: Desk, server: Server, run: Run) -> None:
    server.answers[LEA] = "550 5.1.1 No such user"
    done = run("mail", "notify")
    assert (done.code, done.out) == (1, f"refused\t{LEA}\t[HD-1] A ticket\t550 5.1.1 No such user\n")
    assert run("mail", "notify").code == 0


def test_one_refused_recipient_is_in_nobodys_way(full: Desk, server: Server) -> None:
    server.answers[LEA] = "451 4.7.1 Try again later"
    write(full, is_now(assignee="omar"))
    full.commit("Assigned")
    full.put_out()
    assert sorted(sends(full)) == ["later", "sent"]


def test_what_was_not_tried_is_counted(full: Desk, server: Server, run: Run) -> None:
    write(full, is_now(assignee="omar"))
    full.commit("Assigned")
    full.put_out()
    with held_if_free(outbox_of(full.room).folder / "sending"):
        other = run("mail", "notify")
    assert (other.code, other.out, other.err) == (75, "", "2 more mails wait for the next run.\n")
    done = run("mail", "notify")
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize("answer", ["250 OK", "550 5.1.1 No such user"])
def test_mail_to_somebody_is_removed_however_lately_it_was_sent(
    full: Desk, server: Server, run: Run, answer: str
) -> None:
    if not answer.startswith("250"):
        server.answers[LEA] = answer
    write(full, is_now(assignee="omar"))
    full.commit("Assigned")
    full.put_out()
    assert len(sends(full)) == 2
    assert run("mail", "clean", "--of", LEA.upper()).out == "1 message removed\n"
    assert run("mail", "clean", "--of", LEA).out == "0 messages removed\n"
    (left,) = outbox_of(full.room).folder.rglob("*.mail")
    assert opened(left.read_bytes())[0].recipient == OMAR


@pytest.mark.parametrize("understands", [True, False])
def test_an_address_beyond_ascii_is_in_nobodys_way(
    full: Desk, start: Start, port: int, understands: bool
) -> None:
    server = start(port, enable_SMTPUTF8=understands)
    write(full, is_now(requester=f"{{email: {UNUSUAL}}}", watchers="[ada]") | said("omar"))
    full.commit("Words")
    done = {one.address: one.answer.value for one in full.notify()}
    assert done == {UNUSUAL: "sent" if understands else "never", ADA: "sent"}
    assert (UNUSUAL in {one.recipient for one in server.take()}) is understands


def test_a_mail_that_cannot_be_handed_over_is_in_nobodys_way(full: Desk, server: Server) -> None:
    full.put_out()
    outbox = outbox_of(full.room)
    surrogates = sealed(Envelope("help@example.org", "l\udce9a@example.com", "S"), b"Subject: S\r\n\r\nx")
    for number, data in enumerate([surrogates, b"Subject: no envelope\r\n\r\n", b"[1]\n", b"\xff\n"]):
        (outbox.folder / "new" / f"{number:024x}.{number:016x}.mail").write_bytes(data)
    done = list(deliver_all(full.room, outbox, ()))
    assert sorted(one.answer.value for one in done) == ["later", "later", "later", "never", "sent"]
    assert [one.recipient for one in server.take()] == [LEA]
    assert all(one.reason for one in done if one.answer.value != "sent")
    for name in outbox.waiting():
        os.utime(outbox.folder / "tried" / name, (time.time() - 3700,) * 2)
    assert sends(full) == ["never"] * 3
    assert (len([*(outbox.folder / "failed").iterdir()]), outbox.waiting()) == (4, [])


def test_what_waits_for_too_long_is_given_up(full: Desk, server: Server) -> None:
    server.answers[LEA] = "451 4.7.1 Try again later"
    full.put_out()
    outbox = outbox_of(full.room)
    long_ago = time.time() - 6 * 24 * 3600
    os.utime(outbox.folder / "new" / outbox.waiting()[0], (long_ago, long_ago))
    assert sends(full) == ["later"]  # there was no network for long: this is the first time that it is tried
    full.put_out()
    assert len(outbox.waiting()) == 1
    os.utime(outbox.folder / "tried" / outbox.waiting()[0], (long_ago, long_ago))
    assert sends(full) == ["never"]
    assert outbox.waiting() == []


def test_nobody_gets_too_much_in_an_hour(
    tmp_path: Path, server: Server, port: int, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path, {"mail": {"notices": {"most": 2}}}, port)
    desk.put_out()
    write(desk, is_now())
    desk.commit("A ticket")
    for author in ("omar", "ada"):
        write(desk, said(author))
        desk.commit("Words")
    desk.notify()
    assert [one.recipient for one in server.take()] == [LEA, LEA]
    monkeypatch.chdir(desk.folder)
    more = run("mail", "notify")
    assert (more.code, more.out) == (75, "")
    assert "1 more mail waits: nobody gets more than 2 in an hour." in more.err
    outbox = outbox_of(desk.room)
    for sent in (outbox.folder / "sent").iterdir():
        os.utime(sent, (time.time() - 3700,) * 2)
    assert [one.answer.value for one in desk.notify()] == ["sent"]


class _Users:
    """Knows one user."""

    def __call__(
        self, server: object, session: object, envelope: object, mechanism: str, data: object
    ) -> AuthResult:
        given = (getattr(data, "login", b""), getattr(data, "password", b""))
        return AuthResult(success=given == (b"help", b"open sesame"), handled=False)


@pytest.fixture
def secured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """What a server needs for TLS; who connects trusts it."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1")
    made = ("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    subprocess.run([*made, *subject, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return context


def with_smtp(desk: Desk, port: int, **more: str) -> None:
    import json

    path = desk.folder / "tracker.yml"
    settings = json.loads(path.read_text())
    settings["mail"]["smtp"] = {"host": "127.0.0.1", "port": port, **more}
    path.write_text(json.dumps(settings))


def test_a_password_goes_over_tls(
    full: Desk, start: Start, port: int, secured: ssl.SSLContext, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = start(
        port, tls_context=secured, authenticator=_Users(), auth_required=True, require_starttls=True
    )
    full.put_out()
    with_smtp(full, port, security="starttls", user="help")
    monkeypatch.setenv("TRACKER_SMTP_PASSWORD", "wrong")
    refused = run("mail", "notify")
    assert refused.code == 3  # it will not be better by itself
    assert "535" in refused.err
    assert server.take() == []
    monkeypatch.delenv("TRACKER_SMTP_PASSWORD")
    for script, reason in (("sys.exit(3)", "it exits with 3"), ("time.sleep(", "it exits with 1"), ("'", "")):
        git(
            full.folder,
            "config",
            "tracker.smtpPasswordCommand",
            f"{sys.executable} -c 'import sys; {script}'",
        )
        with pytest.raises(UnreachableError, match=f"tracker.smtpPasswordCommand fails: {reason}") as refused:
            sends(full)
        assert "import" not in refused.value.message
    script = f"{sys.executable} -c 'print(\"open sesame\\n\\nlogin: help\")'"
    git(full.folder, "config", "tracker.smtpPasswordCommand", script)
    assert sends(full) == ["sent"]
    assert len(server.take()) == 1


def test_a_server_that_nobody_vouches_for_is_refused(
    full: Desk, start: Start, port: int, secured: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = start(port, tls_context=secured)
    full.put_out()
    with_smtp(full, port, security="starttls")
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(RefusedLoginError, match="certificate"):
        sends(full)
    assert server.take() == []


def test_a_server_without_encryption_is_refused(full: Desk, server: Server, port: int) -> None:
    full.put_out()
    with_smtp(full, port, security="starttls")
    with pytest.raises(RefusedLoginError, match="STARTTLS"):
        sends(full)
    assert server.take() == []


def test_a_password_is_not_sent_for_everybody_to_read(full: Desk, port: int) -> None:
    full.put_out()
    for host in ("smtp.example.org", "127.example.org"):
        with_smtp(full, port, security="none", user="help", host=host)
        with pytest.raises(BrokenEnvironmentError, match="without encryption"):
            sends(full)


def test_a_desk_that_knows_no_server_says_so(full: Desk, run: Run) -> None:
    import json

    path = full.folder / "tracker.yml"
    settings = json.loads(path.read_text())
    del settings["mail"]["smtp"]
    path.write_text(json.dumps(settings))
    done = run("mail", "notify")
    assert done.code == 3
    assert "smtp: {host:" in done.err


def test_a_rehearsal_writes_an_mbox_and_moves_nothing(
    full: Desk, server: Server, run: Run, tmp_path: Path
) -> None:
    import mailbox

    for _time in range(2):
        done = run("mail", "notify", "--dry-run", "--mbox", str(tmp_path / "box"))
        assert (done.code, done.out) == (0, f"receipt\t{LEA}\t[HD-1] A ticket\n")
    box = mailbox.mbox(tmp_path / "box")
    assert [one["To"] for one in box.values()] == ["=?utf-8?q?L=C3=A9a_Martin?= <lea@example.com>"] * 2
    box.close()
    assert server.take() == []
    assert run("mail", "notify").out.startswith("sent")
    assert run("mail", "notify", "--mbox", "x").code == 2
