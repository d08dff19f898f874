"""Mail that means harm, one named test each with its outcome: it is read, or refused in words."""

import base64
import time

import pytest

from tracker.errors import RefusedMailError
from tracker.mail.message import Message
from tracker.mail.reading import read_message


def _mail(*headers: str, body: str | bytes = "It jams.") -> bytes:
    words = body if isinstance(body, bytes) else body.encode()
    return "\r\n".join([*headers, "", ""]).encode() + words


def _read_soon(data: bytes) -> Message:
    """Read a message, which takes no longer than an honest one."""
    started = time.process_time()
    message = read_message(data)
    assert time.process_time() - started < 2
    return message


def _refusal(data: bytes) -> str:
    with pytest.raises(RefusedMailError) as refused:
        _read_soon(data)
    assert refused.value.hint
    return refused.value.message


@pytest.mark.parametrize(
    "field", ["To", "From", "Cc", "Reply-To", "Subject", "Date", "References", "Content-Type"]
)
@pytest.mark.parametrize(
    "signs", ["(", "<", '"', ",", ";", ":", "\\", "=?", "=?utf-8?q?", "@", " \t", "[", "(" * 9 + ")"]
)
def test_a_field_of_thousands_of_signs_is_read_at_once(field: str, signs: str) -> None:
    for number in (2_000, 200_000):
        message = _read_soon(_mail(f"{field}: {signs * (number // len(signs))}", "X-Other: 1"))
        assert message.text == "It jams."


def test_2_kb_of_parentheses_in_to_leave_the_other_fields_readable() -> None:
    message = _read_soon(_mail("From: Léa <lea@example.org>", f"To: {'(' * 2048}", "Subject: Printer"))
    assert message.sender == ("Léa", "lea@example.org")
    assert message.subject == "Printer"
    assert message.text == "It jams."


def test_a_header_of_1_mb_is_cut_and_the_rest_is_read() -> None:
    people = ", ".join(f"p{number}@example.org" for number in range(60_000))
    assert len(people) > 1_000_000
    message = _read_soon(_mail(f"To: {people}", "Subject: Printer"))
    assert message.to[0].email == "p0@example.org"
    assert len(message.to) < 1_001
    assert message.subject == "Printer"


def test_the_newest_references_survive_the_cut() -> None:
    ids = [f"<{number}@example.org>" for number in range(10_000)]
    assert _read_soon(_mail("References: " + " ".join(ids))).references[-1] == ids[-1]


def test_a_header_of_more_than_2_mib_is_refused() -> None:
    fields = [f"X-{number}: {'x' * 30_000}" for number in range(100)]
    assert (
        _refusal(_mail(*fields)) == "The header of the message, or of one of its parts, has more than 2 MiB."
    )


def test_a_header_of_10000_fields_is_refused() -> None:
    assert "more than 1000 fields" in _refusal(_mail(*["X: y"] * 10_000))


def test_10000_parts_are_refused() -> None:
    body = "--b\r\n\r\nx\r\n" * 10_000
    assert (
        _refusal(_mail("Content-Type: multipart/mixed; boundary=b", body=body))
        == "The message has more than 1000 parts."
    )


def test_a_body_of_50_mib_is_refused() -> None:
    assert (
        _refusal(_mail("Subject: x", body=b"x" * (50 << 20)))
        == "The message has 50.0 MiB; at most 50 are read."
    )


def test_parts_nested_1000_levels_deep_are_refused() -> None:
    body = "".join(
        f"--{level}\r\nContent-Type: multipart/mixed; boundary={level + 1}\r\n\r\n" for level in range(1_000)
    )
    refusal = _refusal(_mail("Content-Type: multipart/mixed; boundary=0", body=body))
    assert refusal == "The parts of the message are nested more than 50 levels deep."


def test_messages_forwarded_in_messages_are_one_file() -> None:
    message = _read_soon(_mail(*["Content-Type: message/rfc822", ""] * 2_000))
    assert [file.name for file in message.attachments] == ["message-1.eml"]


def test_a_million_lines_that_look_like_delimiters_are_text() -> None:
    body = "--b\r\n\r\n" + "--x\r\n" * 200_000
    assert "--x" in _read_soon(_mail("Content-Type: multipart/mixed; boundary=b", body=body)).text


def test_a_text_too_long_for_a_ticket_is_a_file_too_and_nothing_of_it_is_lost() -> None:
    words = "\n\n".join(f"Line {number}" for number in range(60_000))
    message = _read_soon(_mail("Subject: x", body=words))
    assert message.attachments[0] == ("message.md", words.encode())
    assert message.text.startswith("Line 0\n\nLine 1")
    assert message.text.endswith("all of it is in the file message.md.")
    assert len(message.text.encode()) < 1 << 20


def test_nul_and_other_control_characters_are_gone_from_all_that_is_shown() -> None:
    message = _read_soon(
        _mail(
            "From: L\0éa\x07 <lea\0@example.org>", "Subject: Pri\0nter\x1b[31m", body="It\0 jams.\x1b[2J\x08"
        )
    )
    shown = f"{message.sender}{message.subject}{message.text}"
    assert not set(map(chr, range(32))) & set(shown)
    assert message.text == "It jams.[2J"


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ('filename="../../x"', "x"),
        ('filename="..\\..\\x.exe"', "x.exe"),
        ('filename="/etc/passwd"', "passwd"),
        ('filename="C:\\Windows\\a.txt"', "a.txt"),
        ('filename="a\0b.txt"', "ab.txt"),
        ('filename="..\0"', "attachment-1.bin"),
        ('filename=".."', "attachment-1.bin"),
        ('filename=""', "attachment-1.bin"),
        ('filename="a\r\n b.txt"', "a b.txt"),
        ("filename*=utf-8''..%2F..%2Fx%00.txt", "x.txt"),
        ("filename*0*=utf-8''..%2F; filename*1=..; filename*2=%2Fx", "..%2Fx"),
        ('filename="=?utf-8?q?..=2Fa=0Ab=00?="', "a b"),
        ('filename="photo\u202egpj.exe"', "photogpj.exe"),
        (f'filename="{"a" * 1_000}.pdf"', f"{'a' * 197}.pdf"),
    ],
)
def test_a_file_gets_a_name_without_folders_and_control_characters(given: str, name: str) -> None:
    data = _mail("Content-Type: application/octet-stream", f"Content-Disposition: attachment; {given}")
    assert [file.name for file in _read_soon(data).attachments] == [name]


def test_a_line_feed_in_an_encoded_word_makes_no_second_field() -> None:
    message = _read_soon(
        _mail(
            "Subject: =?utf-8?q?Printer=0D=0ABcc=3A_all=40example.org?=", "From: =?utf-8?q?a=0Ab?= <a@b.org>"
        )
    )
    assert message.subject == "Printer Bcc: all@example.org"
    assert message.sender.name == "a b"


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<SCRIPT/x>alert(1)</SCRIPT >",
        "<style>p{color:red}</style>",
        "<!-- secret -->",
        "<![CDATA[secret]]>",
        "<?php secret ?>",
        "<p style='display: none'>secret</p>",
        "<div hidden>secret<p>secret</div>",
        "<span style='font-size:0px'>secret</span>",
        "<div style='mso-hide:all;max-height:0'>secret</div>",
        "<img src='https://track.example/pixel.gif' width=1 height=1>",
        "<iframe src='https://track.example/'>secret</iframe>",
        "<object data='x'>secret</object><embed src=x>",
        "<a href='javascript:alert(1)'></a>",
        "<a href='data:text/html,secret'></a>",
        "<svg onload=alert(1)><text>secret</text></svg>",
    ],
)
def test_what_acts_or_does_not_show_in_html_is_gone(html: str) -> None:
    message = _read_soon(_mail("Content-Type: text/html", body=f"<p>It jams.</p>{html}<p>Help!</p>"))
    assert message.text == "It jams.\n\nHelp!"


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("&lt;script&gt;alert(1)&lt;/script&gt;", r"\<script>alert(1)\</script>"),
        ("[x](javascript:alert(1))", r"\[x](javascript:alert(1))"),
        (
            "<a href='https://a.example/) ![x](http://b.example'>here</a>",
            "[here](https://a.example/%29!%5Bx%5D%28http://b.example)",
        ),
        ("<a href='file://srv/my share/a.xlsx'>the report</a>", "the report (file://srv/my share/a.xlsx)"),
        ("<a href='www.example.com/1'>here</a>, <a href='#top'>up</a>", "here (www.example.com/1), up"),
        ("<a href='javascript:alert(1)'>here</a>", "here"),
        ("<img src=https://track.example/a.gif alt='Our logo'>", "*Our logo*"),
        (
            "<p># no heading</p><p>1. no list</p><p>&gt; no quote</p>",
            "\\# no heading\n\n1\\. no list\n\n\\> no quote",
        ),
        ("<p>---</p>", r"\---"),
    ],
)
def test_words_of_html_stay_words_in_markdown(html: str, markdown: str) -> None:
    assert _read_soon(_mail("Content-Type: text/html", body=html)).text == markdown


@pytest.mark.parametrize("tag", ["div", "div></p", "blockquote", "table><tr><td", "b", "ul><li", "font"])
def test_html_nested_thousands_of_levels_deep_is_read(tag: str) -> None:
    assert (
        "It jams." in _read_soon(_mail("Content-Type: text/html", body=f"<{tag}>" * 3_000 + "It jams.")).text
    )


def test_html_of_a_million_tags_is_told_in_words_and_kept_whole() -> None:
    html = "<p>It jams.</p>" * 100_000
    message = _read_soon(_mail("Content-Type: text/html", body=html))
    assert message.text.startswith("It jams.\n\nIt jams.")
    assert message.attachments[-1] == ("message.html", html.encode())


@pytest.mark.parametrize(
    "body", ["> " * 200_000, ">" * 200_000, "word \n" * 100_000, "> a \n" * 50_000, "-\n" * 100_000]
)
def test_a_text_of_a_hundred_thousand_short_lines_or_signs_is_read_at_once(body: str) -> None:
    for kind in ("text/plain", "text/plain; format=flowed"):
        assert _read_soon(_mail(f"Content-Type: {kind}", body=body)).text


def test_an_archive_bomb_stays_a_file_that_nobody_opens() -> None:
    bomb = b"PK\x03\x04" + bytes(10_000)
    data = _mail(
        "Content-Type: application/zip; name=bomb.zip",
        "Content-Transfer-Encoding: base64",
        body=base64.encodebytes(bomb),
    )
    assert _read_soon(data).attachments == (("bomb.zip", bomb),)
