"""What is understood of one mail: the header, the text, the files."""

import base64
from datetime import UTC, datetime, timedelta, timezone

import pytest

from tracker.mail.addresses import read_addresses
from tracker.mail.charset import decode
from tracker.mail.flowed import from_plain, unflow
from tracker.mail.headers import words
from tracker.mail.message import Address
from tracker.mail.parameters import read_parameters
from tracker.mail.reading import read_message
from tracker.mail.transfer import decode_transfer

RUSSIAN = (
    "Здравствуйте, у нас на третьем этаже не работает принтер, помогите, пожалуйста. "
    "Он печатает только первую страницу, а потом останавливается."
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=?utf-8?q?L=C3=A9a?=", "Léa"),
        ("=?UTF-8?B?TMOpYQ==?=", "Léa"),
        ("=?utf-8?b?TMOpYQ?=", "Léa"),
        ("=?utf-8?q?caf?= =?utf-8?q?=C3=A9?=", "café"),
        ("=?utf-8?q?caf=C3?= =?utf-8?q?=A9?=", "café"),
        ("=?utf-8?q?a?==?utf-8?q?b?=", "ab"),
        ("a =?utf-8?q?b?= c", "a b c"),
        ("=?utf-8?q?two words?=", "two words"),
        ("=?utf-8?q?two_words?=", "two words"),
        ('"=?utf-8?q?L=C3=A9a?=" <lea@example.org>', '"Léa" <lea@example.org>'),
        ("=?utf-8?q?what?is?it?=", "what?is?it"),
        ("=?iso-8859-1*fr?q?L=E9a?=", "Léa"),
        ("=?iso-8859-1?q?10_=80?=", "10 €"),
        ("=?x-nothing?q?L=C3=A9a?=", "Léa"),
        ("=?iso-2022-jp?b?GyRCRnxLXBsoQg==?=", "日本"),
        ("=?utf-7?q?L+AOk-a?=", "Léa"),
        ("=?broken", "=?broken"),
        ("=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
        ("Léa", "Léa"),
    ],
)
def test_encoded_words_as_seen_in_the_wild(value: str, expected: str) -> None:
    assert words(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("lea@example.org", [("", "lea@example.org")]),
        ("Léa Martin <lea@example.org>", [("Léa Martin", "lea@example.org")]),
        (
            '"Martin, Léa" <lea@example.org>, omar@example.org',
            [("Martin, Léa", "lea@example.org"), ("", "omar@example.org")],
        ),
        ("lea@example.org (Léa Martin)", [("Léa Martin", "lea@example.org")]),
        ("lea@example.org (Léa (from Lyon) Martin)", [("Léa (from Lyon) Martin", "lea@example.org")]),
        ("=?utf-8?q?Martin=2C_L=C3=A9a?= <lea@example.org>", [("Martin, Léa", "lea@example.org")]),
        ('"lea@example.org" <lea@example.org>', [("lea@example.org", "lea@example.org")]),
        ("Staff: ada@example.org, omar@example.org;", [("", "ada@example.org"), ("", "omar@example.org")]),
        ("undisclosed-recipients:;", []),
        ("<@relay.example.org:lea@example.org>", [("", "lea@example.org")]),
        ('"a\\"b" <lea@example.org>', [('a"b', "lea@example.org")]),
        ('Omar (5" disk) <omar@example.org>', [("Omar", "omar@example.org")]),
        (
            '("),evil@example.com,(") omar@example.org',
            [("", "evil@example.com"), ('"', "omar@example.org")],
        ),
        ("Omar (a \\) b <c>) <omar@example.org>", [("Omar", "omar@example.org")]),
        ("Léa <lea@example.org", [("Léa", "lea@example.org")]),
        ('"omar@example.org "@example.com', [("omar@example.org @example.com", "")]),
        ("Léa", [("Léa", "")]),
        ("lea@example.org; omar@example.org", [("", "lea@example.org"), ("", "omar@example.org")]),
        ("Léa lea@example.org", [("Léa", "lea@example.org")]),
        ("", []),
        (",,", []),
        ("<>", [("", "")]),
    ],
)
def test_addresses_as_seen_in_the_wild(value: str, expected: list[tuple[str, str]]) -> None:
    assert read_addresses(value) == tuple(Address(*one) for one in expected)


@pytest.mark.parametrize(
    ("field", "parameters"),
    [
        ("a/b; name=x.txt", {"name": "x.txt"}),
        ("a/b; name=my file.txt; size=3", {"name": "my file.txt", "size": "3"}),
        ('a/b; NAME="x;y.txt"', {"name": "x;y.txt"}),
        ('a/b; name="a\\"b"', {"name": 'a"b'}),
        ('a/b name="x.txt"', {"name": "x.txt"}),
        ("a/b; name*=utf-8'fr'L%C3%A9a.txt", {"name": "Léa.txt"}),
        ("a/b; name*1=b.txt; name*0=a", {"name": "ab.txt"}),
        ("a/b; name*0*=utf-8''L%C3; name*1*=%A9a; name*2=%41.txt", {"name": "Léa%41.txt"}),
        ("a/b; name*=L%C3%A9a.txt", {"name": "Léa.txt"}),
        ("a/b; name*=iso-8859-1''L%E9a.txt; name=L?a.txt", {"name": "Léa.txt"}),
        ('a/b; name="=?utf-8?q?L=C3=A9a.txt?="', {"name": "Léa.txt"}),
        ("a/b; name*=x; name*0=y", {"name": "xy"}),
        (f"a/b; name*{'9' * 5000}=x", {f"name*{'9' * 5000}": "x"}),
        ("a/b;", {}),
        ("a/b; =; ;=x; name", {}),
    ],
)
def test_parameters_as_seen_in_the_wild(field: str, parameters: dict[str, str]) -> None:
    assert read_parameters(field) == ("a/b", parameters)


@pytest.mark.parametrize(
    ("data", "charset", "expected"),
    [
        (b"L\xc3\xa9a", "utf-8", "Léa"),
        (b"L\xe9a", "iso-8859-1", "Léa"),
        (b"\x80 5", "iso-8859-1", "€ 5"),
        (b"L\xc3\xa9a", "us-ascii", "Léa"),
        (b"L\xc3\xa9a", "", "Léa"),
        (b"L\xe9a", "", "Léa"),
        (b"L\xe9a", "utf-8", "Léa"),
        ("Déjà vu à Genève".encode("latin-1"), "utf-8", "Déjà vu à Genève"),
        (b"Lea \\u00e9", "unicode-escape", "Lea \\u00e9"),
        (b"L\xc3\xa9a \xff", "utf-8", "Léa \ufffd"),
        (b"\x81\x30\x81\x30", "gb2312", "\x80"),
        (b"\xa4", "ISO-8859-15", "€"),
        (b"\xcf\xf0\xe8", "windows-1251", "При"),
        (b"\xcf\xf0\xe8", "cp-1251", "При"),
        (b"\x1b$BF|K\\\x1b(B", "", "日本"),
        (b"+2AA-", "utf-7", "+2AA-"),
        (b"Lea", "hex", "Lea"),
        (b"Lea", "undefined", "Lea"),
        (b"Lea", "punycode", "Lea"),
        (b"Lea", "x\0y", "Lea"),
        (b"Lea", "../../etc", "Lea"),
        (RUSSIAN.encode("koi8-r"), "", RUSSIAN),
        (RUSSIAN.encode("cp1251"), "x-unknown", RUSSIAN),
        ("Léa Müller à Genève, ".encode("latin-1") * 10, "", "Léa Müller à Genève, " * 10),
    ],
)
def test_charsets_are_what_their_writers_meant(data: bytes, charset: str, expected: str) -> None:
    assert decode(data, charset) == expected


@pytest.mark.parametrize(
    ("data", "encoding", "expected"),
    [
        (b"TMOpYQ==", "base64", "Léa"),
        (b"TMOp\r\nYQ", " BASE64 ", "Léa"),
        (b"TM!OpYQ==\r\n-- \r\nThe list", "base64", "Léa"),
        (b"TMOpYQ==TMOpYQ==", "base64", "LéaLéa"),
        (b"TMOpY", "base64", "Lé"),
        (b"It jams, and smells of smoke.", "base64", "It jams, and smells of smoke."),
        (b"L=C3=A9a=\r\n!", "quoted-printable", "Léa!"),
        (b"L=C3=A9a =ZZ 1=1", "quoted-printable", "Léa =ZZ 1=1"),
        (b"begin 644 a.txt\n%3,.I82$`\n`\nend\n", "x-uuencode", "Léa!"),
        (b"It jams", "x-unknown", "It jams"),
    ],
)
def test_damaged_transfer_encodings_give_what_is_left(data: bytes, encoding: str, expected: str) -> None:
    assert decode_transfer(data, encoding).decode() == expected


@pytest.mark.parametrize(
    ("text", "delete_space", "expected"),
    [
        ("one \ntwo\nthree", False, "one two\nthree"),
        ("one \ntwo", True, "onetwo"),
        (">> one \n>> two\n> three", False, "> > one two\n> three"),
        ("> one \ntwo", False, "> one \ntwo"),
        ("one \n-- \nLéa", False, "one \n-- \nLéa"),
        (" >no quote\n From here", False, ">no quote\nFrom here"),
    ],
)
def test_flowed_text_gets_its_paragraphs_back(text: str, delete_space: bool, expected: str) -> None:
    assert unflow(text, delete_space=delete_space) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\n\n\n\ntwo", "one\n\ntwo"),
        ("> quoted\nanswer", "> quoted\n\nanswer"),
        (">> older\n> old\nnew", ">> older\n>\n> old\n\nnew"),
        ("Best regards\n-- \nLéa", "Best regards  \n\\--  \nLéa"),
        ("A title\n=====", "A title  \n\\====="),
        ("See [1].\n\n[1]: https://example.org", "See [1].\n\n\\[1]: https://example.org"),
        ("Léa Martin\nLyon", "Léa Martin  \nLyon"),
        (f"{'word ' * 14}\nand so on and on", f"{('word ' * 14).strip()}\nand so on and on"),
        ("    code\n    more", "    code\n    more"),
        ("# of printers: 5\n#2 is ours", "\\# of printers: 5  \n#2 is ours"),
        ("> ## Title", "> \\## Title"),
        ("C:\\*.log and C:\\new", "C:\\\\*.log and C:\\new"),
        ("R&amp;D & Co", "R\\&amp;D & Co"),
        ("<module> is <b>, 1 < 2", "\\<module> is \\<b>, 1 < 2"),
        ("<ada@example.org> <https://example.org>", "<ada@example.org> <https://example.org>"),
        ("```\n<b> # &lt;\n===\n```\n<b>", "```\n<b> # &lt;\n===\n```\n\\<b>"),
        ("`<b>` and so", "`<b>` and so"),
        ("    # code", "    # code"),
        ("Log:\n    C:\\*.log", "Log:  \n    C:\\\\*.log"),
        ("Log:\n\n    C:\\*.log\n    <b>", "Log:\n\n    C:\\*.log\n    <b>"),
    ],
)
def test_plain_text_reads_as_markdown_as_it_did_in_the_mail(text: str, expected: str) -> None:
    assert from_plain(text) == expected


PLAIN = "Content-Type: text/plain; charset=utf-8\n\nIt jams.\n"
HTML = "Content-Type: text/html; charset=utf-8\n\n<p>It <b>jams</b> on every page that I print.</p>\n"
IMAGE = "Content-Type: image/png\nContent-ID: <a@b>\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
INVITATION = (
    "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Repair\\, at last\n"
    "DTSTART:20261124T090000Z\nLOCATION:Lyon\nEND:VEVENT\nEND:VCALENDAR\n"
)


def _multipart(kind: str, *parts: str) -> str:
    boundary = f"b{abs(hash(parts))}"
    body = "".join(f"--{boundary}\n{part}\n" for part in parts)
    return (
        f"Content-Type: multipart/{kind}; boundary={boundary}\n\nPreamble\n{body}--{boundary}--\nEpilogue\n"
    )


@pytest.mark.parametrize(
    ("mail", "text", "names"),
    [
        (PLAIN, "It jams.", []),
        (HTML, "It **jams** on every page that I print.", []),
        (_multipart("alternative", PLAIN, HTML), "It jams.", []),
        (_multipart("alternative", "\n \n", HTML), "It **jams** on every page that I print.", []),
        (_multipart("alternative", "\nView in your browser.\n", HTML), "It **jams** on every page that I print.", []),
        (_multipart("mixed", PLAIN, "\nThe list\n"), "It jams.\n\nThe list", []),
        (_multipart("mixed", PLAIN, IMAGE, PLAIN), "It jams.\n\nIt jams.", ["image-1.png"]),
        (
            _multipart("related", "Content-Type: text/html\n\n<p>See <img src='cid:a@b'></p>\n", IMAGE),
            "See *image-1.png*",
            ["image-1.png"],
        ),
        (_multipart("alternative", PLAIN, _multipart("related", HTML, IMAGE)), "It jams.", ["image-1.png"]),
        (_multipart("mixed", PLAIN, f"Content-Type: message/rfc822\n\nSubject: Old mail\n{HTML}"), "It jams.", ["Old mail.eml"]),
        (_multipart("mixed", PLAIN, "Content-Type: text/plain; name=log.txt\n\nerror\n"), "It jams.", ["log.txt"]),
        (_multipart("mixed", PLAIN, "Content-Disposition: attachment\n\nerror\n"), "It jams.", ["attachment-1.txt"]),
        (_multipart("mixed", PLAIN, "Content-Type: application/ms-tnef\n\nx\n"), "It jams.", ["attachment-1.dat"]),
        (_multipart("mixed", PLAIN, "Content-Type: application/ms-tnef; name=winmail.dat\n\nx\n"), "It jams.", ["winmail.dat"]),
        (_multipart("alternative", PLAIN, INVITATION), "It jams.\n\nInvitation: Repair, at last  \nWhen: 2026-11-24 09:00 UTC  \nWhere: Lyon", ["invite-1.ics"]),
        (INVITATION.replace(":20261124T090000Z", ";VALUE=DATE-TIME;TZID=America/New_York:20261124T100000"), "Invitation: Repair, at last  \nWhen: 2026-11-24 10:00 (America/New_York)  \nWhere: Lyon", ["invite-1.ics"]),
        (INVITATION, "Invitation: Repair, at last  \nWhen: 2026-11-24 09:00 UTC  \nWhere: Lyon", ["invite-1.ics"]),
        (_multipart("signed", PLAIN, "Content-Type: application/pgp-signature\n\nx\n"), "It jams.", ["attachment-1.asc"]),
        (_multipart("encrypted", "Content-Type: application/pgp-encrypted\n\nVersion: 1\n", "Content-Type: application/octet-stream; name=encrypted.asc\n\nx\n"), "", ["attachment-1.asc", "encrypted.asc"]),
        ("Content-Type: application/pkcs7-mime; name=smime.p7m\n\nx\n", "", ["smime.p7m"]),
        ("Content-Type: multipart/mixed; boundary=b\n\nNo parts at all.\n", "No parts at all.", []),
        ("Content-Type: multipart/mixed\n\nNo boundary.\n", "No boundary.", []),
        ("Content-Type: text\n\nIt jams.\n", "It jams.", []),
        ("Content-Type: text/html\n\n<img src='data:image/png;base64,iVBORw0KGgo='>", "*image-1.png*", ["image-1.png"]),
        ("Content-Type: text/html\n\n<table><tr><td>Asset</td><td>A-1</td></tr><tr><td>Room</td><td>3</td></tr></table>", "|  |  |\n| --- | --- |\n| Asset | A-1 |\n| Room | 3 |", []),
        ("Content-Type: text/html\n\n<meta charset=iso-8859-15><p>10 =A4</p>", "10 =A4", []),
    ],
)  # fmt: skip
def test_the_text_is_read_and_all_else_is_kept(mail: str, text: str, names: list[str]) -> None:
    for ending in ("\n", "\r\n"):
        message = read_message(mail.replace("\n", ending).encode())
        assert message.text == text
        assert [file.name for file in message.attachments] == names


def test_a_forwarded_message_is_kept_byte_by_byte() -> None:
    inner = b"From: Omar <omar@example.org>\r\nX-Odd:\tfolded\r\n  twice\r\n\r\nbody \xff\r\n"
    outer = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n%s\r\n--b--\r\n"
    (file,) = read_message(outer % inner).attachments
    assert file.data == inner
    encoded = (
        b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(inner)
    )
    assert read_message(encoded).attachments[0].data == inner


def test_quoted_text_and_signatures_stay() -> None:
    words_ = "Thanks.\n\nOn Monday Omar wrote:\n> Restart it.\n\n-- \nLéa"
    text = read_message(f"Content-Type: text/plain; charset=utf-8\n\n{words_}".encode()).text
    assert [line.strip(" \\") for line in text.splitlines() if line] == [
        line.strip() for line in words_.splitlines() if line
    ]


def test_the_header_is_read_as_people_read_it() -> None:
    message = read_message(
        "From: Léa Martin <lea@example.org>\n"
        "Sender: postman@example.org\n"
        "Reply-To: team@example.org\n"
        "To: help@example.org, Omar <omar@example.org>\n"
        "Cc: ada@example.org\n"
        "Subject: Imprimante\n\tdu  3ᵉ\n"
        "Date: Tue, 24 Nov 2026 09:12:00 +0100\n"
        "Message-ID: <1@example.org>\n"
        "In-Reply-To: <0@example.org>\n"
        "References: <a@example.org>\n <b@example.org>\n"
        "Authentication-Results: mx.example.org; spf=pass\n"
        "Authentication-Results: evil.example.org; dmarc=pass\n"
        "\nIt jams.\n".encode()
    )
    assert message.sender == ("Léa Martin", "lea@example.org")
    assert message.reply_to == (("", "team@example.org"),)
    assert message.to == (("", "help@example.org"), ("Omar", "omar@example.org"))
    assert message.cc == (("", "ada@example.org"),)
    assert message.subject == "Imprimante du 3ᵉ"
    assert message.date == datetime(2026, 11, 24, 9, 12, tzinfo=timezone(timedelta(hours=1)))
    assert message.message_id == "<1@example.org>"
    assert message.in_reply_to == ("<0@example.org>",)
    assert message.references == ("<a@example.org>", "<b@example.org>")
    assert message.authentication == ("mx.example.org; spf=pass", "evil.example.org; dmarc=pass")
    assert message.automatic == ""


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Tue, 24 Nov 2026 09:12:00 -0000", datetime(2026, 11, 24, 9, 12, tzinfo=UTC)),
        ("24 Nov 26 09:12 GMT", datetime(2026, 11, 24, 9, 12, tzinfo=UTC)),
        ("Fri, 1 Jan 1904 00:00:00 +0000", None),
        ("Tue, 24 Nov 2026 09:12:00 (CET)", datetime(2026, 11, 24, 9, 12, tzinfo=UTC)),
        ("Tue, 99 Nov 2026 09:12:00 +0000", None),
        ("Tue, 24 Nov 2026 09:12:00 +9999999999", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_date_has_a_time_zone_or_is_none(date: str, expected: datetime | None) -> None:
    assert read_message(f"Date: {date}\n\n".encode()).date == expected


def test_a_mail_without_sender_or_subject_is_a_message() -> None:
    message = read_message(b"")
    assert message.sender == ("", "")
    assert (message.subject, message.text, message.attachments, message.message_id) == ("", "", (), "")
    assert read_message(b"Return-Path: <lea@example.org>\n\n").sender.email == "lea@example.org"
