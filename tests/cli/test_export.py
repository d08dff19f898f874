"""`tracker export`: the same rows in every format, and nothing lost or half-written."""

import csv
import io
import json
import re
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from tests.conftest import CONFIGURATION, Run, git, write_ticket
from tracker.export.table import Column, Source, Table, Type
from tracker.export.tables import TABLES
from tracker.export.write import write_tables

MORE = """\
  text: {kind: text}
  field_text: {kind: text}
  open: {kind: text}
  window: {kind: date}
"""
ROOT = Path(__file__).parents[2]
NAMES = [table.name for table in TABLES]


@pytest.fixture
def busy(desk: Path) -> Path:
    """A desk with a conversation, links, own fields, a broken ticket, and one that no commit has."""
    (desk / "tracker.yml").write_text(CONFIGURATION + MORE)
    own = "affected: 12.50\nopen: yes\ntext: a\nfield_text: b\nwindow: 2026-02-30\nlabels:\n  - a\n  - b, c\nlinks:\n  - follows HD-2\n  - blocks X-9\n"
    write_ticket(desk, 1, 'One, "two"', more=f"due: 2026-11-30\n{own}", body="Line\nZwei\u2028drei 😀\n")
    write_ticket(desk, 2).with_suffix("").mkdir()
    comment = '---\nauthor: ada\ncreated: 2026-11-05T10:00:00Z\nvisibility: internal\nautomatic: reminder\n---\nSaid, "so".\n'
    (desk / "tickets/2026/11/HD-2/2026-11-05T100000Z-ada.md").write_text(comment)
    (desk / "tickets/2026/11/HD-3.md").write_text("broken\n")
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "All")
    file = desk / "tickets/2026/11/HD-2.md"
    file.write_text(file.read_text().replace("status: open", "status: closed"))
    git(desk, "commit", "-qam", "Close")
    write_ticket(desk, 4)
    return desk


def rows_of(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n")[:-1]]


@pytest.mark.usefixtures("busy")
def test_a_table_says_what_the_desk_says(run: Run) -> None:
    done = run("export", "out")
    assert [line.split("\t")[::2] for line in done.out.splitlines()] == [
        [name, f"out/{name}.jsonl"] for name in NAMES
    ]
    tickets = {row["id"]: row for row in rows_of(Path("out/tickets.jsonl"))}
    assert sorted(tickets) == ["HD-1", "HD-2", "HD-3", "HD-4"]
    first = tickets["HD-1"]
    assert (first["title"], first["affected"], first["field_open"], first["open"]) == (
        'One, "two"',
        12.5,
        "yes",
        True,
    )
    assert (first["field_text"], first["field_field_text"]) == ("a", "b")
    assert (first["due"], first["window"], first["fields"]["window"]) == ("2026-11-30", None, "2026-02-30")
    assert (first["created"], first["text"]) == ("2026-11-02T08:00:00Z", "Line\nZwei\u2028drei 😀\n")
    assert tickets["HD-2"]["resolved"] >= tickets["HD-2"]["landed"] > tickets["HD-2"]["filed"]
    assert tickets["HD-2"]["answered"] is None  # the only comment is internal
    assert (tickets["HD-3"]["broken"], tickets["HD-3"]["text"]) == (True, "broken\n")
    assert (tickets["HD-4"]["landed"], tickets["HD-4"]["status"]) == (None, "open")
    assert [tuple(row.values()) for row in rows_of(Path("out/items.jsonl"))] == [
        ("HD-1", "labels", "a"),
        ("HD-1", "labels", "b, c"),
    ]
    assert [tuple(row.values()) for row in rows_of(Path("out/links.jsonl"))] == [
        ("HD-1", "follows", "HD-2", "HD-2"),
        ("HD-1", "blocks", "X-9", None),
    ]
    (comment,) = rows_of(Path("out/comments.jsonl"))
    assert (comment["author"], comment["visibility"], comment["text"]) == ("ada", "internal", 'Said, "so".\n')
    assert (comment["automatic"], comment["supersedes"]) == ("reminder", None)
    stays = [(row["ticket"], row["status"], row["until"] is None) for row in rows_of(Path("out/stays.jsonl"))]
    assert sorted(stays) == [
        ("HD-1", "open", True),
        ("HD-2", "closed", True),
        ("HD-2", "open", False),
        ("HD-3", "", True),
    ]


@pytest.mark.usefixtures("busy")
def test_events_are_those_of_the_log(run: Run) -> None:
    run("export", "out", "--table", "events")
    told = rows_of(Path("out/events.jsonl"))
    for ticket in ("HD-1", "HD-2", "HD-3"):
        logged = json.loads(run("log", ticket, "--json").out)
        exported = [
            (row["commit_id"], row["kind"], row["field"] or "") for row in told if row["ticket"] == ticket
        ]
        assert exported[::-1] == [(one["commit"], one["kind"], one["field"]) for one in logged]
    comment = next(row for row in told if row["kind"] == "commented")
    assert json.loads(comment["new"])["author"] == "ada"


@pytest.mark.usefixtures("busy")
def test_a_query_chooses_the_tickets_of_every_table(run: Run) -> None:
    run("export", "out", "id:2")
    for name in NAMES:
        rows = rows_of(Path(f"out/{name}.jsonl"))
        assert {row["id" if name == "tickets" else "ticket"] for row in rows} <= {"HD-2"}
    assert len(rows_of(Path("out/stays.jsonl"))) == 2


@pytest.mark.usefixtures("busy")
def test_one_table_goes_to_the_standard_output(run: Run) -> None:
    lines = list(csv.reader(io.StringIO(run("export", "-", "--table", "tickets", "--format", "csv").out)))
    assert lines[0][:3] == ["id", "path", "title"]
    assert {line[0] for line in lines[1:]} == {"HD-1", "HD-2", "HD-3", "HD-4"}
    for wrong in ((), ("--table", "links", "--table", "items"), ("--table", "links", "--format", "parquet")):
        done = run("export", "-", *wrong)
        assert (done.code, done.out) == (2, "")
        assert "--table" in done.err


@pytest.mark.parametrize("target", ["out", "out.sqlite"])
def test_nothing_is_replaced_unasked(busy: Path, run: Run, target: str) -> None:
    assert run("export", target).code == 0
    files = [busy / target] if "." in target else sorted((busy / target).iterdir())
    before = [file.read_bytes() for file in files]
    files[-1].write_text("mine")
    done = run("export", target)
    assert done.code == 2
    assert "already there" in done.err
    assert files[-1].read_text() == "mine"
    assert run("export", target, "--force").code == 0
    assert len([file.read_bytes() for file in files]) == len(before)
    assert files[-1].read_bytes() != b"mine"
    assert list(busy.glob("**/.tracker-*")) == []


def test_a_table_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail(_write: Any) -> None:
        raise RuntimeError

    table = Table("one", "", (Column("a", Type.TEXT, ""),))
    good = Source(table, lambda write: write([("x",)]))
    for form in ("jsonl", "sqlite"):
        with pytest.raises(RuntimeError):
            write_tables([good, Source(table._replace(name="two"), fail)], form, tmp_path / "out")
        assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
MOMENTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)).map(lambda one: one.replace(tzinfo=UTC))
VALUES = st.tuples(
    TEXTS | st.none(),
    st.integers(-(2**63), 2**63 - 1) | st.none(),
    st.floats(allow_nan=False, allow_infinity=False) | st.none(),
    st.booleans() | st.none(),
    st.dates() | st.none(),
    MOMENTS | st.none(),
    st.dictionaries(TEXTS, TEXTS).map(json.dumps),
)
TABLE = Table("t", "", tuple(Column(kind, kind, "") for kind in Type))


@given(st.lists(VALUES, max_size=5))
def test_every_format_holds_every_value(
    tmp_path_factory: pytest.TempPathFactory, values: list[tuple[Any, ...]]
) -> None:
    order = ("text", "integer", "number", "boolean", "day", "moment", "json")
    assert [column.name for column in TABLE.columns] == list(order)
    folder = tmp_path_factory.mktemp("tables")
    # what is handed over twice, because what keeps it was damaged, is there once
    source = Source(TABLE, lambda write: (write(values[:1]), write(values))[0])
    for form in ("jsonl", "csv", "parquet"):
        (written,) = write_tables([source], form, folder)
        assert written.rows == len(values)
    write_tables([source], "sqlite", folder / "t.sqlite")

    rows = rows_of(folder / "t.jsonl")
    assert [tuple(row.values()) for row in rows] == [
        (*map(_plain, row[:6]), json.loads(row[6])) for row in values
    ]
    with (folder / "t.csv").open(encoding="utf-8", newline="") as stream:
        lines = list(csv.reader(stream))[1:]
    assert lines == [["" if one is None else str(_csv(one)) for one in row] for row in values]
    table = parquet.read_table(folder / "t.parquet")
    assert [tuple(row.values()) for row in table.to_pylist()] == values
    base = sqlite3.connect(folder / "t.sqlite")
    assert base.execute("select * from t").fetchall() == [tuple(map(_plain, row)) for row in values]
    assert base.execute("pragma integrity_check").fetchone() == ("ok",)
    base.close()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def _csv(value: Any) -> Any:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else _plain(value)


def test_every_column_is_documented() -> None:
    guide = (ROOT / "site" / "guide" / "export.md").read_text(encoding="utf-8")
    for table in TABLES:
        section = guide.partition(f"### {table.name}\n")[2].partition("\n### ")[0]
        described = re.findall(r"^\| `(\w+)` \| (\w+) \| (.*) \|$", section, re.MULTILINE)
        assert described == [(column.name, column.type, column.about) for column in table.columns]


def test_a_missing_package_is_named(busy: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "tracker.export.parquet", None)
    done = run("export", "out", "--format", "parquet")
    assert done.code == 3
    assert "tracker-desk[parquet]" in done.err
    assert not (busy / "out").exists()
