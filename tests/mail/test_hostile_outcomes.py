"""What hostile mail becomes at a desk: each kind by its name, with its one outcome, and nothing else happens."""

import base64
import io
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import git
from tests.mail.test_scenarios import Desk
from tracker.errors import StorageError
from tracker.mail import processing
from tracker.mail.delivery import deliver
from tracker.mail.processing import process
from tracker.workspace.messages import listed
from tracker.workspace.receipts import message_id_digest

USUAL = "From: lea@example.com\r\nTo: help@example.org\r\nSubject: Printer jams\r\nMessage-ID: <a@x>\r\n"
BOMB = io.BytesIO()
with zipfile.ZipFile(BOMB, "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("zeros", b"\0" * 50_000_000)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with one ticket, of a person."""
    desk = Desk(tmp_path, {})
    assert take(desk, USUAL + "\r\nIt jams.\r\n") == ("created", "HD-1")
    return desk


def take(desk: Desk, mail: str | bytes) -> tuple[str, str]:
    """Take a mail in, and return its outcome and its ticket; the desk is sound afterwards."""
    room = desk.room
    deliver(room.spool, mail if isinstance(mail, bytes) else mail.encode(), "receive")
    (done,) = process(room, 10)
    desk.check({})
    return done.decision.outcome.value, done.decision.ticket


def files(desk: Desk) -> list[str]:
    """Return the files of the desk's tickets."""
    return git(desk.folder, "ls-files", "tickets").split()


def text(desk: Desk, name: str) -> str:
    """Return a ticket's file."""
    return (desk.folder / next(file for file in files(desk) if file.endswith(f"{name}.md"))).read_text()


def test_a_forged_sender_is_held(desk: Desk) -> None:
    head = "Authentication-Results: mx.example.org; dmarc=fail header.from=example.org\r\nFrom: omar@example.org\r\n"
    assert take(desk, head + "Subject: [HD-1]\r\n\r\n#resolve solved\r\n") == ("held", "HD-1")


def test_an_unsigned_token_names_no_ticket(desk: Desk) -> None:
    mail = (
        "From: bob@example.com\r\nTo: help+hd-1.r.aaaaaaaaaaaaaaaaaaaa@example.org\r\nSubject: x\r\n\r\nx\r\n"
    )
    assert take(desk, mail) == ("created", "HD-2")


def test_a_strangers_reply_is_no_comment(desk: Desk) -> None:
    assert take(desk, "From: bob@example.com\r\nSubject: [HD-1]\r\n\r\nMe, too.\r\n") == ("created", "HD-2")
    assert not [file for file in files(desk) if "/HD-1/" in file]


def test_a_header_in_a_subject_or_a_name_stays_a_text(desk: Desk) -> None:
    injected = base64.b64encode(b"x\r\nBcc: all@example.org\r\n---\nstatus: closed\n").decode()
    mail = f"From: =?utf-8?b?{injected}?= <lea@example.com>\r\nSubject: =?utf-8?b?{injected}?=\r\n\r\nx\r\n"
    assert take(desk, mail) == ("created", "HD-2")
    assert re.search(r"^status: new$", text(desk, "HD-2"), re.MULTILINE)
    assert not re.search(r"^Bcc:|^status: closed", text(desk, "HD-2"), re.MULTILINE)
    assert "Bcc:" not in git(desk.folder, "log", "-1", "--format=%(trailers)")
    assert len(git(desk.folder, "log", "-1", "--format=%s").splitlines()) == 1


@pytest.mark.parametrize(
    "name",
    [
        "../../x",
        "/etc/passwd",
        "a\\..\\b.txt",
        "x\0.txt",
        ".git/config",
        "-rf",
        "a" * 300,
        "con",
        "é\u202etxt.exe",
    ],
)
def test_the_name_of_a_file_is_no_path(desk: Desk, name: str) -> None:
    encoded = base64.b64encode(name.encode()).decode()
    part = f'--b\r\n\r\nText.\r\n--b\r\nContent-Disposition: attachment; filename="=?utf-8?b?{encoded}?="\r\n\r\nwords\r\n--b--\r\n'
    mail = (
        "From: lea@example.com\r\nSubject: With a file\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + part
    )
    assert take(desk, mail) == ("created", "HD-2")
    (file,) = [file for file in files(desk) if "/files/" in file]
    assert re.fullmatch(r"tickets/\d{4}/\d\d/HD-2/files/[0-9a-f]{8}-[a-z0-9][a-z0-9.-]{0,80}", file)


def test_scripts_in_html_are_gone(desk: Desk) -> None:
    html = "<p onclick=evil()>Hello <script>evil()</script><img src=x onerror=evil()><a href='javascript:evil()'>here</a></p>"
    mail = f"From: lea@example.com\r\nSubject: HTML\r\nContent-Type: text/html\r\n\r\n{html}\r\n"
    assert take(desk, mail) == ("created", "HD-2")
    assert "Hello" in text(desk, "HD-2")
    assert "evil" not in text(desk, "HD-2")


def test_a_text_that_looks_like_front_matter_stays_a_text(desk: Desk) -> None:
    assert take(
        desk, "From: lea@example.com\r\nSubject: x\r\n\r\n---\r\nstatus: closed\r\nid: HD-1\r\n---\r\n"
    ) == ("created", "HD-2")
    assert re.search(r"^status: new$", text(desk, "HD-2"), re.MULTILINE)


def test_a_form_sets_no_field_that_it_does_not_ask(desk: Desk) -> None:
    form = "[tracker: request]\r\ntitle: A form\r\nstatus: closed\r\nassignee: ada\r\nid: HD-77\r\nsource.mail: x\r\npriority: high\r\n\r\nText.\r\n"
    assert take(desk, f"From: lea@example.com\r\nSubject: A form\r\n\r\n{form}") == ("created", "HD-2")
    assert re.search(r"^status: new$", text(desk, "HD-2"), re.MULTILINE)
    assert re.search(r"^assignee: omar$", text(desk, "HD-2"), re.MULTILINE)
    assert re.search(r"^priority: high$", text(desk, "HD-2"), re.MULTILINE)


def test_a_form_fills_its_fields_and_cuts_no_word_above_it(desk: Desk) -> None:
    form = "[tracker: request]\r\ntitle: A form\r\npriority: high\r\nlocation: lyon\r\n\r\n# Where\r\n\r\nAt *home*.\r\n"
    above = "Call me: 0123.\r\n-----Original Message-----\r\n"
    assert take(desk, f"From: lea@example.com\r\nSubject: A form\r\n\r\n{above}{form}") == ("created", "HD-2")
    written = text(desk, "HD-2")
    assert re.search(r"^title: A form$", written, re.MULTILINE)
    assert re.search(r"^priority: high$", written, re.MULTILINE)
    assert "Call me: 0123." in written
    assert "# Where\n\nAt *home*.\n" in written, "it is Markdown already"
    long = f"From: omar@example.org\r\nSubject: {'long ' * 50}end\r\n\r\n#internal\r\n{form}"
    assert take(desk, long) == ("created", "HD-3")
    written = text(desk, "HD-3")
    assert "long end" in written.partition("---\n")[2].partition("---\n")[2]
    assert "#internal" not in written
    assert re.search(r"^visibility: internal$", written, re.MULTILINE)


def test_a_body_of_fifty_megabytes_is_quarantined(desk: Desk) -> None:
    assert take(desk, USUAL.replace("<a@x>", "<b@x>") + "\r\n" + "words " * 9_000_000) == ("quarantined", "")
    assert files(desk) == [file for file in files(desk) if file.endswith("HD-1.md")]
    (told,) = listed(desk.room.spool, everything=False)
    assert (told.record.author, told.record.subject) == ("lea@example.com", "Printer jams")


def test_ten_thousand_parts_are_quarantined(desk: Desk) -> None:
    mail = (
        "From: lea@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + "--b\r\n\r\nx\r\n" * 10_000
    )
    assert take(desk, mail) == ("quarantined", "")


def test_an_image_stands_where_the_mail_has_it(desk: Desk) -> None:
    page = "<p>Before <img src='cid:a@b'> after.</p><p>End.</p>"
    image = "Content-Type: image/png; name=screen.png\r\nContent-ID: <a@b>\r\nContent-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo="
    mail = (
        "From: lea@example.com\r\nSubject: Dark\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
        f"--b\r\nContent-Type: text/html\r\n\r\n{page}\r\n--b\r\n{image}\r\n--b--\r\n"
    )
    assert take(desk, mail) == ("created", "HD-2")
    assert re.search(
        r"^Before !\[screen\.png\]\(files/[0-9a-f]{8}-screen\.png\) after\.\n\nEnd\.\n\Z",
        text(desk, "HD-2"),
        re.MULTILINE,
    )


def test_a_file_too_large_for_the_desk_is_kept_with_its_message(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk", {"attachments": {"largest": 0.001}})
    data = base64.encodebytes(bytes(2_000)).decode()
    part = f"--b\r\n\r\nSee.\r\n--b\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n{data}\r\n--b--\r\n"
    mail = f"From: lea@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{part}".encode()
    identity, _new = deliver(desk.room.spool, mail, "receive")
    (one,) = process(desk.room, 10)
    assert (one.decision.outcome, one.decision.ticket) == ("created", "HD-1")
    (held,) = listed(desk.room.spool, everything=False)
    assert (held.state, held.record.outcome, "a.zip" in held.record.reason) == ("held", "created", True)
    assert desk.room.spool.clean(datetime.now(UTC)) == 0
    assert desk.room.spool.data(identity) == mail
    desk.room.spool.retry(identity, held.record.again(released=True))
    (again,) = process(desk.room, 10)
    assert (again.decision.outcome, again.decision.ticket) == ("created", "HD-1")
    assert list(listed(desk.room.spool, everything=False)) == []


def test_an_archive_bomb_is_kept_closed(desk: Desk) -> None:
    data = base64.encodebytes(BOMB.getvalue()).decode()
    part = f"--b\r\n\r\nSee.\r\n--b\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n{data}\r\n--b--\r\n"
    mail = (
        "From: lea@example.com\r\nSubject: A file\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + part
    )
    assert take(desk, mail) == ("created", "HD-2")
    (file,) = [file for file in files(desk) if "/files/" in file]
    assert (desk.folder / file).stat().st_size == len(BOMB.getvalue())


def test_a_poisonous_message_holds_up_no_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from tracker.mail import intake

    decide = intake.decide

    def poisoned(workspace, arrival, *rest):  # type: ignore[no-untyped-def]  # stands for any fault of ours
        if arrival.message.subject == "Poison":
            raise KeyError("a fault of ours")
        return decide(workspace, arrival, *rest)

    monkeypatch.setattr(intake, "decide", poisoned)
    room = desk.room
    for number, subject in enumerate(("One", "Poison", "Two")):
        deliver(
            room.spool,
            f"From: lea@example.com\r\nSubject: {subject}\r\nMessage-ID: <p{number}@x>\r\n\r\nx\r\n".encode(),
            "receive",
        )
    for turn in range(5):
        found = sorted(one.decision.outcome.value for one in process(room, 10))
        assert found == [["created", "created"], [], [], [], ["quarantined"]][turn]


def refuse_keys(folder: Path, desk: Desk) -> None:
    """Give a desk a remote that refuses what holds a key of somebody’s, as forges do."""
    remote = folder / "remote.git"
    git(folder, "clone", "-q", "--bare", "desk", "remote.git")
    git(desk.folder, "remote", "add", "origin", str(remote))
    git(desk.folder, "fetch", "-q")
    git(desk.folder, "branch", "-q", "-u", "origin/main")
    hook = remote / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nread old new ref\n! git diff $old $new | grep -q '^+AKIA'\n")
    hook.chmod(0o755)


def test_what_the_remote_refuses_holds_up_no_other(tmp_path: Path) -> None:
    """Forges refuse pushes that hold a key of somebody's: who wrote it must not stop the mail of all."""
    desk = Desk(tmp_path / "desk", {})
    refuse_keys(tmp_path, desk)
    room = desk.room
    for number, text in enumerate(("One", "AKIAIOSFODNN7EXAMPLE", "Two")):
        mail = (
            f"From: lea@example.com\r\nSubject: Mail {number}\r\nMessage-ID: <p{number}@x>\r\n\r\n{text}\r\n"
        )
        deliver(room.spool, mail.encode(), "receive")
    assert [one.decision.outcome.value for one in process(room, 10)] == ["created", "created"]
    (waiting,) = list(listed(room.spool, everything=False))
    assert (waiting.record.subject, waiting.record.attempts) == ("Mail 1", 1)
    assert "refused the push" in waiting.record.reason


def test_a_fault_of_the_machine_sets_no_message_aside(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_memory(*_arguments: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(processing, "take_in", no_memory)
    room = desk.room
    for number in range(3):
        deliver(
            room.spool, f"From: lea@example.com\r\nMessage-ID: <p{number}@x>\r\n\r\nx\r\n".encode(), "receive"
        )
    with pytest.raises(StorageError, match="Cannot allocate memory"):
        list(process(room, 10))
    assert [(one.state.value, one.record.attempts) for one in listed(room.spool, everything=False)] == [
        ("new", 0)
    ] * 3


def test_what_answers_a_message_that_the_remote_refuses_waits_with_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk", {})
    refuse_keys(tmp_path, desk)
    room = desk.room
    for number, (text, more) in enumerate(
        (("One", ""), ("AKIAIOSFODNN7EXAMPLE", ""), ("Its answer", "In-Reply-To: <p1@x>\r\n"), ("Two", ""))
    ):
        mail = f"From: lea@example.com\r\nSubject: Mail {number}\r\n{more}Message-ID: <p{number}@x>\r\n\r\n{text}\r\n"
        deliver(room.spool, mail.encode(), "receive")
    assert [one.decision.outcome.value for one in process(room, 10)] == ["created", "created"]
    waiting = {one.record.message_id: one.record.attempts for one in listed(room.spool, everything=False)}
    assert waiting == {message_id_digest("<p1@x>"): 1, message_id_digest("<p2@x>"): 0}
