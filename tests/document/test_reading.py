"""What is wrong with a file's front matter is a finding at the right place, and nothing else."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.document import read_document, read_yaml
from tracker.document.nodes import parse
from tracker.document.quick import read_values

WRONG = {
    "large file": (b"---\ntitle: x\n---\n" + b"x" * (1 << 20), "T002 1:1"),
    "large front matter": (b"---\ntitle: " + b"x" * (64 << 10) + b"\n---\n", "T002 1:1"),
    "not UTF-8": (b"---\ntitle: caf\xe9\n---\n", "T003 2:11"),
    "UTF-16": ("---\ntitle: x\n---\n".encode("utf-16"), "T003 1:1"),
    "no front matter": (b"Just text.\n", "T004 1:1"),
    "empty": (b"", "T004 1:1"),
    "four hyphens": (b"----\ntitle: x\n----\n", "T004 1:1"),
    "never closed": (b"---\ntitle: x\n\nText.\n", "T004 1:1"),
    "at sign": (b"---\ntitle: x\nassignee: [@omar]\n---\n", "T005 3:12"),
    "colon in a text": (b"---\ntitle: Printer: jam\n---\n", "T005 2:15"),
    "colon, CRLF": (b"---\r\nid: HD-1\r\ntitle: Printer: jam\r\n---\r\n", "T005 3:15"),
    "no colon": (b"---\ntitle: x\nnonsense\nstatus: open\n---\n", "T005 3:1"),
    "open quote": (b"---\nid: HD-1\ntitle: 'never closed\n---\n", "T005 3:8"),
    "open bracket": (b"---\nlabels: [a, b\nstatus: open\n---\n", "T005 2:9"),
    "tab": (b"---\nrequester:\n\tname: x\n---\n", "T005 3:1"),
    "control character": (b"---\ntitle: a\x07b\n---\n", "T005 2:9"),
    "NUL": (b"---\ntitle: a\x00b\n---\n", "T005 2:9"),
    "duplicate key": (b"---\ntitle: x\nstatus: a\ntitle: y\n---\n", "T006 4:1"),
    "nested duplicate": (b"---\nsystem:\n  kind: a\n  kind: b\n---\n", "T006 4:3"),
    "anchor": (b"---\ntitle: &a x\n---\n", "T007 2:8"),
    "alias": (b"---\ntitle: *a\n---\n", "T007 2:8"),
    "tag": (b"---\ntitle: !!python/object:os.system x\n---\n", "T007 2:8"),
    "merge": (b"---\n<<: {a: b}\n---\n", "T007 2:1"),
    "two documents": (b"---\ntitle: x\n...\ntitle: y\n---\n", "T007 4:1"),
    "a list": (b"---\n- title\n---\n", "T007 2:1"),
    "a text": (b"---\ntitle\n---\n", "T007 2:1"),
    "a list as key": (b"---\n? [a]\n: b\n---\n", "T007 2:3"),
    "too deep": (b"---\na: " + b"[" * 40 + b"]" * 40 + b"\n---\n", "T007 2:35"),
    "conflict": (
        b"---\ntitle: x\n<<<<<<< HEAD\nstatus: a\n=======\nstatus: b\n>>>>>>> other\n---\n",
        "T008 3:1",
    ),
    "conflict around the end": (
        b"---\ntitle: x\n<<<<<<< HEAD\n---\nbody\n=======\n---\n>>>>>>> b\n",
        "T008 3:1",
    ),
    "conflict first": (b"<<<<<<< HEAD\n---\ntitle: x\n---\n", "T008 1:1"),
    "after a BOM": (b"\xef\xbb\xbf---\ntitle: Printer: jam\n---\n", "T005 2:15"),
    "after U+2028": ('---\ntitle: "a\u2028b"\nstatus: x: y\n---\n'.encode(), "T005 3:10"),
    "after an emoji": ("---\ntitle: 🖨 x: y\n---\n".encode(), "T005 2:11"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_found_at_its_place(case: str) -> None:
    data, expected = WRONG[case]
    document = read_document(data, "t.md")
    assert [f"{finding.code} {finding.position}" for finding in document.findings] == [expected]
    assert document.encode() == data
    assert document.values == {}


def test_every_duplicate_key_is_found() -> None:
    document = read_document(b"---\na: 1\na: 2\nb: 1\nb: 2\n---\n", "t.md")
    assert [str(finding.position) for finding in document.findings] == ["3:1", "5:1"]
    assert "line 2" in document.findings[0].message


@pytest.mark.parametrize(
    "text", ["no", "010", "1:30", "1.10", "2026-13-05", "0x1", "1e3", "ON", "Null and void"]
)
def test_text_stays_as_it_is_written(text: str) -> None:
    assert read_document(f"---\ntitle: {text}\n---\n".encode(), "t.md").values == {"title": text}


@pytest.mark.parametrize("text", ["", "~", "null", "   # nothing yet"])
def test_nothing_is_none(text: str) -> None:
    assert read_document(f"---\ntitle: {text}\n---\n".encode(), "t.md").values == {"title": None}


def test_only_the_first_closing_line_counts() -> None:
    document = read_document(b"---\ntitle: x\n---  \nbody\n---\nmore", "t.md")
    assert document.body == "body\n---\nmore"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_understood(end: str) -> None:
    document = read_document(
        end.join(["---", "title: x", "labels:", "  - a", "---", "body"]).encode(), "t.md"
    )
    assert document.values == {"title": "x", "labels": ["a"]}
    assert document.body == "body"
    assert str(document.position(("labels", 0))) == "4:5"


def test_positions_of_keys_and_values() -> None:
    document = read_document(
        "\ufeff---\nrequester: {name: Léa, email: a@b.c}\nlabels: [x, y]\n---\n".encode(), "t.md"
    )
    assert str(document.position(("requester", "email"))) == "2:31"
    assert str(document.position(("requester", "email"), key=True)) == "2:24"
    assert str(document.position(("labels", 1))) == "3:13"
    assert str(document.position(("requester", "phone"))) == "2:12"
    assert str(document.position(("unheard", "of"))) == "1:1"


HOSTILE = {
    "open brackets": b"---\na: " + b"[" * 60_000 + b"\n---\n",
    "open braces": b"---\na: " + b"{a: " * 15_000 + b"\n---\n",
    "open list items": b"---\n" + b"- " * 30_000 + b"\n---\n",
    "alias bomb": b"---\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n---\n",
    "one long line": b"---\ntitle: " + b"y" * 60_000 + b": z\n---\n",
    "many keys": b"---\n" + b"".join(b"k%d: v\n" % number for number in range(6_000)) + b"k1: v\n---\n",
    "question marks": b"---\n" + b"? " * 20_000 + b"\n---\n",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_are_refused_quickly(case: str) -> None:
    begin = time.perf_counter()
    assert read_document(HOSTILE[case], "t.md").findings
    assert time.perf_counter() - begin < 2


@given(st.binary(max_size=300))
def test_any_bytes_are_read_and_given_back(data: bytes) -> None:
    for document in (read_document(data, "t.md"), read_document(b"---\n" + data + b"\n---\n", "t.md")):
        assert document.encode() in (data, b"---\n" + data + b"\n---\n")
    assert read_yaml(data, "t.yml").encode() == data


@given(st.text(alphabet="ab:-#'\"[]{},&*!|>?%@ \n\r\t0~<", max_size=60))
def test_any_syntax_is_read_and_given_back(text: str) -> None:
    data = f"---\n{text}\n---\n".encode()
    document = read_document(data, "t.md")
    assert document.encode() == data
    assert bool(document.findings) or isinstance(document.values, dict)


_PIECES = st.sampled_from(
    ["a", "b: ", "key:", "key: value", "  sub: x", "  sub:", "  - item", "- item", "\n", "\n", "\n", " ", "  ", "'", '"', "''", "#", " #", ":", ": ",
     "null", "~", "- ", "é", "\u2028", "\x85", "\xa0", "\ufeff", "\t", "\\", "[", "]", "{", "&a", "*", "!", "|", ">", "?", "---", "...", "<<: ", "1:30", "y", "🖨", "title: it's", "x: 'a''b'", 'x: "a"', "/", "(", "«", "_", "\r"]
)  # fmt: skip


@given(
    st.lists(_PIECES, max_size=14).map("".join) | st.text(alphabet="ab:-#'\"[]{},&*!|>?%@ \n~<", max_size=60)
)
def test_the_quick_reading_gives_what_the_strict_one_gives(text: str) -> None:
    for whole in (text, text + "\n"):
        parsed = parse(whole)
        assert read_values(whole) == (None if parsed.complaints else parsed.values)


def test_the_quick_reading_reads_what_is_common() -> None:
    text = "id: HD-1\ntitle: 'Printer: it''s'\ncreated: 2026-11-24T09:12:00+01:00\ndue:\nrequester:\n  name: Léa\n  email:\nlabels:\n  - a b\n  - \"c\"\n"
    assert read_values(text) == parse(text).values
    assert read_values(text)["requester"] == {"name": "Léa", "email": None}


@pytest.mark.parametrize(
    "yaml", ["a: null\n  b: c\n", "a: ~\n  b: c\n", "a: null\n  - x\n", "a: b\n  c: d\n"]
)
def test_the_quick_reading_takes_no_more_than_the_strict_one(yaml: str) -> None:
    from tracker.document.nodes import parse
    from tracker.document.quick import read_values

    strict = parse(yaml)
    assert read_values(yaml) == (None if strict.complaints else strict.values)


@pytest.mark.parametrize(
    ("line", "told", "place"),
    [
        ("title: [URGENT] Printer", "this line goes on", "2:17"),
        ("title: 'it's broken'", "this line goes on", "2:12"),
        ('title: "A" and "B"', "this line goes on", "2:12"),
        ("system:\n\tos: x", "a tab", "3:1"),
        ("title: 'x", "never closed", "2:8"),
    ],
)
def test_a_mistake_is_told_in_words_of_its_own(line: str, told: str, place: str) -> None:
    (finding,) = read_document(f"---\n{line}\n---\n".encode(), "x.md").findings
    assert told in finding.message
    assert str(finding.position) == place
    assert finding.hint
