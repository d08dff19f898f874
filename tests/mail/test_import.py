"""Old mail comes in from files, in the order in which it was written."""

import mailbox
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Run
from tests.mail.conftest import NewDesk
from tracker.mail.identity import identity_of
from tracker.mail.mailboxes import messages_in

REQUEST = b"From: lea@example.com\r\nSubject: Printer jams\r\nDate: Mon, 5 Oct 2026 10:00:00 +0200\r\nMessage-ID: <a@x>\r\n\r\nOn every page.\r\n"
ANSWER = b"From: lea@example.com\r\nSubject: AW: Printer\r\nDate: Mon, 5 Oct 2026 09:00:00 +0000\r\nIn-Reply-To: <a@x>\r\nMessage-ID: <b@x>\r\n\r\nStill.\r\n"
UNDATED = b"From: bob@example.com\r\nSubject: Undated\r\nDate: yesterday\r\n\r\nHello.\r\n"


def as_mbox(folder: Path) -> list[str]:
    """Keep the messages in one file, as an archive does that begins with the newest."""
    box = mailbox.mbox(folder / "old.mbox")
    for data in (ANSWER, UNDATED, REQUEST):
        box.add(data)
    box.close()
    return [str(folder / "old.mbox")]


def as_files(folder: Path) -> list[str]:
    """Keep each message in a file of its own."""
    (folder / "old").mkdir()
    for number, data in enumerate((ANSWER, UNDATED, REQUEST)):
        (folder / "old" / f"{number}.eml").write_bytes(data)
    return [str(folder / "old")]


def as_several(folder: Path) -> list[str]:
    """Keep what was sent apart from what came in."""
    return [*as_mbox(folder), *as_files(folder)]


@pytest.mark.parametrize("kept", [as_mbox, as_files, as_several])
def test_an_answer_that_stands_before_its_request_belongs_to_it(
    new_desk: NewDesk, run: Run, tmp_path: Path, kept: Callable[[Path], list[str]]
) -> None:
    new_desk()
    files = kept(tmp_path)
    assert run("mail", "import", *files).out == f"{3 * len(files)} messages, 3 of them new\n"
    assert run("mail", "process").code == 0
    assert [line.split("\t")[-1] for line in run("list", "--all").out.splitlines()] == [
        "Printer jams",
        "Undated",
    ]
    (comment,) = Path("tickets").rglob("*-lea*.md")
    assert "created: 2026-10-05T11:00:00+02:00" in comment.read_text()


BEGINNING = "From lea@example.com Mon Oct  5 10:00:00 2026"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("kept", "meant"),
    [
        ("Hello,\nFrom Monday on I am away.\nBye", None),
        ("Hello,\n\nFrom Monday on I am away.\nBye", None),
        (f"He wrote:\n{BEGINNING}\nBye", None),
        (f"He wrote:\n\n{BEGINNING}\nHello, and bye", None),
        ("Hello,\n\nFrom Monday, 10:30 on, until May 2027\nI am away.\nBye", None),
        ("Hello,\nFrom Monday, 10:30 on, until May 2027\nNote: I am away.\nBye", None),
        ("Hello,\n\n>From 10:00 on in 2026\nBye", "Hello,\n\nFrom 10:00 on in 2026\nBye"),
        (">>From Monday\n>>>From Tuesday\n> From", ">From Monday\n>>From Tuesday\n> From"),
    ],
)
def test_a_message_begins_after_an_empty_line_with_who_and_when(
    tmp_path: Path, end: str, kept: str, meant: str | None
) -> None:
    texts = [f"Subject: one\n\n{kept}\n", "Subject: two\n\nHello\n"]
    archive = "\n".join(f"{BEGINNING}\n{text}" for text in texts).replace("\n", end)
    (tmp_path / "old.mbox").write_bytes(archive.encode())
    wanted = [f"Subject: one\n\n{meant or kept}\n", texts[1]]
    assert list(messages_in([tmp_path / "old.mbox"])) == [text.replace("\n", end).encode() for text in wanted]


@pytest.mark.parametrize(
    "line",
    [
        "From - Mon Oct 05 10:00:00 2026",
        "From MAILER-DAEMON Mon Oct  5 10:00:00 2026",
        "From ???@??? Mon Oct 05 10:00:00 2026",
        "From lea at example.com  Mon Oct  5 10:00:00 2026",
        "From lea@example.com Mon Oct  5 10:00:00 CET 2026",
        "From lea@example.com Mon Oct  5 10:00:00 2026 +0200",
        "From 1234567890@xxx Mon Oct 05 10:00:00 +0000 2026",
    ],
)
def test_programs_write_the_line_before_a_message_differently(tmp_path: Path, line: str) -> None:
    (tmp_path / "old.mbox").write_text(f"{line}\nSubject: one\n\n{line}\nSubject: two\n\n")
    assert list(messages_in([tmp_path / "old.mbox"])) == [b"Subject: one\n", b"Subject: two\n"]


@pytest.mark.parametrize("line", [BEGINNING, "From lea@example.com Mon Oct 05 10:00:00 +0000 2026"])
def test_a_whole_date_and_a_field_make_a_message_without_an_empty_line_before_it(
    tmp_path: Path, line: str
) -> None:
    (tmp_path / "old.mbox").write_text(f"{line}\nSubject: one\n\nHello\n{line}\nSubject: two\n\nBye\n")
    assert list(messages_in([tmp_path / "old.mbox"])) == [
        b"Subject: one\n\nHello\n",
        b"Subject: two\n\nBye\n",
    ]


MESSAGES = st.lists(
    st.lists(
        st.sampled_from(
            [
                b"",
                b"Hello",
                b"From Monday on",
                BEGINNING.encode(),
                b">From me",
                b">>From",
                b"\r",
                b" x",
                b"\xff",
            ]
        ),
        min_size=1,
    ).map(lambda lines: b"Subject: x\n\n" + b"\n".join(lines) + b"\n"),
    min_size=1,
)


@given(MESSAGES)
def test_what_was_written_is_read(messages: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "old.mbox"
        escaped = [re.sub(rb"^(?=>*From )", b">", data, flags=re.MULTILINE) for data in messages]
        place.write_bytes(b"".join(b"%s\n%s\n" % (BEGINNING.encode(), data) for data in escaped))
        assert list(messages_in([place])) == messages


@given(MESSAGES)
def test_what_python_wrote_is_read(messages: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "old.mbox"
        box = mailbox.mbox(place)
        for data in messages:
            box.add(data)
        box.close()
        assert [identity_of(data) for data in messages_in([place])] == [
            identity_of(data) for data in messages
        ]
