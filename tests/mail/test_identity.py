"""The same mail on another way is the same; another mail is not."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tracker.mail.identity import identity_of

MAIL = b"From: lea@example.org\nMessage-ID: <1@example.org>\nSubject: Printer\n it jams\n\nFrom here\n>From there\nEnd\n"
_LINE = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=30
)
_NAME = st.sampled_from(["From", "to", "Cc", "SUBJECT", "Message-ID", "Date", "Content-Type"])
_MAILS = st.builds(
    lambda header, body: "\n".join([*(f"{name}: {value}" for name, value in header), "", *body, ""]).encode(),
    st.lists(st.tuples(_NAME, _LINE), min_size=1, max_size=4),
    st.lists(st.one_of(_LINE, st.sampled_from(["From x", ">From y", ">>From z", ""])), max_size=6),
)
_TRACES = st.sampled_from(
    [
        b"Received: from a\n\tby b; now\n",
        b"Return-Path: <lea@example.org>\n",
        b"Delivered-To: help@example.org\n",
        b"X-Original-To: help@example.org\n",
        b"envelope-to: help@example.org\n",
        b"Authentication-Results: mx; spf=pass\n dkim=pass\n",
        b"ARC-Seal: i=1\n",
        b"X-Spam-Status: No\n",
        b"X-Received: by x\n",
        b"Status: RO\n",
        b"X-Status: A\n",
        b"X-Keywords:\n",
        b"X-UID: 7\n",
        b"Content-Length: 40\n",
        b"DKIM-Signature: v=1; b=abc\n def\n",
        b"X-MS-Exchange-Transport-EndToEndLatency: 00:00:01.2\n",
        b"X-Own:\n",
        b"X-Anything-At-All: of a server\n",
    ]
)


@given(_MAILS, st.lists(_TRACES, max_size=3), st.booleans(), st.booleans())
def test_the_way_does_not_count(mail: bytes, traces: list[bytes], box: bool, crlf: bool) -> None:
    header, _blank, body = mail.partition(b"\n\n")
    other = b"".join(traces) + header + b"\n\n" + body
    if box:
        quoted = re.sub(rb"(?m)^(>*From )", rb">\1", body)
        other = (
            b"From lea@example.org Tue Nov 24 09:12:00 2026\n"
            + b"".join(traces)
            + header
            + b"\n\n"
            + quoted
            + b"\n"
        )
    if crlf:
        other = other.replace(b"\n", b"\r\n")
    assert identity_of(other) == identity_of(mail)


@given(_MAILS, st.data())
def test_all_that_was_written_counts(mail: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(mail)))
    sign = data.draw(st.sampled_from([b"a", b"Z", b"0", b"."]))
    changed = mail[:place] + sign + mail[place:]
    assert (identity_of(changed) == identity_of(mail)) is (changed == mail)


def test_a_reused_message_id_does_not_make_it_the_same() -> None:
    assert identity_of(MAIL.replace(b"End", b"Fin")) != identity_of(MAIL)


def test_how_fields_stand_does_not_count() -> None:
    folded = MAIL.replace(b"Printer\n it jams", b"Printer it\n\tjams").replace(b"From:", b"FROM :")
    first, *others = folded.partition(b"\n\n")[0].split(b"\nMessage-ID")
    assert identity_of(folded) == identity_of(MAIL)
    assert identity_of(
        b"Message-ID%s\n%s\n\n%s" % (others[0], first, folded.partition(b"\n\n")[2])
    ) == identity_of(MAIL)


def test_an_identity_stays_what_it_is() -> None:
    assert identity_of(MAIL) == "de3ec3ec9ba96bf2a10152c34516dac230c7ad1bec5ebc30a30426edf9fb9ed3"


def test_a_header_ends_where_the_reader_says_so() -> None:
    head = b"From: scanner@example.org\nSubject: Alarm\n"
    one, other = b"Room: tray 1 is empty\n", b"Room: the room burns\n"
    for blank in (b"no field\n", b"\r\r\n"):
        assert identity_of(head + blank + one) != identity_of(head + blank + other)
