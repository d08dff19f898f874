"""The files for other programs hold what pages show, by the rules of their formats."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar
from jsonschema import Draft202012Validator

from tests.conftest import CONFIGURATION, git, new_repository, ticket, write_ticket
from tests.test_documentation import GUIDE
from tests.viewer.conftest import SETTINGS
from tracker.spreadsheet import harmless
from tracker.viewer.builder import build
from tracker.viewer.data import files
from tracker.viewer.data.calendars import _folded
from tracker.viewer.data.record import as_json
from tracker.viewer.data.tickets_csv import COLUMNS
from tracker.viewer.output import file_of

Website = Callable[..., Path]
ATOM = "{http://www.w3.org/2005/Atom}"
HOME = "https://desk.example.org/help/"
HOSTILE = '=cmd|" /C calc"!A0 <script>alert(1)</script> ]]> & "é😀,; \\n'


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The website of a desk with hostile, broken and late tickets, and ones that claim the same id."""
    folder = tmp_path_factory.mktemp("data") / "desk"
    new_repository(folder)
    (folder / "tracker.yml").write_text(CONFIGURATION)
    (folder / "site").mkdir()
    (folder / "site" / "index.md").write_text("# Welcome\n")
    (folder / "mkdocs.yml").write_text(SETTINGS.format(features="[]", directories="true"))
    fill(folder)
    return build(folder, strict=True)


def fill(desk: Path) -> None:
    """Write the tickets of a desk."""
    write_ticket(desk, 1, "Printer jams", "assignee: omar\ndue: 2026-11-28\naliases:\n  - HD-k7q3x\n")
    write_ticket(desk, 2, "x", "assignee: omar\ndue: 2026-12-01\n")
    path = desk / "tickets/2026/11/HD-2.md"
    path.write_text(path.read_text().replace("title: x", f"title: {json.dumps(HOSTILE, ensure_ascii=False)}"))
    write_ticket(desk, 3, "Done", "assignee: omar\ndue: 2026-11-20\n")
    path = desk / "tickets/2026/11/HD-3.md"
    path.write_text(path.read_text().replace("status: open", "status: closed"))
    (desk / "tickets/2026/11/copy.md").write_text(ticket(1, "Claims an id"))
    (desk / "tickets/2026/11/HD-9.md").write_text("no front matter\n")
    write_ticket(desk, 4, "Odd", "affected: .nan\nlabels:\n  - a\n  - b\n")
    talk = desk / "tickets/2026/11/HD-1"
    talk.mkdir()
    for name, visibility, text in (
        ("101200Z", "public", "Said aloud."),
        ("111200Z", "internal", "Whispered."),
    ):
        head = f"---\nauthor: omar\ncreated: 2026-11-24T11:12:00+01:00\nvisibility: {visibility}\n---\n"
        (talk / f"2026-11-24T{name}-omar.md").write_text(f"{head}{text}\n")
    write_ticket(desk, 5, "Control", "assignee: omar\ndue: 2026-12-03\n", "A \x1b and a \x0b.\n")
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "Tickets")


def read(public: Path, name: str) -> str:
    return (public / name).read_bytes().decode()


def test_json_is_as_the_schema_says_and_has_every_ticket(public: Path) -> None:
    schema = json.loads((GUIDE / "data.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    everything = json.loads(read(public, "tickets/tickets.json"))
    validator.validate(everything)
    assert everything["home"] == HOME
    tickets = {one["address"]: one for one in everything["tickets"]}
    assert len(tickets) == len(list((public.parent / "tickets").rglob("2026/11/*.md")))
    for address, known in tickets.items():
        whole = json.loads(read(public, f"{address.rstrip('/')}.json"))
        validator.validate(whole)
        assert known.items() <= whole.items()
        assert (public / address / "index.html").exists()
    assert tickets["tickets/HD-1/"]["aliases"] == ["HD-k7q3x"]
    assert tickets["tickets/HD-2/"]["title"] == HOSTILE
    assert tickets["tickets/HD-9/"]["broken"]
    assert json.loads(read(public, "tickets/HD-1.json"))["title"] == "Printer jams"


def test_a_conversation_is_the_one_of_the_page(public: Path) -> None:
    said = json.loads(read(public, "tickets/HD-1.json"))["conversation"]
    assert said == [
        {"author": "omar", "created": "2026-11-24T11:12:00+01:00", "corrected": None, "visibility": "public", "automatic": "", "text": "Said aloud.\n"}
    ]  # fmt: skip
    assert "Whispered" not in "".join(path.read_text() for path in public.rglob("*.json"))


def test_csv_has_a_row_for_each_ticket_and_no_formula(public: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(read(public, "tickets/tickets.csv"), newline="")))
    assert [*rows[0]] == [*COLUMNS, "affected", "supplier"]
    by_address = {row["address"]: row for row in rows}
    assert by_address["tickets/HD-2/"]["title"] == f"'{HOSTILE}"
    assert by_address["tickets/HD-4/"]["labels"] == "a b"
    assert by_address["tickets/HD-1/"]["due"] == "2026-11-28"
    assert by_address["tickets/HD-3/"]["open"] == "false"
    assert len(rows) == 7


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"), ("+cmd", "'+cmd"), ("-cmd", "'-cmd"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"), ("=1", "'=1"), ("＝1", "'＝1"), ("-12.5", "-12.5"), ("+33", "+33"), ("-1+1", "'-1+1"), ("a=1", "a=1"), ("", ""),
        ("a;=1", "a;'=1"), ("a; =1", "a; =1"), ("a;-1", "a;-1"), ("a;-x", "a;'-x"),
    ],
)  # fmt: skip
def test_cells(cell: str, expected: str) -> None:
    assert harmless(cell) == expected


def test_feeds_are_atom(public: Path) -> None:
    """Each rule is one of RFC 4287, with its section."""
    feeds = [public / "tickets/feed.xml", *(public / "people").glob("*.xml")]
    assert len(feeds) == 3
    for path in feeds:
        feed = ET.fromstring(path.read_bytes())
        assert feed.tag == f"{ATOM}feed"
        for part in (feed, *feed.findall(f"{ATOM}entry")):  # 4.1.1 and 4.1.2
            for name in ("id", "title", "updated"):
                assert len(part.findall(f"{ATOM}{name}")) == 1
            assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", part.findtext(f"{ATOM}id") or "")  # 4.2.6
            moment = part.findtext(f"{ATOM}updated") or ""  # 3.3
            assert datetime.fromisoformat(moment).tzinfo
            alternates = [link for link in part.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
            assert [link.get("type") for link in alternates] == ["text/html"]  # 4.1.1
            address = alternates[0].get("href", "")
            assert (public / address.removeprefix(HOME) / "index.html").exists()
        assert feed.findtext(f"{ATOM}author/{ATOM}name")  # 4.1.1
        assert feed.find(f"{ATOM}link[@rel='self']").get("href") == HOME + path.relative_to(public).as_posix()  # type: ignore[union-attr]  # it is there
        ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
        assert len(ids) == len({*ids})


def test_a_feed_says_what_was_changed_last_first(public: Path) -> None:
    feed = ET.fromstring((public / "tickets/feed.xml").read_bytes())
    times = [
        datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "")
        for entry in feed.findall(f"{ATOM}entry")
    ]
    assert times == sorted(times, reverse=True)
    assert len(times) == 7  # of the one without front matter, the history tells when it came
    titles = {entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")}
    assert f"HD-2 {HOSTILE}" in titles


def test_a_view_has_its_feed(desk: Path, website: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    views = {
        "printers": SimpleNamespace(label={"en": "Printers"}, query="printer is:closed"),
        "wrong": SimpleNamespace(label=None, query="status:"),
    }
    monkeypatch.setattr(files, "saved_views", lambda _website: views)
    write_ticket(desk, 1, "Printer one")
    path = write_ticket(desk, 2, "Printer two")
    path.write_text(path.read_text().replace("status: open", "status: closed"))
    public = website()
    found = ET.fromstring((public / "tickets/views/printers.xml").read_bytes())
    assert [one.text for one in found.findall(f"{ATOM}entry/{ATOM}title")] == ["HD-2 Printer two"]
    assert found.findtext(f"{ATOM}title") == "Printers · Test desk"
    assert not ET.fromstring((public / "tickets/views/wrong.xml").read_bytes()).findall(f"{ATOM}entry")


def test_calendars_are_icalendar(public: Path) -> None:
    """Each rule is one of RFC 5545, with its section."""
    data = (public / "people/omar.ics").read_bytes()
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in data.replace(b"\r\n", b"")  # 3.1
    assert max(map(len, lines)) <= 75  # 3.1
    for line in lines:
        line.decode()  # no character is cut in two
    found = Calendar.from_ical(data)
    assert {str(found[name]) for name in ("VERSION", "CALSCALE")} == {"2.0", "GREGORIAN"}  # 3.6, 3.7
    events = found.walk("VEVENT")
    assert [event.decoded("DTSTART") for event in events] == [
        date(2026, 11, 28),
        date(2026, 12, 1),
        date(2026, 12, 3),
    ]
    assert str(events[1]["SUMMARY"]) == f"HD-2 {HOSTILE}"
    assert str(events[0]["URL"]) == f"{HOME}tickets/HD-1/"
    assert len({str(event["UID"]) for event in events}) == 3  # 3.8.4.7
    assert all(event.decoded("DTSTAMP").utcoffset().total_seconds() == 0 for event in events)  # 3.8.7.2
    empty = Calendar.from_ical((public / "people/ada.ics").read_bytes())
    assert len(empty.subcomponents) == 1  # 3.6: at least one component
    assert not empty.walk("VEVENT")


@pytest.mark.parametrize("text", ["x" * 75, "x" * 76, "é" * 300, "😀" * 99, "a" + "😀" * 99])
def test_lines_are_folded_between_characters(text: str) -> None:
    folded = _folded(text)
    assert max(map(len, folded.split(b"\r\n"))) <= 75
    assert folded.replace(b"\r\n ", b"") == text.encode() + b"\r\n"
    for line in folded.split(b"\r\n"):
        line.decode()


def test_opensearch_describes_the_query_box(public: Path) -> None:
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    found = ET.fromstring((public / "tickets/opensearch.xml").read_bytes())
    assert len(found.findtext(f"{space}ShortName") or "") <= 16
    assert [url.get("template") for url in found.findall(f"{space}Url")] == [
        f"{HOME}tickets/?q={{searchTerms}}",
        f"{HOME}tickets/opensearch.xml",
    ]


@pytest.mark.parametrize(
    "page",
    [
        "",
        "tickets/HD-1/",
        "tickets/board/",
        "tickets/",
        "people/omar/",
        "tickets/closed/2026-11/",
        "404.html",
    ],
)
def test_every_page_names_the_feed_and_the_search(public: Path, page: str) -> None:
    head = read(public, file_of(page)).partition("</head>")[0]
    found = re.findall(
        r'<link rel="(alternate feed|search)" type="([^"]*)" title="Test desk" href="([^"]*)">', head
    )
    assert [(rel, kind, urljoin(HOME + page, there)) for rel, kind, there in found] == [
        ("alternate feed", "application/atom+xml", f"{HOME}tickets/feed.xml"),
        ("search", "application/opensearchdescription+xml", f"{HOME}tickets/opensearch.xml"),
    ]
    assert "https" not in "".join(there for _rel, _kind, there in found)


def test_the_new_pages_are_in_the_sitemap(public: Path) -> None:
    assert f"<loc>{HOME}tickets/board/</loc>" in read(public, "sitemap.xml")


def test_one_ticket_changes_only_what_tells_of_it(desk: Path, website: Website) -> None:
    fill(desk)
    public = website()

    def state() -> dict[str, int]:
        found = [path for path in public.rglob("*") if path.suffix in (".json", ".csv", ".xml", ".ics")]
        ours = [path for path in found if path.relative_to(public).parts[0] in ("tickets", "people")]
        return {path.relative_to(public).as_posix(): path.stat().st_mtime_ns for path in ours}

    before = state()
    website()
    assert state() == before
    path = desk / "tickets/2026/11/HD-2.md"
    path.write_text(path.read_text().replace("due: 2026-12-01", "due: 2026-12-02"))
    website()
    changed = {name for name, time in state().items() if before[name] != time}
    assert changed == {"tickets/tickets.json", "tickets/tickets.csv", "tickets/HD-2.json", "people/omar.ics"}


def test_an_alias_is_no_folder_where_a_file_is(desk: Path, website: Website) -> None:
    write_ticket(desk, 1, more="aliases:\n  - feed.xml\n  - HD-1.json\n  - tickets.csv\n")
    public = website()
    assert (public / "tickets/feed.xml").is_file()
    assert json.loads(read(public, "tickets/HD-1.json"))["aliases"] == [
        "feed.xml",
        "HD-1.json",
        "tickets.csv",
    ]


def test_numbers_without_an_end_are_texts() -> None:
    assert json.loads(as_json({"a": [float("nan")], "b": float("-inf"), "c": 1.5})) == {
        "a": ["nan"],
        "b": "-inf",
        "c": 1.5,
    }
