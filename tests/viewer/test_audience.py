"""What is internal or private is in no file of a website for everybody, and the proof of that finds what leaks."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.conftest import CONFIGURATION, Run, git, write_ticket
from tracker.viewer.audience import PublishedDesk, for_audience
from tracker.viewer.browser.postings import entry
from tracker.viewer.website import Website
from tracker.workspace import Workspace

SETTINGS = "site_name: Ours\ntheme: {name: material, font: false}\nplugins: [search, tracker]\n"
PRIVATE = """\
website: {private: [requester.email, supplier, system.serial]}
"""
PUBLIC, INTERNAL = 1, 2
SECRETS = {
    "title": "The zebra merger of quagmire holdings",
    "body": "Nobody may hear about the vermilion acquisition in spring.",
    "requester": "Wilhelmina Thistlewood",
    "label": "obsidian-project",
    "system": "Cryptarch 9000 prototype",
    "alias": "HD-secretx",
    "comment of it": "The lawyers of octopus partners agreed yesterday.",
    "internal comment": "Please do not tell them about the marmalade incident.",
    "address": "wilhelmina.thistlewood@example.org",
    "serial": "SN-77-XQJ-4411",
    "watcher": "sebastian.featherstone@example.net",
    "attachment": "zephyr-contract.txt",
    "attached": "The attached words of kumquat lawyers are here.",
}


@pytest.fixture
def planted(desk: Path) -> Path:
    """A desk with something private in every place that a ticket has."""
    (desk / "tracker.yml").write_text(CONFIGURATION + PRIVATE)
    (desk / "mkdocs.yml").write_text(SETTINGS)
    (desk / "docs").mkdir()
    (desk / "docs" / "index.md").write_text("# Welcome\n")
    mine = write_ticket(
        desk,
        PUBLIC,
        more=(
            "supplier: north\nsystem:\n  kind: printer\n  serial: SN-77-XQJ-4411\nlinks:\n  - relates HD-2\n"
            f"watchers:\n  - omar\n  - {SECRETS['watcher']}\n"
        ),
        body=f"Seen by everybody. Ask wilhelmina.thistlewood@example.org or me, or {SECRETS['watcher']}.\n",
    )
    mine.write_text(mine.read_text().replace("lea@example.org", SECRETS["address"]))
    hidden = write_ticket(
        desk,
        INTERNAL,
        title=SECRETS["title"],
        more=(
            f"labels:\n  - {SECRETS['label']}\nsystem:\n  model: {SECRETS['system']}\n"
            f"visibility: internal\naliases:\n  - {SECRETS['alias']}\n"
        ),
        body=SECRETS["body"] + "\n",
    )
    hidden.write_text(hidden.read_text().replace("Léa Martin", SECRETS["requester"]))
    comment(hidden, "2026-11-24T101200Z-omar", "public", SECRETS["comment of it"])
    comment(mine, "2026-11-24T101200Z-omar", "public", "Hello, @wilhelmina.thistlewood@example.org!")
    file = comment(
        mine, "2026-11-24T111200Z-omar", "internal", SECRETS["internal comment"], SECRETS["attachment"]
    )
    (file.parent / "files").mkdir()
    (file.parent / "files" / f"3f2a91c0-{SECRETS['attachment']}").write_text(SECRETS["attached"])
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "Tickets")
    return desk


def comment(ticket: Path, name: str, visibility: str, text: str, attachment: str = "") -> Path:
    """Write a comment of a ticket."""
    folder = ticket.with_suffix("")
    folder.mkdir(exist_ok=True)
    attached = f"attachments:\n  - files/3f2a91c0-{attachment}\n" if attachment else ""
    head = f"author: omar\ncreated: 2026-11-24T11:12:00+01:00\nvisibility: {visibility}\n{attached}"
    path = folder / f"{name}.md"
    path.write_text(f"---\n{head}---\n{text}\n")
    return path


def words_in(site: Path) -> str:
    """Return all bytes and names of a website as one text."""
    files = [path for path in sorted(site.rglob("*")) if path.is_file()]
    return "\n".join([*map(str, files), *(path.read_bytes().decode("utf-8", "replace") for path in files)])


@pytest.mark.parametrize("arguments", [("--audience", "public"), ()])
def test_nothing_private_is_in_a_website_for_everybody(
    planted: Path, run: Run, arguments: tuple[str, ...]
) -> None:
    assert run("build", *arguments).code == 0
    everything = words_in(planted / "site")
    assert "Seen by everybody" in everything
    assert [name for name, secret in SECRETS.items() if secret.lower() in everything.lower()] == []
    assert "HD-2" not in everything


def test_all_of_it_is_in_the_website_of_the_desk(planted: Path, run: Run) -> None:
    assert run("build", "--audience", "internal").code == 0
    everything = words_in(planted / "site")
    assert [name for name, secret in SECRETS.items() if secret not in everything] == []


def test_a_website_of_the_desk_becomes_one_for_everybody(planted: Path, run: Run) -> None:
    assert run("build", "--audience", "internal").code == 0
    assert run("build", "--audience", "public").code == 0
    everything = words_in(planted / "site")
    assert [name for name, secret in SECRETS.items() if secret in everything] == []


@pytest.mark.parametrize("value", ["internal", "Internal ", "interne", "[public]", "1"])
def test_a_visibility_that_nobody_understands_shows_nothing(desk: Path, value: str) -> None:
    write_ticket(desk, 1, more=f"visibility: {value}\n")
    write_ticket(desk, 2, more="visibility: public\n")
    shown = for_audience(Workspace.open(desk), internal=False)
    assert [entry.id for entry in shown.entries] == ["HD-2"]
    assert [entry.id for entry in for_audience(Workspace.open(desk), internal=True).entries] == [
        "HD-1",
        "HD-2",
    ]


def test_a_broken_file_that_may_be_internal_is_not_shown(desk: Path) -> None:
    broken = write_ticket(desk, 1, more="visibility: internal\n")
    broken.write_text(broken.read_text().replace("title: A ticket", "title: [A ticket"))
    assert for_audience(Workspace.open(desk), internal=False).entries == []


def _index_of(text: str) -> str:
    words = sorted({*re.findall(r"\w+", text.casefold())})
    entries = "".join(f" {entry(word, {'%': [1, 7]})}" for word in words)
    return f"x = JSON.parse({json.dumps(json.dumps(entries))})"


# Ways in which a text may get into a website: the proof must see each.
WAYS: dict[str, Callable[[str], tuple[str, str]]] = {
    "page": lambda text: ("tickets/HD-1/index.html", f"<p>{text}</p>"),
    "other capitals": lambda text: ("tickets/HD-1/index.html", f"<p>{text.upper()}</p>"),
    "comment of a page": lambda text: ("tickets/HD-1/index.html", f"<!-- {text} -->"),
    "attribute": lambda text: ("tickets/HD-1/index.html", f'<a title="{text}">x</a>'),
    "words in bold": lambda text: ("tickets/HD-1/index.html", f"<p>{text.replace(' ', ' <b>', 2)}</b></p>"),
    "entities": lambda text: ("tickets/HD-1/index.html", "".join(f"&#{ord(sign)};" for sign in text)),
    "JSON": lambda text: ("tickets/HD-1.json", json.dumps({"text": text})),
    "JSON within a script": lambda text: (
        "tickets/data/open.js",
        f"x = JSON.parse({json.dumps(json.dumps([text]))})",
    ),
    "JSON with escapes": lambda text: (
        "tickets/tickets.json",
        "".join(f"\\u{ord(sign):04x}" for sign in text),
    ),
    "address": lambda text: ("tickets/index.html", f'<a href="?q={quote(text)}">x</a>'),
    "feed": lambda text: ("tickets/feed.xml", f"<title>{text}</title>"),
    "calendar": lambda text: ("people/omar.ics", f"SUMMARY:{text}\r\n"),
    "table": lambda text: ("tickets/tickets.csv", f'HD-1,"{text}"\r\n'),
    "name of a file": lambda text: (f"tickets/{text.replace(' ', '-').replace('/', '-')}.html", "nothing"),
    "search index": lambda text: ("tickets/data/search/texts-a.js", _index_of(text)),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("secret", [name for name in SECRETS if name != "attached"])
def test_the_proof_finds_what_leaks(planted: Path, tmp_path: Path, way: str, secret: str) -> None:
    site = tmp_path / "leaking"
    name, content = WAYS[way](SECRETS[secret])
    (site / name).parent.mkdir(parents=True)
    (site / name).write_text(content)
    website = Website(Workspace.open(planted), (), lambda path: f"{path}/", "public")
    assert [leak.file for leak in website.leaks(site, [name])][:1] == [name]


def test_the_author_of_a_comment_is_no_address(planted: Path, run: Run) -> None:
    ticket = planted / "tickets" / "2026" / "11" / "HD-1.md"
    path = comment(ticket, "2026-11-25T101200Z-x", "public", "I am here.")
    path.write_text(path.read_text().replace("author: omar", f"author: {SECRETS['address']}"))
    assert run("build", "--audience", "public").code == 0
    assert SECRETS["address"] not in words_in(planted / "site")
    assert "thistlewood" not in words_in(planted / "site").lower()


BESIDE = ("_{}_", "'{}'", "*{}*", "+{}", "<{}>", "x.{}", "{}.", "({})-", "mailto:{}", "`{}`")


def test_an_address_is_masked_whatever_stands_beside_it(planted: Path, run: Run) -> None:
    lines = "\n\n".join(one.format(SECRETS["address"]) for one in BESIDE)
    write_ticket(planted, 3, body=f"{lines}\n\nAsk lea.{SECRETS['address'][:5]}@example.org.\n")
    assert run("build", "--audience", "public").code == 0
    everything = words_in(planted / "site").lower()
    assert "thistlewood" not in everything
    assert "lea.wilhe@example.org" in everything


def test_an_address_that_is_a_part_of_another_leaves_that_whole(planted: Path, run: Run) -> None:
    short = write_ticket(planted, 3, body="Ask nea@example.org, nea@example.org.uk or nea@example.organic.\n")
    short.write_text(short.read_text().replace("lea@example.org", "a@example.org", 1))
    assert run("build", "--audience", "public").code == 0
    page = (planted / "site" / "tickets" / "HD-3" / "index.html").read_text()
    assert "nea@example.org, nea@example.org.uk or nea@example.organic" in re.sub("<[^>]*>", "", page)


def test_an_address_in_a_reason_is_masked(planted: Path, run: Run) -> None:
    ticket = planted / "tickets" / "2026" / "11" / "HD-1.md"
    ticket.write_text(ticket.read_text().replace("---\n", "---\nlocation: lyon\n", 1))
    reason = f"Reason: HD-1 location=lyon; that of {SECRETS['address']}"
    git(planted, "commit", "-qam", f"Catalogue\n\nTicket: HD-1\nTracker-Action: triage\n{reason}")
    assert run("build", "--audience", "public").code == 0
    assert "that of •••" in (planted / "site" / "tickets" / "HD-1" / "index.html").read_text()
    assert SECRETS["address"] not in words_in(planted / "site")


def test_a_private_address_in_a_public_text_is_no_less_private(
    planted: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PublishedDesk, "masked", lambda _desk, text: text)
    assert run("build", "--audience", "public").code != 0


def test_an_author_is_somebody_where_requesters_are_private(planted: Path, run: Run) -> None:
    settings = (planted / "tracker.yml").read_text()
    (planted / "tracker.yml").write_text(settings.replace("private: [", "private: [requester, "))
    ticket = write_ticket(planted, 3)
    for author in ("Quentin Larkspur", "omar"):
        path = comment(ticket, f"2026-11-25T101200Z-{author[:3].lower()}", "public", "I am here.")
        path.write_text(path.read_text().replace("author: omar", f"author: {author}"))
    assert run("build", "--audience", "public").code == 0
    everything = words_in(planted / "site")
    assert "Larkspur" not in everything
    assert "Somebody" in everything
    assert "Omar" in (planted / "site" / "tickets" / "HD-3" / "index.html").read_text()


def test_what_a_ticket_was_called_while_it_was_internal_is_not_told(planted: Path, run: Run) -> None:
    ticket = write_ticket(planted, 3, "The falcon takeover", more="visibility: internal\n")
    for old, new in (("", ""), ("The falcon takeover", "A meeting"), ("visibility: internal\n", "")):
        ticket.write_text(ticket.read_text().replace(old, new) if old else ticket.read_text())
        git(planted, "add", "-A")
        git(planted, "commit", "-qm", "Step")
    ticket.write_text(ticket.read_text().replace("A meeting", "A long meeting"))
    git(planted, "commit", "-qam", "Rename")
    assert run("build", "--audience", "public").code == 0
    everything = words_in(planted / "site")
    assert "falcon" not in everything
    assert "was “A meeting”" in everything
    assert run("build", "--audience", "internal").code == 0
    assert "falcon" in words_in(planted / "site")


FORMER = "leopold.winterbourne@example.net"


@pytest.fixture
def unwatched(planted: Path) -> Path:
    """A desk where somebody from outside watched a ticket, and does so no more."""
    ticket = write_ticket(planted, 3, more=f"watchers:\n  - omar\n  - {FORMER}\n")
    git(planted, "add", "-A")
    git(planted, "commit", "-qm", "File")
    ticket.write_text(ticket.read_text().replace(f"  - {FORMER}\n", ""))
    why = f"Ticket: HD-3\nTracker-Action: triage\nReason: HD-3 watchers=so wished {FORMER}"
    git(planted, "commit", "-qam", f"Unwatch\n\n{why}")
    return planted


def test_the_address_of_somebody_who_no_longer_watches_is_masked(unwatched: Path, run: Run) -> None:
    assert run("build", "--audience", "public").code == 0
    assert "winterbourne" not in words_in(unwatched / "site")
    page = (unwatched / "site" / "tickets" / "HD-3" / "index.html").read_text()
    assert "removed from Watchers: •••" in page
    assert run("build", "--audience", "internal").code == 0
    assert FORMER in words_in(unwatched / "site")


def test_the_proof_finds_somebody_who_no_longer_watches(unwatched: Path, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(f"<p>{FORMER}</p>")
    website = Website(Workspace.open(unwatched), (), lambda path: f"{path}/", "public")
    assert [leak.source for leak in website.leaks(tmp_path, ["index.html"])] == ["tickets/2026/11/HD-3.md"]


def test_an_address_is_masked_in_every_field(planted: Path, run: Run) -> None:
    ticket = planted / "tickets" / "2026" / "11" / "HD-1.md"
    more = f"labels:\n  - for {SECRETS['address']}\nsystem:\n  owner: {SECRETS['address']}\n"
    text = re.sub(r"system:\n(  .*\n)+", more, ticket.read_text())
    ticket.write_text(text)
    assert run("build", "--audience", "public").code == 0
    assert SECRETS["address"] not in words_in(planted / "site")


def test_a_broken_file_shows_nothing_of_its_fields(planted: Path, run: Run) -> None:
    ticket = write_ticket(planted, 3)
    ticket.write_text(
        ticket.read_text().replace("title: A ticket", "title: [A ticket").replace("lea@", "hidden.person@")
    )
    assert run("build", "--audience", "public").code == 0
    assert (planted / "site" / "tickets" / "HD-3" / "index.html").is_file()
    assert "hidden.person" not in words_in(planted / "site")


def test_what_becomes_private_elsewhere_is_masked_at_once(planted: Path, run: Run) -> None:
    write_ticket(planted, 3, body="Ask bob.builder@example.org.\n")
    assert run("build", "--audience", "public").code == 0
    assert "bob.builder" in words_in(planted / "site")
    other = write_ticket(planted, 4)
    other.write_text(other.read_text().replace("lea@example.org", "bob.builder@example.org"))
    assert run("build", "--audience", "public").code == 0
    assert "bob.builder" not in words_in(planted / "site")


def test_numbers_by_a_private_field_are_not_told(planted: Path, run: Run) -> None:
    settings = (planted / "tracker.yml").read_text()
    (planted / "tracker.yml").write_text(settings.replace("private: [", "private: [department, "))
    assert run("build", "--audience", "public").code == 0
    reports = planted / "site" / "tickets" / "reports"
    assert (reports / "index.html").is_file()
    assert list(reports.glob("*department*")) == []


def test_a_leak_stops_the_build(planted: Path, run: Run) -> None:
    """A desk’s own template may show what it likes: the proof is about what came of it."""
    (planted / "templates" / "pages").mkdir(parents=True)
    (planted / "templates" / "pages" / "fact.html").write_text("<!-- SN-77-XQJ-4411 -->")
    result = run("build", "--audience", "public")
    assert result.code != 0
    assert "SN-77" not in result.out
    assert "sn 77 xqj 4411" in result.err.replace("“", "").replace("”", "")


ANSWER = """\
{answer}

________________________________
From: Helpdesk <help@example.org>
Sent: Tuesday, November 24, 2026 10:31 AM
To: Omar Haddad <omar@example.org>
Subject: [HD-3] New laptops for the whole team

Hello Omar Haddad,

Léa Martin wrote:

> We need them by Monday, please,
> {quoted}
> or the course cannot begin.

Answer this mail to say more about it.

--
Helpdesk
You get this mail because the ticket is yours.
"""


@pytest.fixture
def answered(planted: Path) -> Path:
    """A desk where somebody answered a notice for its people only, and quoted all of it."""
    ticket = write_ticket(planted, 3, "New laptops for the whole team", body="Please.\n")
    said = "We need them by Monday, please, or the course cannot begin."
    comment(ticket, "2026-11-24T091200Z-lea", "public", said)
    text = ANSWER.format(answer=SECRETS["internal comment"], quoted=SECRETS["comment of it"])
    comment(ticket, "2026-11-24T101200Z-omar", "internal", text)
    return planted


def test_what_an_internal_answer_quotes_of_what_is_public_is_no_secret(answered: Path, run: Run) -> None:
    assert run("build", "--audience", "public").code == 0
    assert "New laptops for the whole team" in words_in(answered / "site")


@pytest.mark.parametrize("secret", ["internal comment", "comment of it"])
def test_what_else_stands_in_an_internal_answer_is_secret(
    answered: Path, tmp_path: Path, secret: str
) -> None:
    (answered / "tickets" / "2026" / "11" / "HD-1" / "2026-11-24T111200Z-omar.md").unlink()
    (answered / "tickets" / "2026" / "11" / "HD-2" / "2026-11-24T101200Z-omar.md").unlink()
    (tmp_path / "index.html").write_text(f"<p>{SECRETS[secret]}</p>")
    website = Website(Workspace.open(answered), (), lambda path: f"{path}/", "public")
    found = website.leaks(tmp_path, ["index.html"])
    assert {leak.source for leak in found} == {"tickets/2026/11/HD-3/2026-11-24T101200Z-omar.md"}
