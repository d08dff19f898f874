"""What notices say: in the reader’s language, from the desk’s own templates, and once a day what is left to do."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from html import escape
from pathlib import Path

import pytest

from tests.conftest import git
from tests.mail.notices.conftest import SETTINGS, Desk, Server, mail, ticket
from tests.mail.notices.test_notify import ADA, LEA, MONTH, OMAR, is_now, said, write
from tracker.errors import BrokenEnvironmentError, ConfigurationError
from tracker.mail.notices import notify
from tracker.mail.subscription import unsubscribe_address, unsubscribed
from tracker.mail.token import is_internal, signed_tickets
from tracker.model.fields import built_in_label
from tracker.store.spool import State
from tracker.translation import _, language
from tracker.workspace import Workspace


def test_each_reads_their_own_language(tmp_path: Path, server: Server, port: int) -> None:
    people = {**SETTINGS["people"], "ada": {**SETTINGS["people"]["ada"], "language": "en"}}
    desk = Desk(tmp_path, {"language": "fr", "people": people}, port)
    desk.put_out()
    write(desk, is_now(assignee="omar", watchers="[ada]"))
    desk.commit("A ticket")
    write(desk, said(LEA))
    desk.commit("Words")
    desk.notify()
    by = {(one.recipient, str(one.message["Auto-Submitted"])): one.words for one in server.take()}
    assert 'lang="fr"' in by[LEA, "auto-replied"]
    assert 'lang="en"' in by[ADA, "auto-generated"]
    assert "Léa Martin wrote:" in by[ADA, "auto-generated"]
    with language("fr"):
        assert _("Hello {name},").format(name="Léa Martin") in by[LEA, "auto-replied"]
        assert (
            _("We have your request. Its number is {ticket}.").format(ticket="HD-1")
            in by[LEA, "auto-replied"]
        )


DIRECTORY = {
    "lea@example.com": {"location": "lyon"},
    "bob@example.com": {"language": "en"},
    "@example.com": {"language": "fr"},
}


@pytest.mark.parametrize(
    ("address", "spoken"),
    [("Lea@example.com", "fr"), ("bob@example.com", "en"), ("eve@example.net", "en")],
)
def test_the_directory_says_in_which_language_somebody_asks(
    tmp_path: Path, server: Server, port: int, address: str, spoken: str
) -> None:
    desk = Desk(tmp_path, {"directory": DIRECTORY}, port)
    desk.put_out()
    write(desk, is_now(requester=f"{{email: {address}}}"))
    desk.commit("A ticket")
    desk.notify()
    (one,) = server.take()
    assert f'lang="{spoken}"' in one.words
    with language(spoken):
        assert _("Hello,") in one.words


def test_a_desk_has_templates_of_its_own(sending: Desk, server: Server) -> None:
    write(
        sending,
        {
            "templates/mail/notice.html": "<p>{{ ticket }} {{ parts[0].heading }}</p>\n{{ greeting }}",
            **is_now(title="A <b>"),
        },
    )
    sending.commit("A template")
    sending.notify()
    (one,) = server.take()
    assert one.message.get_body(("html",)).get_content().startswith("<p>HD-1 We have your request")
    assert "Hello Léa Martin," in one.message.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    "template", ["{{ nothing }}", "{% if %}", "{{ ''.__class__.__mro__ }}", "{% include 'x.txt' %}"]
)
def test_a_template_that_is_wrong_is_named_and_nobody_is_told(
    sending: Desk, server: Server, template: str
) -> None:
    write(sending, {"templates/mail/notice.txt": f"\n{template}\n", **is_now()})
    sending.commit("A template")
    with pytest.raises(ConfigurationError, match=r"templates/mail/(notice|x)\.txt"):
        sending.notify()
    write(sending, {"templates/mail/notice.txt": "{{ greeting }}\n"})
    sending.commit("Mended")
    sending.notify()
    assert [one.recipient for one in server.take()] == [LEA]


def test_notices_lead_to_the_website(tmp_path: Path, server: Server, port: int) -> None:
    notices = {"website": "https://desk.example.org/", "unsubscribe": "https://desk.example.org/leave"}
    desk = Desk(tmp_path, {"mail": {"notices": notices}}, port)
    desk.put_out()
    write(desk, is_now(watchers="[ada]") | said("omar"))
    desk.commit("A ticket")
    desk.notify()
    by = {one.recipient: one for one in server.take()}
    assert 'href="https://desk.example.org/tickets/HD-1/"' in by[ADA].words
    assert by[ADA].message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert by[ADA].message["List-Unsubscribe"].startswith("<https://desk.example.org/leave/hd-1.u")
    assert "List-Unsubscribe" not in by[LEA].message


def test_a_watcher_leaves_by_mail(sending: Desk, server: Server) -> None:
    write(sending, is_now(watchers="[ada, omar]"))
    sending.commit("A ticket")
    room = sending.room
    entry = room.workspace.find("HD-1")
    address = unsubscribe_address(room.secret, "HD-1", "ada", "help@example.org")
    assert unsubscribed(room.secret, entry, ["help@example.org", address]) == "ada"
    assert unsubscribed(room.secret, entry, [address.upper().replace("HELP", "help")]) == "ada"
    assert list(signed_tickets(room.secret, (), [address])) == ["hd-1"]
    for other in (
        "help@example.org",
        address.replace("hd-1.", "hd-2."),
        address.replace("@", "a@"),
        unsubscribe_address(b"another secret of 16", "HD-1", "ada", "help@example.org"),
        unsubscribe_address(room.secret, "HD-1", "nobody", "help@example.org"),
        unsubscribe_address(room.secret, "HD-2", "ada", "help@example.org"),
    ):
        assert unsubscribed(room.secret, entry, [other]) is None


def test_an_assignment_says_what_somebody_has_to_know(tmp_path: Path, server: Server, port: int) -> None:
    settings = {
        "people": {**SETTINGS["people"], "omar": {**SETTINGS["people"]["omar"], "language": "fr"}},
        "locations": {"lyon": {"label": "Lyon, <quai> 3"}},
        "mail": {"notices": {"assignment": ["assignee", "requester"]}},
    }
    desk = Desk(tmp_path, settings, port)
    desk.put_out()
    write(desk, is_now(assignee="omar", location="lyon", due="2026-12-01", priority="high"))
    desk.commit("A ticket")
    desk.notify()
    by = {one.recipient: one.message for one in server.take()}
    with language("fr"):
        labels = [built_in_label(name) for name in ("requester", "location", "category", "priority", "due")]
        values = ["Léa Martin <lea@example.com>", "Lyon, <quai> 3", "Other", "High", "2026-12-01"]
        lines = [_("{field}: {value}").format(field=f, value=v) for f, v in zip(labels, values, strict=True)]
    assert "\r\n".join(lines) in by[OMAR].get_body(("plain",)).get_content()
    html = by[OMAR].get_body(("html",)).get_content()
    assert all(escape(line) in html for line in lines)
    for kind in ("plain", "html"):
        assert "2026-12-01" not in by[LEA].get_body((kind,)).get_content()


def test_a_notice_leaves_out_what_an_answer_repeats(sending: Desk, server: Server) -> None:
    """Else each round would carry all rounds before it."""
    quoted = "On Tue, 24 Nov 2026, Help wrote:\n\n" + "".join(f"> Line {n}\n" for n in range(9))
    write(sending, is_now() | said("omar", f"Is it better now?\n\n{quoted}-- \nOmar\n"))
    sending.commit("Words")
    sending.notify()
    (told,) = [one.message for one in server.take() if "better now" in one.words]
    for kind in ("plain", "html"):
        text = told.get_body((kind,)).get_content()
        assert "Is it better now?" in text
        assert "[…]" in text
        assert "Omar" in text
        assert "Line" not in text
        assert "wrote:\n\n>" not in text
    comment = next(sending.folder.rglob("*-omar.md"))
    assert "> Line 8" in comment.read_text()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The desk’s clock: the last moment counts."""
    moments = [datetime.now(UTC).replace(microsecond=0)]
    monkeypatch.setattr(Workspace, "now", lambda desk: moments[-1].astimezone(desk.configuration.zone))
    return moments


def test_what_nobody_took_care_of_is_told_once_a_day(
    tmp_path: Path, server: Server, port: int, clock: list[datetime]
) -> None:
    desk = Desk(
        tmp_path,
        {"assignment": {"dispatcher": ["omar"]}, "mail": {"automatic": "hold", "limits": {"size": 0.1}}},
        port,
    )
    clock.append(datetime(2026, 11, 24, 6, tzinfo=UTC))
    desk.put_out()
    desk.receive(mail("x@example.com", "Out there", Precedence="bulk"))
    assert desk.receive(mail("x@example.com", "Large", "x\n" * 70_000)) == [("quarantined", "")]
    (held,), (quarantined,) = map(desk.room.spool.identities, (State.HELD, State.QUARANTINE))
    reason, unread = (desk.room.spool.record(one).reason for one in (held, quarantined))
    write(
        desk,
        {
            "tickets/drafts/HD-k7q3x.md": ticket(1, "A draft").replace("HD-1", "HD-k7q3x"),
            **{f"{MONTH}/HD-{n}.md": ticket(n, f"Nobody’s {n}") for n in range(2, 40)},
        },
    )
    desk.commit("Tickets")
    for hour, expected in ((6, 0), (6.5, 1), (30, 0), (30.5, 1), (31, 0), (53, 0), (54.5, 1)):
        clock.append(datetime(2026, 11, 24, tzinfo=UTC) + timedelta(hours=hour - 0.5))
        desk.notify()
        assert sum("digest" in one.what for one in desk.told.notices) == expected, hour
        digests = [one for one in server.take() if one.message["Precedence"] == "bulk"]
        assert len(digests) == expected, hour
        for one in digests:
            assert (one.recipient, one.message["Subject"]) == (OMAR, "Help: 41 things to do")
            for words in (
                "Nobody’s 2",
                "HD-k7q3x A draft",
                "and 8 more",
                f"x@example.com – Out there – {reason} – tracker mail show {held[:12]}",
                f"x@example.com – Large – {unread} – tracker mail retry {quarantined[:12]}",
            ):
                assert words in one.message.get_body(("plain",)).get_content()


def test_an_answer_to_a_digest_is_for_the_desks_people(
    tmp_path: Path, server: Server, port: int, clock: list[datetime]
) -> None:
    """It quotes the titles of internal tickets."""
    desk = Desk(tmp_path, {"assignment": {"dispatcher": ["omar"]}}, port)
    clock.append(datetime(2026, 11, 24, 6, tzinfo=UTC))
    desk.put_out()
    write(desk, is_now(title="Dismissal", visibility="internal"))
    desk.commit("A ticket")
    clock.append(datetime(2026, 11, 25, 9, tzinfo=UTC))
    desk.notify()
    (digest,) = [one.message for one in server.take() if one.message["Precedence"] == "bulk"]
    secret, reply_to = desk.room.secret, parseaddr(digest["Reply-To"])[1]
    assert is_internal(secret, (), [reply_to])
    assert is_internal(secret, [digest["Message-ID"]], ())
    answers = (
        mail("x@example.com", "Re: Dismissal", In_Reply_To=digest["Message-ID"]),
        mail("x@example.com", "Re: Dismissal of Bob", To=reply_to),
    )
    assert [desk.receive(one) for one in answers] == [[("held", "")]] * 2


def test_a_service_level_that_comes_into_danger_is_told_once(
    tmp_path: Path, server: Server, port: int, clock: list[datetime]
) -> None:
    levels = {"all": {"first_response": "2h", "warn": 50, "hours": "always"}}
    desk = Desk(tmp_path, {"service_levels": levels}, port)
    start = clock[-1]
    write(desk, is_now(assignee="omar", created=start.isoformat()))
    desk.commit("A ticket")
    desk.put_out()
    told = []
    for minutes in (30, 59, 61, 70, 119, 121, 125, 600):
        clock.append(start + timedelta(minutes=minutes))
        desk.notify()
        assert len(desk.told.notices) == (minutes in (61, 121))
        told += [
            (minutes, one.recipient, one.message.get_body(("plain",)).get_content()) for one in server.take()
        ]
    assert [(minutes, whom) for minutes, whom, _words in told] == [(61, OMAR), (121, OMAR)]
    assert "First response: 59 min left" in told[0][2] or "First response: 58 min left" in told[0][2]
    assert "late" in told[1][2]


def test_a_shallow_clone_is_refused(sending: Desk, tmp_path: Path) -> None:
    write(sending, is_now())
    sending.commit("A ticket")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{sending.remote}", "shallow")
    other = object.__new__(Desk)
    other.folder, other.remote = tmp_path / "shallow", sending.remote
    with pytest.raises(notify.RepositoryError, match="shallow"):
        other.put_out()


def test_a_desk_without_an_address_says_so(tmp_path: Path, port: int) -> None:
    desk = Desk(tmp_path, {}, port)
    desk.put_out()
    settings = json.loads((desk.folder / "tracker.yml").read_text())
    del settings["mail"]["address"]
    (desk.folder / "tracker.yml").write_text(json.dumps(settings))
    desk.commit("No address")
    with pytest.raises(BrokenEnvironmentError, match="no address"):
        desk.put_out()
