"""What stands at a cursor (`|`), in texts as they are while somebody types."""

import pytest

from tracker.editor.place import Where, place_at
from tracker.editor.text import Spot, from_units, to_units
from tracker.position import lines_of


def cursor(text: str) -> tuple[list[str], Spot]:
    """Return a text without its `|`, and where that was."""
    before, _bar, after = text.partition("|")
    lines = lines_of(before)
    return lines_of(before + after), Spot(len(lines) - 1, len(lines[-1]))


@pytest.mark.parametrize(
    ("text", "where", "field", "word", "typed"),
    [
        ("---\nsta|\n---\n", Where.FIELD, "", "sta", "sta"),
        ("---\n|\n---\n", Where.FIELD, "", "", ""),
        ("---\nsta|tus: open\n", Where.FIELD, "", "status", "sta"),
        ("---\nstatus:|\n", Where.VALUE, "status", "", ""),
        ("---\nstatus: |\n", Where.VALUE, "status", "", ""),
        ("---\nstatus: op|en # so\n", Where.VALUE, "status", "open", "op"),
        ('---\nstatus: "op|en"\n', Where.VALUE, "status", "open", "op"),
        ('---\nstatus: "|\n', Where.VALUE, "status", "", ""),
        ("---\nstatus: open |\n", Where.VALUE, "status", "open", "open "),
        ('---\nstatus: "open"|\n', Where.NOWHERE, "status", "", ""),
        ("---\nstatus: open |# so\n", Where.NOWHERE, "", "", ""),
        ("---\nlabels:\n  - a\n  - |\n---\n", Where.ITEM, "labels", "", ""),
        ("---\nlabels:\n- a\n-| \n", Where.NOWHERE, "", "", ""),
        ("---\nlabels:\n# why\n- a\n- b|\n", Where.ITEM, "labels", "b", "b"),
        ("---\nlabels: [a, b|c, d]\n", Where.ITEM, "labels", "bc", "b"),
        ("---\nlabels: [|\n", Where.ITEM, "labels", "", ""),
        ("---\nlinks:\n  - follows HD|-2\n", Where.ITEM, "links", "follows HD-2", "follows HD"),
        ("---\nrequester:\n  na|\n", Where.KEY, "requester", "na", "na"),
        ("---\nrequester:\n  na|me: x\n", Where.KEY, "requester", "name", "na"),
        ("---\ntitle: 'unclosed\nstatus: |\n", Where.VALUE, "status", "", ""),
        ("---\ntitle: [{\n<<<<<<< ours\nstatus: |\n", Where.VALUE, "status", "", ""),
        ("\ufeff---\r\nstatus: o|\r\n---\r\n", Where.VALUE, "status", "o", "o"),
        ("---\nstatus: open\n|---\n", Where.NOWHERE, "", "", ""),
        ("---\nstatus: open\n---\nstatus: |\n", Where.BODY, "", "", ""),
        ("---\nstatus: open\n\nnever closed: |", Where.BODY, "", "", ""),
        ("no front matter|", Where.BODY, "", "", ""),
        ("|", Where.BODY, "", "", ""),
        ("-|--\n", Where.NOWHERE, "", "", ""),
    ],
)
def test_place(text: str, where: Where, field: str, word: str, typed: str) -> None:
    lines, spot = cursor(text)
    place = place_at(lines, spot)
    assert (place.where, place.field, place.word, place.typed) == (where, field, word, typed)
    if place.word:
        (line, start), (_line, end) = place.stretch
        assert lines[line][start:end].strip() == place.word


@pytest.mark.parametrize("cell", ["-", "a", ":", " ", "[", '"', "#", "x: ", "- ", "[a", "é🖨️", "\t"])
@pytest.mark.parametrize("other", ["", ":", " ", "- ", "[", "#", "'", "🖨️"])
def test_there_is_an_answer_wherever_a_cursor_is(cell: str, other: str) -> None:
    lines = lines_of(f"---\n{cell}{other}\n  {other}{cell}\n{cell}{other}{cell}\n---\n{other}{cell}\n")
    for number, line in enumerate(lines):
        for column in range(len(line) + 1):
            place = place_at(lines, Spot(number, column))
            if place.where not in (Where.NOWHERE, Where.BODY):
                assert place.stretch.start.column <= column <= place.stretch.end.column
                assert place.stretch.end.column <= len(line)


def test_a_line_of_a_megabyte_takes_no_time() -> None:
    for text in (" " * 1_000_000, "a" + " " * 1_000_000, "a" * 1_000_000, "#" * 1_000_000, "- " * 500_000):
        place_at(["---", text, "---"], Spot(1, 3))


@pytest.mark.parametrize(
    ("encoding", "units"),
    [("utf-8", [0, 2, 6, 9, 10]), ("utf-16", [0, 1, 3, 4, 5]), ("utf-32", [0, 1, 2, 3, 4])],
)
def test_columns_in_each_encoding(encoding: str, units: list[int]) -> None:
    lines = ["", "é🖨\ufe0fa"]
    assert [to_units(lines, Spot(1, column), encoding)[1] for column in range(5)] == units
    assert [from_units(lines, 1, unit, encoding).column for unit in units] == [0, 1, 2, 3, 4]
    assert from_units(lines, 1, 99, encoding) == Spot(1, 4)
    assert from_units(lines, 9, 0, encoding) == Spot(1, 4)


def test_half_a_character_is_the_whole_one() -> None:
    assert from_units(["🖨a"], 0, 1, "utf-16") == Spot(0, 0)
    assert to_units(["\ud83da"], Spot(0, 1), "utf-16") == (0, 1)


def test_only_three_line_ends_count() -> None:
    assert lines_of("a\r\nb\rc\nd\u2028e\x0bf\x85g") == ["a", "b", "c", "d\u2028e\x0bf\x85g"]
