"""Whatever bytes come in, there is a message or a refusal; and what programs for mail write is read back."""

import re
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import RefusedMailError
from tracker.mail.addresses import read_addresses
from tracker.mail.charset import decode
from tracker.mail.headers import printable, words
from tracker.mail.html import from_html
from tracker.mail.message import Message
from tracker.mail.parameters import read_parameters
from tracker.mail.reading import read_message
from tracker.mail.transfer import decode_transfer

OUTSIDE = sorted((Path(__file__).parents[3] / "shared" / "corpus" / "mail").rglob("*.eml"))
_PIECES = st.sampled_from(
    [
        *(
            b"From: ",
            b"To: ",
            b"Subject: ",
            b"Date: ",
            b"References: ",
            b"Return-Path: <>",
            b"\n",
            b"\r\n",
            b"\r",
            b"\n\n",
        ),
        *(
            b"Content-Type: multipart/mixed; boundary=b",
            b"Content-Type: text/html; charset=",
            b"utf-7",
            b"--b",
            b"--b--",
        ),
        *(
            b"Content-Type: message/rfc822",
            b"Content-Type: text/calendar",
            b"Content-Transfer-Encoding: ",
            b"base64",
        ),
        *(
            b"quoted-printable",
            b"x-uuencode",
            b"=?utf-8?b?",
            b"?=",
            b"=?x?q?",
            b'"',
            b"(",
            b"<",
            b">",
            b"*0*=",
            b"''%",
        ),
        *(
            b"<a href=",
            b"<img src=cid:",
            b"<!--",
            b"<table><tr><td>",
            b"&#",
            b"<![",
            b"BEGIN:VEVENT\n",
            b"DTSTART:",
            b"\0",
        ),
        *(
            b"begin 644 x\n",
            b"format=flowed; delsp=yes",
            b"Content-Disposition: attachment; filename=",
            b" ",
            b"\t",
            b";",
        ),
        b"multipart/report; report-type=delivery-status",
    ]
)
_MAIL = st.lists(st.one_of(_PIECES, st.binary(max_size=12)), max_size=40).map(b"".join)
_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
_LINE = st.lists(_WORDS, min_size=1, max_size=6).map(" ".join)
_NAMES = st.from_regex(r"\A[\w][\w ,;()'é-]{0,60}[\w]\.[a-z]{1,4}\Z").map(printable)


def _is_sound(message: Message) -> None:
    """Check what every message has to be, be it damaged or not."""
    shown = [message.subject, message.message_id, message.sender.name, message.sender.email, *message.bounced]
    shown += [text for address in (*message.to, *message.cc, *message.reply_to) for text in address]
    for text in shown:
        assert printable(text) == text
    message.text.encode()
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", message.text)
    for file in message.attachments:
        assert file.name
        assert printable(file.name) == file.name
        assert not set("/\\") & set(file.name)
        assert file.name not in {".", ".."}
    assert message.date is None or message.date.tzinfo is not None


@pytest.mark.skipif(not OUTSIDE, reason="the collection is not part of the repository")
def test_every_real_message_is_a_message() -> None:
    for path in OUTSIDE:
        _is_sound(read_message(path.read_bytes()))


@given(st.one_of(st.binary(), _MAIL))
def test_any_bytes_are_a_message_or_refused(data: bytes) -> None:
    with suppress(RefusedMailError):
        _is_sound(read_message(data))


@given(st.text(), st.binary(), st.text(max_size=20))
def test_no_reader_of_a_piece_raises(text: str, data: bytes, name: str) -> None:
    for piece in (words(text), decode(data, name), decode(data, "utf-7"), from_html(text, {}).text):
        piece.encode() if piece.isascii() or not re.search("[\ud800-\udfff]", text) else None
    read_addresses(text)
    read_parameters(text)
    for encoding in ("base64", "quoted-printable", "x-uuencode"):
        decode_transfer(data, encoding)


def _bare(text: str) -> str:
    return re.sub(r"[\s\\]", "", text)


@given(
    _LINE,
    _LINE,
    st.lists(_LINE, min_size=1, max_size=5),
    st.lists(st.tuples(_NAMES, st.binary(min_size=1)), max_size=3),
    st.booleans(),
)
def test_what_programs_write_is_read_back(
    name: str, subject: str, lines: list[str], files: list[tuple[str, bytes]], html: bool
) -> None:
    written = EmailMessage()
    written["Subject"] = subject
    written["From"] = "lea@example.org"
    written.set_content("\n\n".join(lines))
    if html:
        written.add_alternative("<p>other</p>", subtype="html")
    for given_name, data in files:
        written.add_attachment(data, maintype="application", subtype="octet-stream", filename=given_name)
    message = read_message(written.as_bytes())
    # Python loses blanks where it folds between encoded words.
    assert message.subject.replace(" ", "") == subject.replace(" ", "")
    assert _bare(message.text) == _bare("".join(lines))
    assert [tuple(file) for file in message.attachments] == files
