"""Whatever stands in a ticket, a mail has one field of each name, and its text says the same in both forms."""

from datetime import UTC, datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mail.notices.conftest import Desk, Server, mail
from tests.mail.notices.test_notify import LEA, is_now, said, write
from tracker.mail.bounced import return_address
from tracker.mail.notices.letter import Letter, is_sendable, written
from tracker.mail.notices.telling import shown_text
from tracker.mail.reading import read_message
from tracker.mail.token import reply_address, signed_tickets
from tracker.workspace import Workspace

MOMENT = datetime(2026, 11, 24, 9, tzinfo=UTC)
LONG = f"<{'a' * 80}.{'b' * 60}@{'c' * 60}.example.org>"
PLAIN = Letter(("Help", "help@example.org"), ("", "lea@example.com"), "S", "text", "<p>text</p>", "<a@b>")
ONCE = ("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress")


def parsed(letter: Letter) -> EmailMessage:
    message = BytesParser(policy=SMTP).parsebytes(written(letter, MOMENT))
    assert isinstance(message, EmailMessage)
    return message


anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
hostile = st.one_of(
    anything,
    st.sampled_from(
        [
            "x\r\nBcc: all@example.org",
            "x\nBcc: a@b\n\nbody",
            'A" <a@b>, "B',
            "=?utf-8?q?=0D=0ABcc:_a@b?=",
            "=??Q?=00=0ABCC:",
            "a\u2028Bcc: x",
        ]
    ),
)


@given(hostile, hostile, hostile, hostile)
def test_nothing_becomes_a_field_or_an_address(desk: str, name: str, subject: str, text: str) -> None:
    letter = PLAIN._replace(
        sender=(desk, "help@example.org"), recipient=(name, LEA), subject=f"x{subject}", text=text
    )
    message = parsed(letter)
    assert {field: len(message.get_all(field, [])) for field in ONCE} == dict.fromkeys(ONCE, 1)
    assert message["Bcc"] is None
    assert [one.addr_spec for one in message["To"].addresses] == [LEA]
    assert [one.addr_spec for one in message["From"].addresses] == ["help@example.org"]
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


@given(hostile)
def test_our_own_reader_understands_what_we_write(subject: str) -> None:
    message = read_message(written(PLAIN._replace(subject=subject), MOMENT))
    assert message.subject == " ".join(message.subject.split())
    assert (message.sender.email, message.message_id, message.automatic) == (
        "help@example.org",
        "<a@b>",
        "auto-generated",
    )


def test_a_long_message_id_is_not_folded_inside() -> None:
    data = written(PLAIN._replace(references=[LONG, "<root@x>"], message_id=LONG), MOMENT)
    assert f"References: {LONG}\r\n <root@x>\r\n".encode() in data
    assert f"In-Reply-To: {LONG}\r\n".encode() in data


@pytest.mark.parametrize("bad", ["<a@b>\r\nBcc: <x@y>", "a@b", "<a b@c>", "<>", "<é@x>"])
def test_what_is_no_message_id_is_left_out(bad: str) -> None:
    message = parsed(PLAIN._replace(references=[bad]))
    assert (message["References"], message["In-Reply-To"], message["Bcc"]) == (None, None, None)


@pytest.mark.parametrize(
    ("address", "right"),
    [("lea@example.com", True), ("léa@example.com", True), ("a,b@example.com", False), ("a@b@c", False),
     ("a@b..c", False), ("a@b.", False), ("a@.b", False), ("=?utf-8?q?a?=@b.c", False), ("a b@c.d", False),
     ("root\" <a@b", False), ("a@b>", False), ("a@b\r\nRCPT", False), ('"a"@b', False), ("a\u202eb@c", False), ("", False)],
)  # fmt: skip
def test_which_addresses_can_be_sent_to(address: str, right: bool) -> None:
    assert is_sendable(address) is right


def test_notices_say_what_they_are(sending: Desk, server: Server) -> None:
    write(sending, is_now(assignee="omar", watchers="[ada]", aliases="[HD-k7q3x]"))
    sending.commit("A ticket")
    write(sending, said("omar"))
    sending.commit("Words")
    sending.notify()
    by = {(one.recipient, str(one.message["Auto-Submitted"])): one for one in server.take()}
    assert set(by) == {
        (LEA, "auto-replied"), (LEA, "auto-generated"),
        ("omar@example.org", "auto-generated"), ("ada@example.org", "auto-generated"),
    }  # fmt: skip
    receipt, comment, watching = (
        by[LEA, "auto-replied"],
        by[LEA, "auto-generated"],
        by["ada@example.org", "auto-generated"],
    )
    assert receipt.message["References"].split()[0] == comment.message["References"].split()[0]
    secret = sending.room.secret
    ids = [
        *receipt.message["References"].split(),
        receipt.message["Message-ID"],
        comment.message["Message-ID"],
    ]
    assert list(signed_tickets(secret, ids, ())) == ["HD-k7q3x", "HD-1", "HD-1", "HD-1"]
    assert list(signed_tickets(secret, (), [receipt.sender])) == ["hd-1"]
    assert receipt.message["Reply-To"].addresses[0].addr_spec == reply_address(
        secret, "HD-1", "help@example.org"
    )
    assert receipt.sender == comment.sender == return_address(secret, "HD-1", LEA, "help@example.org")
    assert watching.sender == return_address(secret, "HD-1", "ada@example.org", "help@example.org")
    assert receipt.message["From"] == "Help <help@example.org>"
    assert receipt.message["List-Id"] == "<help.example.org>"
    assert (receipt.message["Precedence"], receipt.message["List-Unsubscribe"]) == (None, None)
    assert "List-Unsubscribe-Post" not in watching.message
    assert watching.message["List-Unsubscribe"].startswith("<mailto:help%2Bhd-1.u")


@pytest.mark.parametrize("to_the_desk", [True, False])
def test_an_answer_to_internal_words_stays_internal(
    sending: Desk, server: Server, *, to_the_desk: bool
) -> None:
    write(sending, is_now(assignee="omar", watchers="[ada]") | said("ada", "He always says that", "internal"))
    sending.commit("A ticket")
    sending.notify()
    (one,) = [one for one in server.take() if one.recipient == "omar@example.org"]
    assert "to the desk’s people only" in one.words
    address = "help@example.org" if to_the_desk else one.message["Reply-To"].addresses[0].addr_spec
    answer = mail(
        "omar@example.org", "Re: x", "Does he?", To=address, In_Reply_To=str(one.message["Message-ID"])
    )
    assert sending.receive(answer) == [("appended", "HD-1")]
    sending.notify()
    assert [one.recipient for one in server.take()] == ["ada@example.org"]


def test_an_answer_refers_to_the_mail_that_the_requester_wrote(sending: Desk, server: Server) -> None:
    assert sending.receive(mail("lea@example.com", "Printer", Message_ID=LONG)) == [("created", "HD-1")]
    sending.notify()
    (receipt,) = [one for one in server.take() if one.recipient == LEA]
    assert f"References: {LONG}\r\n".encode() in receipt.data
    assert f"In-Reply-To: {LONG}\r\n".encode() in receipt.data
    answer = mail(
        "lea@example.com", "Re: x", "More", To=receipt.sender, In_Reply_To=str(receipt.message["Message-ID"])
    )
    assert sending.receive(answer) == [("appended", "HD-1")]


@pytest.mark.parametrize(
    "source", ["{mail: ../../../etc/passwd}", "{mail: 12}", "{mail: [a]}", "{mail: '*'}", "{mail: ''}"]
)
def test_where_a_ticket_says_it_comes_from_may_be_anything(
    sending: Desk, server: Server, source: str
) -> None:
    write(sending, is_now(source=source))
    sending.commit("A ticket")
    sending.notify()
    assert len(server.take()) == 1


def test_a_hostile_title_and_name_stay_in_their_places(sending: Desk, server: Server) -> None:
    title = "'<b>x</b> {{ 7*7 }} =?utf-8?q?=0D=0ABcc:_all=40example.org?='"
    requester = "{name: '<i> {{ 7*7 }} \", all@example.org =?utf-8?q?=0ABcc:_a?=', email: lea@example.com}"
    write(sending, is_now(title=title, assignee="omar", requester=requester))
    sending.commit("A ticket")
    sending.notify()
    taken = server.take()
    assert [one.recipient for one in taken] == [LEA, "omar@example.org"]
    for one in taken:
        html = one.message.get_body(("html",)).get_content()
        assert one.message["Bcc"] is None
        assert len(one.message["To"].addresses) == 1
        assert "&lt;b&gt;x&lt;/b&gt; {{ 7*7 }}" in html
        assert "<b>" not in html
        assert "<i>" not in html
        assert "{{ 7*7 }}" in one.message["Subject"]


def test_words_are_shown_as_they_were_meant() -> None:
    assert shown_text("Thanks  \n\\-- \na\\_b\x00\x1b[31m\u202e\n") == "Thanks\n--\na_b[31m"
    assert shown_text("`a\\_b`\n```\nc\\_d\n```\ne\\_f") == "`a\\_b`\n```\nc\\_d\n```\ne_f"
    assert shown_text("x" * 30_000) == "x" * 20_000 + "…"
    assert shown_text("\udcff") == "?"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("See [evil.pdf](files/fc02a1b2-evil.pdf), please.", "See evil.pdf, please."),
        ("![screen.png](files/fc02a1b2-screen.png)[b](HD-2/files/1-b)", "screen.pngb"),
        ("[a\\_b.pdf](files/1-a-b.pdf)", "a_b.pdf"),
        ("[here](https://example.org/files/x)", "[here](https://example.org/files/x)"),
        ("\\[a\\](files/1-a)", "[a](files/1-a)"),
        ("```\n[a](files/1-a)\n```", "```\n[a](files/1-a)\n```"),
    ],
)
def test_a_link_to_a_file_is_its_name(written: str, read: str) -> None:
    assert shown_text(written) == read


def test_people_of_the_desk_are_told_at_once_that_their_order_is_not_done(
    sending: Desk, server: Server
) -> None:
    sending.notify()
    verified = "mx.example.org; dmarc=pass header.from=example.org"
    slip = mail("omar@example.org", "Printer", "#asign ada\nYours.", Authentication_Results=verified)
    assert sending.receive(slip) == [("held", "")]
    sending.receive(mail("omar@example.org", "Forged", "#asign ada\nYours."))
    sending.notify()
    (told,) = server.take()
    assert told.recipient == "omar@example.org"
    assert told.message["Subject"] == "Not done: Printer"
    assert "“#asign” is no command. Did you mean “assign”?" in told.words
    sending.notify()
    assert server.take() == []


def test_an_answer_to_that_is_for_the_desks_people_only(sending: Desk, server: Server) -> None:
    verified = "mx.example.org; dmarc=pass header.from=example.org"
    sending.notify()
    sending.receive(
        mail("omar@example.org", "Printer", "#asign ada\nYours.", Authentication_Results=verified)
    )
    sending.notify()
    (told,) = server.take()
    answer = mail(
        "omar@example.org",
        "Re: Not done",
        "What is wrong?",
        To=told.message["Reply-To"].addresses[0].addr_spec,
        Authentication_Results=verified,
    )
    assert sending.receive(answer) == [("created", "HD-1")]
    assert Workspace.open(sending.folder).find("HD-1").internal


def test_nobody_tells_a_program_that_its_mail_is_held(sending: Desk, server: Server) -> None:
    verified = "mx.example.org; dmarc=pass header.from=example.org"
    sending.notify()
    away = mail("omar@example.org", "Out of office: x", "Away.", Authentication_Results=verified)
    assert sending.receive(away) == [("held", "")]
    sending.notify()
    assert server.take() == []


def test_words_below_a_message_that_is_repeated_are_told(sending: Desk, server: Server) -> None:
    text = "See below.\n\nFrom: Help <help@example.org>\nSent: Monday\nSubject: Printer\n\nWhere?\n\nIn the lobby.\n"
    write(sending, is_now(assignee="omar") | said(LEA, text))
    sending.commit("A ticket")
    sending.notify()
    (told,) = [one for one in server.take() if one.recipient == "omar@example.org"]
    assert "In the lobby." in told.words
