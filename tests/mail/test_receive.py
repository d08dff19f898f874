"""A mail server keeps what is not safe on the disk."""

import io
import sys

import pytest

from tests.conftest import Run
from tests.mail.conftest import NewDesk

MAIL = b"From: lea@example.com\nTo: help@example.org\nSubject: Printer jams\n\nIt jams.\n"


@pytest.mark.parametrize(("size", "code"), [(1 << 20, 0), ((1 << 20) + 1, 75)])
def test_a_message_that_fits_into_no_memory_stays_with_the_mail_server(
    new_desk: NewDesk, run: Run, monkeypatch: pytest.MonkeyPatch, size: int, code: int
) -> None:
    new_desk(limits={"size": 0.5})
    monkeypatch.setattr("tracker.cli.mail.receive._MOST", 1 << 20)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(MAIL.ljust(size, b"\n"))))
    result = run("mail", "receive", "--later", "help@example.org")
    assert result.code == code
    assert ("The message was not taken: It is larger than 1 MiB." in result.err) is (code == 75)
