"""Who a message is from is known only where the company's own server says so, in words that are its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.mail.authentication import Verdict, verdict
from tracker.mail.limits import LONGEST_HEADER
from tracker.mail.reading import read_message

OURS = {"mx.example.org"}
OMAR = "omar@example.org"


def _found(*values: str, sender: str = OMAR) -> Verdict:
    fields = "".join(f"Authentication-Results: {value}\r\n" for value in values)
    return verdict(read_message(f"{fields}From: {sender}\r\n\r\nHello\r\n".encode()), OURS)


@pytest.mark.parametrize(
    "results",
    [
        "dmarc=pass header.from=example.org",
        "dmarc=pass (p=NONE sp=QUARANTINE dis=NONE) header.from=example.org",
        "DMARC=Pass action=none header.from=Example.ORG;compauth=pass reason=100",
        "spf=pass smtp.mailfrom=omar@example.org",
        'spf=pass smtp.mailfrom="omar"@example.org',
        'spf=pass smtp.mailfrom="omar@example.org"',
        "spf=pass smtp.mailfrom=a+b=c.example@example.org smtp.helo=mx",
        "dkim=pass header.i=@example.org header.s=1 header.b=Ab+/c=",
        'dkim=pass reason="a \\"good; (key\\"" header.d="example.org"',
        "spf=none smtp.mailfrom= smtp.helo=mx; dkim=pass header.d=example.org;",
        "dkim (as (it is)\\)) / 1 (one) = (wait) pass header (a dot) . (or not) d (and) = (this) example.org",
        "dkim=fail header.d=example.org; dkim=pass header.d=example.org",
        "spf=pass (x: domain of a@b designates ::1 as sender) client-ip=::1; envelope-from=a@b; dmarc=pass header.from=example.org",
    ],
)
def test_what_our_server_says_is_believed(results: str) -> None:
    assert _found(f"mx.example.org; {results}") is Verdict.VERIFIED
    assert _found(f"MX.example.org (ours) 1; {results}") is Verdict.VERIFIED
    assert _found(f"mx.example.com; {results}") is Verdict.UNKNOWN
    assert _found(f"mx.example.org; {results}", sender="omar@example.net") is not Verdict.FORGED


@pytest.mark.parametrize(
    "results",
    [
        "none",
        "",
        'spf=pass smtp.mailfrom="x;dmarc=pass header.from=example.org "@evil.com',
        'spf=pass smtp.mailfrom="x\\";dmarc=pass header.from=example.org "@evil.com',
        'dkim=pass header.i="x header.d=example.org "@evil.com',
        'dkim=pass header.i="x\\" header.d=example.org "@evil.com',
        "dkim=pass header.i=header.d=example.org@evil.com header.s=header.d=example.org",
        "spf=pass (x\\);dmarc=pass header.from=example.org) smtp.mailfrom=x@evil.com",
        'spf=pass (of "a);dmarc=pass header.from=example.org ("@evil.com) smtp.mailfrom=x@evil.com',
        'spf=pass (of "a\\\\);dmarc=pass header.from=example.org ("@evil.com) smtp.mailfrom=x@evil.com',
        "spf=pass (of a) dmarc=pass header.from=example.org ) smtp.mailfrom=x@evil.com",
        'spf=pass (of a);dmarc=pass header.from=example.org ();spf=pass smtp.mailfrom="a);dmarc"@evil.com',
        "spf=pass (((((((x;dmarc=pass header.from=example.org ))))))) smtp.mailfrom=x@evil.com",
        "dmarc=pass header.from=example.org (",
        'dmarc=pass header.from=example.org "',
        "dmarc=pass header.from=example.org and more",
        "dmarc=pass header.from=example.org; and more",
        "dmarc=pass header.from=example.org.evil.com",
        'dmarc="pass" header.from=example.org',
        "arc=pass header.from=example.org",
        "dmarc=pass",
        "spf=pass smtp.helo=example.org header.d=example.org",
        "dmarc=pass header.from=example.org; " + "dkim=none; " * (LONGEST_HEADER // 10),
    ],
)
def test_what_is_another_s_or_not_understood_tells_nothing(results: str) -> None:
    assert _found(f"mx.example.org; {results}") is Verdict.UNKNOWN
    assert _found(f"mx.example.org; {results}", "mx.example.org; dmarc=pass") is Verdict.UNKNOWN


def test_what_failed_is_forged_even_beside_what_is_not_understood() -> None:
    assert _found("mx.example.org; dmarc=fail header.from=example.org") is Verdict.FORGED
    assert _found('mx.example.org; spf=pass (of "a"@b) smtp.mailfrom="a"@b; dmarc=fail') is Verdict.FORGED
    assert _found('mx.example.org; spf=pass smtp.mailfrom="x;dmarc=fail"@b') is Verdict.UNKNOWN


INTERNAL = "X-MS-Exchange-Organization-AuthAs: Internal"
OUTSIDE = "X-MS-Exchange-Organization-AuthAs: Anonymous"
PASSED = "Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=example.org; mx.example.com; dmarc=pass action=none header.from=example.org;compauth=pass reason=100"


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ([INTERNAL], Verdict.VERIFIED),
        ([OUTSIDE, PASSED], Verdict.VERIFIED),
        ([OUTSIDE], Verdict.UNKNOWN),
        ([PASSED], Verdict.UNKNOWN),
        ([INTERNAL, INTERNAL], Verdict.UNKNOWN),
        (["Authentication-Results: microsoft-365; dmarc=pass header.from=example.org"], Verdict.UNKNOWN),
        ([OUTSIDE, PASSED.replace("pass", "fail")], Verdict.FORGED),
        ([OUTSIDE, PASSED.replace("example.org", "evil.com"), PASSED], Verdict.UNKNOWN),
        ([OUTSIDE, PASSED.replace("pass (sender", "pass (of ) x=y z; (sender")], Verdict.UNKNOWN),
    ],
)
def test_exchange_is_believed_where_the_desk_says_so(fields: list[str], found: Verdict) -> None:
    mail = "\r\n".join([*fields, f"From: {OMAR}", "", "Hello"]).encode()
    assert verdict(read_message(mail), {"microsoft-365"}) is found
    assert verdict(read_message(mail), OURS) is Verdict.UNKNOWN


_SIGNS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *'"\\();= @.',
                "dmarc=pass",
                "header.from=",
                "header.d=",
                "smtp.mailfrom=",
                "example.org",
                "@evil.com",
            ]
        ),
        st.characters(min_codepoint=32, max_codepoint=126),
    ),
    max_size=20,
).map("".join)


def _quoted(text: str, signs: str = '\\"') -> str:
    return "".join(f"\\{sign}" if sign in signs else sign for sign in text)


@given(_SIGNS)
def test_nothing_that_a_stranger_calls_himself_makes_him_somebody_else(text: str) -> None:
    address = f'"{_quoted(text)}"@evil.com'
    for value in (address, f'"{_quoted(address)}"'):
        assert _found(f"mx.example.org; spf=pass smtp.mailfrom={value}") is Verdict.UNKNOWN
        assert _found(f"mx.example.org; dkim=pass header.i={value} header.s=1") is Verdict.UNKNOWN
        told = f"mx.example.org; spf=pass (of {_quoted(text, '()' + chr(92))}) smtp.mailfrom={value}"
        assert _found(told) is Verdict.UNKNOWN
        assert _found(f"mx.example.org; spf=pass (of {address}) smtp.mailfrom={value}") in (
            Verdict.UNKNOWN,
            Verdict.FORGED,
        )
        assert _found(f"mx.example.org; spf=pass (of {text}) smtp.mailfrom={value}") is not Verdict.VERIFIED
