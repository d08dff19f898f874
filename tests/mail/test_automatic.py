"""Telling what a program sent from what a person wrote."""

from pathlib import Path

import pytest

from tracker.mail.reading import read_message
from tracker.mail.refusal import fault_of

OUTSIDE = Path(__file__).parents[3] / "shared" / "corpus" / "mail" / "bounces"
BOUNCES = sorted((OUTSIDE / "bounce").glob("*.eml"))
HUMAN = sorted((OUTSIDE / "human").glob("*.eml"))
UNTOLD = {"arf-24.eml": "forwards a complaint as a person would, without one sign of a program"}
NOT_HUMAN = {"rb-issue-368-bug.eml": "says “Auto-Submitted: auto-replied” and has an empty return path"}


@pytest.mark.skipif(not BOUNCES, reason="the collection is not part of the repository")
def test_real_bounces_are_recognised_and_people_are_not() -> None:
    untold = {path.name for path in BOUNCES if not read_message(path.read_bytes()).automatic}
    assert untold == set(UNTOLD)
    assert len(untold) <= len(BOUNCES) * 0.03
    kinds = {path.name: kind for path in HUMAN if (kind := read_message(path.read_bytes()).automatic)}
    assert kinds.keys() == set(NOT_HUMAN)
    assert "bounce" not in kinds.values()


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Subject: Printer", ""),
        ("Auto-Submitted: no", ""),
        ("Auto-Submitted: auto-replied", "auto-replied"),
        ("Auto-Submitted: auto-generated (rejected)", "auto-generated"),
        ("Auto-Submitted: auto-notified; owner-email=x", "auto-generated"),
        ("auto-submitted: AUTO-REPLIED", "auto-replied"),
        ("Return-Path: <>", "auto-generated"),
        ("Return-Path: <lea@example.org>", ""),
        ("Return-Path: <>\nSubject: Automatic reply: Printer", "auto-replied"),
        ("From: MAILER-DAEMON@example.org", "bounce"),
        ("From: MAILER-DAEMON (Mail Delivery System)", "bounce"),
        ("From: Mail Delivery System <Mailer-Daemon@example.org>", "bounce"),
        ("From: <>", "bounce"),
        ("From: postmaster@example.org", "bounce"),
        ("From: Omar, the postmaster <omar@example.org>", ""),
        ("From: noreply@example.org", "auto-generated"),
        ("From: no-reply+7@example.org", "auto-generated"),
        ("From: do_not_reply@example.org", "auto-generated"),
        ("From: noreply.jones@example.org", "auto-generated"),
        ("From: nora.reply@example.org", ""),
        ("From: cronin@example.org", ""),
        ("From: bounceback@example.org", ""),
        ("X-Failed-Recipients: omar@example.org", "bounce"),
        ("X-Autoreply: yes", "auto-replied"),
        ("X-Autorespond: away", "auto-replied"),
        ("Precedence: auto_reply", "auto-replied"),
        ("Precedence: bulk", "bulk"),
        ("Precedence: junk", "bulk"),
        ("Precedence: list", "list"),
        ("Precedence: normal", ""),
        ("List-Id: <users.example.org>", "list"),
        ("List-Unsubscribe: <https://example.org>", "list"),
        ("X-Loop: help@example.org", "perhaps-automatic"),
        ("X-Auto-Response-Suppress: OOF", "perhaps-automatic"),
        ("X-Auto-Response-Suppress: DR, OOF, AutoReply", "auto-generated"),
        ("X-Auto-Response-Suppress: All", "auto-generated"),
        ("X-Auto-Response-Suppress: RN, NRN", ""),
        ("Feedback-ID: 1:2:3:mailer", "bulk"),
        ("Feedback-ID: i1:Fastmail", ""),
        ("Content-Type: multipart/report; report-type=delivery-status; boundary=b", "bounce"),
        ("Content-Type: multipart/report; report-type=disposition-notification; boundary=b", "receipt"),
        ("Content-Type: multipart/report; report-type=feedback-report; boundary=b", "feedback"),
        ("Subject: Out of office: back on Monday", "perhaps-automatic"),
        ("Subject: Returned mail: parcel 12 came back", "perhaps-automatic"),
        ("Subject: Non remis : colis", "perhaps-automatic"),
        ("From: cron.smith@example.org", ""),
        ("From: bounce.house@example.org", ""),
        ("From: bounces+x=y@example.org", "auto-generated"),
        ("Subject: Out of office message cannot be set", ""),
        ("Subject: Réponse automatique : Imprimante", "auto-replied"),
        ("Subject: Automatische Antwort: Drucker", "auto-replied"),
        ("Subject: =?utf-8?b?UsOpcG9uc2UgYXV0b21hdGlxdWU6IHg=?=", "auto-replied"),
        ("Subject: Re: Automatic reply: what is that?", ""),
        ("Subject: Undelivered Mail Returned to Sender", "bounce"),
        ("Subject: Undelivered mail, please help", ""),
        ("Subject: Mail delivery failed on my phone", ""),
        ("Subject: Returned mail: see transcript for details", "bounce"),
    ],
)  # fmt: skip
def test_each_sign_counts_by_itself(header: str, kind: str) -> None:
    sender = "" if "From:" in header else "From: Léa Martin <lea@example.org>\n"
    assert read_message(f"{sender}{header}\n\nIt jams.\n".encode()).automatic == kind


REPORT = b"""\
From: MAILER-DAEMON@example.org
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b

Sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; moved@example.org
Original-Recipient: rfc822;lea@example.org
Action: failed
Status: 5.1.1

Final-Recipient: rfc822; omar@example.org
Action: delayed

Final-Recipient: rfc822; <ada@example.org>
Action: Failed
Status: 5.0.0
Diagnostic-Code: smtp; 550 No such user here

Final-Recipient: rfc822; full@example.org
Action: failed
Status: 5.2.2
Diagnostic-Code: smtp; 552 5.2.2 mailbox full

Final-Recipient: rfc822; blocked@example.org
Action: failed
Status: 5.7.1
Diagnostic-Code: smtp; 550 5.7.1 blocked, see https://bl.example

Final-Recipient: rfc822; late@example.org
Action: failed
Status: 5.4.7
--b--
"""


def test_a_report_names_the_addresses_that_nobody_has() -> None:
    assert read_message(REPORT).bounced == ("lea@example.org", "ada@example.org")
    assert read_message(REPORT.replace(b"\n", b"\r\n")).bounced == ("lea@example.org", "ada@example.org")


def test_a_bounce_without_a_report_names_them_in_a_field_or_in_words() -> None:
    daemon = b"From: MAILER-DAEMON@example.org\n"
    field = read_message(
        daemon
        + b"X-Failed-Recipients: lea@example.org,\n omar@example.org\n\n550 5.1.1 <ada@example.org>: no\n"
    )
    assert field.bounced == ("lea@example.org", "omar@example.org")
    assert read_message(daemon + b"\nHi.\n\n<ada@example.org>:\nno such user\n").bounced == (
        "ada@example.org",
    )


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("550 5.1.1 <lea@example.org>: Recipient address rejected: User unknown in local table", "address"),
        ("550 5.1.10 RESOLVER.ADR.RecipientNotFound", "address"),
        ("550 5.2.1 The email account that you tried to reach is disabled", "address"),
        ("550-5.2.1 The email account that you tried to reach is inactive.", "address"),
        ("5.2.1 smtp; 550 Account deactivated", "address"),
        ("550 5.2.1 The user you are trying to contact is receiving mail too quickly", "other"),
        ("550-5.2.1 The user is receiving mail at a rate that prevents delivery", "other"),
        ("550 5.2.1", "other"),
        ("Sorry, no mailbox here by that name. (#5.1.1)", "address"),
        ("550 No such user here", "address"),
        ("550 Unrouteable address", "address"),
        ("551 Unknown user", "address"),
        ("553 Invalid recipient", "address"),
        ("550 <lea@example.org>: user does not exist", "address"),
        ("5.1.0 smtp; 550 5.1.1 User unknown", "address"),
        ("5.0.0 smtp; 550 Mailbox not found", "address"),
        ("550 Requested action not taken: mailbox unavailable", "other"),
        ("550 relay not permitted", "other"),
        ("550 5.1.7 Sender address rejected: undeliverable: 550 5.1.1 User unknown", "other"),
        ("550 Sender verify failed: no such user", "other"),
        ("550 blocked, 5.1.1.7 is on a list", "other"),
        ("550", "other"),
        ("530 Authentication required", "other"),
        ("535 5.7.8 Authentication failed", "other"),
        ("503 Bad sequence", "other"),
        ("552 over quota", "other"),
        ("554 blocked, see https://bl.example/", "other"),
        ("554 user unknown", "other"),
        ("550 5.4.5 Daily user sending limit exceeded", "other"),
        ("5.4.7 delivery time expired", "other"),
        ("552 5.3.4 Message too big", "mail"),
        ("554 5.6.3 Conversion required but not supported", "mail"),
        ("", "other"),
    ],
)
def test_a_refusal_is_of_the_address_only_where_it_says_so(said: str, fault: str) -> None:
    assert fault_of(said) == fault


def test_only_a_bounce_marks_addresses() -> None:
    assert read_message(b"From: lea@example.org\nX-Other: 1\n\n<ada@example.org>: she wrote\n").bounced == ()
