"""An edit changes the bytes of its value and no other."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tracker.document import NewValue, compose, delete_value, read_document, replace_body, set_value
from tracker.errors import EditError

ORDER = ("id", "title", "status", "priority", "assignee", "requester", "due", "labels", "system")

EDITS: dict[str, tuple[str, tuple[str, ...], NewValue, str]] = {
    "plain": ("title: Old  # why\n", ("title",), "New", "title: New  # why\n"),
    "single quotes stay": ("title: 'Old'\n", ("title",), "It's", "title: 'It''s'\n"),
    "double quotes stay": ('title: "Old"\n', ("title",), 'a "b"', 'title: "a \\"b\\""\n'),
    "quotes come when needed": ("title: Old\n", ("title",), "a: b", "title: 'a: b'\n"),
    "quotes go when not needed": ("title: 'a: b'\n", ("title",), "Old", "title: Old\n"),
    "text that looks like a number": ("title: Old\n", ("title",), "1.10", "title: '1.10'\n"),
    "text that looks like a boolean": ("title: Old\n", ("title",), "no", "title: 'no'\n"),
    "number": ("size: 3\n", ("size",), Decimal("2.50"), "size: 2.50\n"),
    "date": ("due: 2026-11-28\n", ("due",), date(2026, 12, 1), "due: 2026-12-01\n"),
    "time": (
        "created: x\n",
        ("created",),
        datetime(2026, 11, 24, 8, 1, 2, 3, tzinfo=UTC),
        "created: 2026-11-24T08:01:02+00:00\n",
    ),
    "empty with a comment": ("assignee:   # nobody\n", ("assignee",), "omar", "assignee: omar   # nobody\n"),
    "empty": ("assignee:\ntitle: x\n", ("assignee",), "omar", "assignee: omar\ntitle: x\n"),
    "made empty": ("assignee: omar\n", ("assignee",), None, "assignee: \n"),
    "null": ("assignee: ~\n", ("assignee",), "omar", "assignee: omar\n"),
    "several lines": ("title: x\n", ("title",), "a\nb\n", "title: |\n  a\n  b\n"),
    "several lines from nothing": ("title:  \nx: y\n", ("title",), "a\nb", "title: |-\n  a\n  b\nx: y\n"),
    "literal": ("title: |\n  a\n  b\n\nstatus: x\n", ("title",), "c", "title: c\n\nstatus: x\n"),
    "folded": ("title: >-\n  a\n  b\nstatus: x\n", ("title",), "c", "title: c\nstatus: x\n"),
    "plain over lines": ("title: a\n  b\nstatus: x\n", ("title",), "c", "title: c\nstatus: x\n"),
    "nested": ("requester:\n    name: A  # who\n    email: b\n", ("requester", "name"), "C", "requester:\n    name: C  # who\n    email: b\n"),
    "nested, new": ("requester:\n    name: A\nx: y\n", ("requester", "email"), "b", "requester:\n    name: A\n    email: b\nx: y\n"),
    "nested in braces": ("requester: {name: A, email: b}\n", ("requester", "email"), "c, d", "requester: {name: A, email: 'c, d'}\n"),
    "nested in braces, new": ("requester: {name: A}\n", ("requester", "email"), "b", "requester: {name: A, email: b}\n"),
    "nested under nothing": ("requester:\nx: y\n", ("requester", "email"), "b", "requester:\n  email: b\nx: y\n"),
    "list gains": ("labels:\n  - a  # first\n  - b\nx: y\n", ("labels",), ["a", "b", "c"], "labels:\n  - a  # first\n  - b\n  - c\nx: y\n"),
    "list loses": ("labels:\n- a\n# b\n- b\n- c\n", ("labels",), ["a", "c"], "labels:\n- a\n# b\n- c\n"),
    "list changes": ("labels:\n  - a # 1\n  - 'b' # 2\n", ("labels",), ["a", "c"], "labels:\n  - a # 1\n  - 'c' # 2\n"),
    "list gains at the front": ("labels:\n  - b\n", ("labels",), ["a", "b"], "labels:\n  - a\n  - b\n"),
    "brackets gain": ("labels: [ a, b ]\n", ("labels",), ["a", "b", "c"], "labels: [ a, b, c ]\n"),
    "brackets lose": ("labels: [a, b, c]\n", ("labels",), ["b"], "labels: [b]\n"),
    "brackets are emptied": ("labels: [a]\n", ("labels",), [], "labels: []\n"),
    "brackets are filled": ("labels: []\n", ("labels",), ["a", "b: c"], "labels: [a, 'b: c']\n"),
    "list from nothing": ("labels:  # none\nx: y\n", ("labels",), ["a"], "labels:  # none\n  - a\nx: y\n"),
    "list from a text": ("labels: a\nx: y\n", ("labels",), ["a", "b"], "labels:\n  - a\n  - b\nx: y\n"),
    "text from a list": ("title:\n  - a\n  - b\nx: y\n", ("title",), "c", "title: c\nx: y\n"),
    "last item": ("labels:\n  - a\nx: y\n", ("labels",), [], "x: y\n"),
    "in order": ("id: 1\npriority: b\ntitle2: c\n", ("status",), "open", "id: 1\nstatus: open\npriority: b\ntitle2: c\n"),
    "before all": ("# about\ntitle: x\n", ("id",), "HD-1", "id: HD-1\n# about\ntitle: x\n"),
    "after a nested one": ("requester:\n  name: A\n# note\nlabels:\n  - x\n", ("due",), date(2026, 1, 1), "requester:\n  name: A\ndue: 2026-01-01\n# note\nlabels:\n  - x\n"),
    "unknown key last": ("title: x\n", ("zebra",), "w", "title: x\nzebra: w\n"),
    "into nothing": ("", ("title",), "x", "title: x\n"),
    "into comments": ("# nothing yet\n", ("title",), "x", "# nothing yet\ntitle: x\n"),
    "into braces": ("{title: x, due: y}\n", ("status",), "open", "{title: x, status: open, due: y}\n"),
    "a list into braces": ("{title: x}\n", ("labels",), ["a"], "{title: x, labels: [a]}\n"),
    "mapping": ("title: x\n", ("requester",), {"name": "A", "email": "b"}, "title: x\nrequester:\n  name: A\n  email: b\n"),
    "mapping to mapping": ("requester:\n  name: A # who\n  email: b\n", ("requester",), {"name": "A", "phone": "1-2"}, "requester:\n  name: A # who\n  phone: 1-2\n"),
    "quoted key": ("'title': x\n", ("title",), "w", "'title': w\n"),
    "the same again": ('title: "x"   # y\n', ("title",), "x", 'title: "x"   # y\n'),
}  # fmt: skip


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("case", EDITS)
def test_edits(case: str, line_end: str) -> None:
    before, keys, value, after = EDITS[case]
    frame = "\ufeff---\n{}---\nBody: stays\n\n---\nno final newline"
    document = read_document(frame.format(before).replace("\n", line_end).encode(), "t.md")
    assert not document.findings
    changed = set_value(document, keys, value, ORDER)
    assert changed.encode() == frame.format(after).replace("\n", line_end).encode()


DELETIONS = {
    "line": ("title: x # c\nstatus: y\n", ("title",), "status: y\n"),
    "list": ("labels:\n  - x\n\n  - y\nstatus: y\n", ("labels",), "status: y\n"),
    "nested": ("requester:\n  name: a\n  email: b\n", ("requester", "name"), "requester:\n  email: b\n"),
    "last of a mapping": ("title: x\nrequester:\n  name: a\n", ("requester", "name"), "title: x\n"),
    "in braces": ("requester: {name: a, email: b}\n", ("requester", "email"), "requester: {name: a}\n"),
    "comments stay": ("# one\ntitle: x\n# two\nstatus: y\n", ("title",), "# one\n# two\nstatus: y\n"),
    "literal": ("note: |\n  a\n\n  b\n\nstatus: y\n", ("note",), "\nstatus: y\n"),
    "the only key": ("title: x\n", ("title",), ""),
    "absent": ("title: x\n", ("status",), "title: x\n"),
}


@pytest.mark.parametrize("case", DELETIONS)
def test_deletions(case: str) -> None:
    before, keys, after = DELETIONS[case]
    changed = delete_value(read_document(f"---\n{before}---\n".encode(), "t.md"), keys)
    assert changed.text == f"---\n{after}---\n"


@pytest.mark.parametrize("front", ["title: x: y", "<<<<<<< a\ntitle: x"])
def test_broken_files_are_not_edited(front: str) -> None:
    document = read_document(f"---\n{front}\n---\n".encode(), "t.md")
    with pytest.raises(EditError, match=r"t\.md:2:"):
        set_value(document, ("title",), "z")


def test_an_explicit_key_is_refused_rather_than_damaged() -> None:
    document = read_document(b"---\n? title\n: - a\n  - b\n---\n", "t.md")
    try:
        changed = set_value(document, ("title",), ["a", "c"])
    except EditError as error:
        assert "t.md:3:3" in str(error)
    else:
        assert changed.values == {"title": ["a", "c"]}


def test_bytes_that_are_no_text_are_refused() -> None:
    document = read_document(b"---\ntitle: x\n---\n", "t.md")
    with pytest.raises(EditError, match="UTF-8"):
        set_value(document, ("title",), "\udcff")


def test_another_body() -> None:
    assert (
        replace_body(read_document(b"---\r\ntitle: x\r\n---\r\nold", "t.md"), "new").text
        == "---\r\ntitle: x\r\n---\r\nnew"
    )
    assert replace_body(read_document(b"---\ntitle: x\n---", "t.md"), "new").text == "---\ntitle: x\n---\nnew"


def test_a_new_file_is_in_canonical_order() -> None:
    fields: dict[str, NewValue] = {
        "labels": ["a", "b: c"], "x": "w", "title": "no", "requester": {"name": "Léa", "email": None}, "due": None, "system": {}
    }  # fmt: skip
    assert compose(fields, "Body\n", ORDER) == (
        "---\ntitle: 'no'\nrequester:\n  name: Léa\n  email:\nlabels:\n  - a\n  - 'b: c'\nx: w\n---\nBody\n"
    )
