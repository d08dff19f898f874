"""Old mail comes in from files, in the order in which it was written."""

import mailbox
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.mail.conftest import NewDesk

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
