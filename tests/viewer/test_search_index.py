"""Which tickets hold a word: written shortly, cut into files, and never otherwise than made from nothing."""

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import git, write_ticket
from tracker.parallel import in_parallel
from tracker.viewer.browser import shards, word_index
from tracker.viewer.browser.postings import MARKS, changed, entry, order_of, places_in, word_of
from tracker.viewer.browser.search_index import in_time, search_files
from tracker.viewer.website import Website
from tracker.workspace import Workspace

NUMBERS = st.sets(st.one_of(st.integers(0, 90), st.integers(0, 10**7)), min_size=1, max_size=40).map(sorted)
PLACES = st.dictionaries(st.sampled_from(MARKS), NUMBERS, min_size=1)
WORDS = st.one_of(st.text("abz9", min_size=1, max_size=3), st.text("é中𝄞ﬀ", min_size=1, max_size=2))
HELD = st.dictionaries(WORDS, st.dictionaries(st.integers(0, 300), st.sampled_from(MARKS), min_size=1))
CORRECTION = "---\nauthor: omar\ncreated: 2026-11-03T11:00:00Z\nsupersedes: 2026-11-03T100000Z-omar.md\n---\nmarigold\n"


@given(WORDS, PLACES)
def test_an_entry_says_what_was_put_into_it(word: str, places: dict[str, list[int]]) -> None:
    text = entry(word, places)
    assert (word_of(text), places_in(text)) == (word, places)
    assert not re.search(r'[\s"\\]', text)


def test_near_tickets_take_one_character_each() -> None:
    assert len(entry("a", {"!": range(1000)})) == len("a!") + 1000
    assert len(entry("a", {"!": range(0, 43_000, 43)})) == len("a!") + 1000 - 1 + 1


def _entries(held: dict[str, dict[int, str]]) -> Iterator[str]:
    for word in sorted(held, key=order_of):
        yield changed("", word, [(ticket, "", mark) for ticket, mark in held[word].items()])


@given(HELD, HELD)
def test_files_after_a_change_are_those_from_nothing(
    before: dict[str, dict[int, str]], after: dict[str, dict[int, str]]
) -> None:
    with pytest.MonkeyPatch.context() as small:
        small.setattr(shards, "_LEAST", 20)
        small.setattr(shards, "_MOST", 60)
        small.setattr(shards, "_ODDS", 3)
        former = {one.first: one for one in shards.shards(_entries(before))}
        changes = {}
        for word in before.keys() | after.keys():
            old, new = before.get(word, {}), after.get(word, {})
            tickets = [one for one in old.keys() | new.keys() if old.get(one) != new.get(one)]
            if tickets:
                changes[word] = [(one, old.get(one, ""), new.get(one, "")) for one in tickets]
        revised = shards.revised([*former], lambda first: former[first].text, changes)
        now = [shard or former[first] for first, shard in revised.items()]
        assert now == shards.shards(_entries(after))


def _data(path: Path) -> object:
    return json.loads(json.loads(re.search(r"JSON\.parse\((.*)\);\n$", path.read_text(), re.DOTALL)[1]))  # type: ignore[index]


def _files(desk: Path, into: Path, *, use_index: bool = True) -> dict[str, bytes]:
    website = Website(Workspace.open(desk, use_index=use_index), (), lambda path: f"{path}/")
    website.prepare()
    found = {file.path: file.make() for file in search_files(website, website.state())}
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir()
    for path, data in found.items():
        (into / path.rpartition("/")[2]).write_bytes(data)
    return found


def _words(folder: Path) -> set[str]:
    texts = [str(_data(path)) for path in folder.glob("*.js") if path.name.startswith(("names-", "texts-"))]
    return {word_of(one) for text in texts for one in text.split()}


def test_what_may_be_found(desk: Path, tmp_path: Path) -> None:
    path = write_ticket(
        desk, 1, "L’imprimante d’été", "assignee: ada\nlabels:\n  - third-floor\n", "Straße ﬁn x\n"
    )
    talk = path.with_suffix("")
    talk.mkdir()
    for time, visibility, text in (("0900", "internal", "secretword"), ("1000", "public", "tulip")):
        name = talk / f"2026-11-03T{time}00Z-omar.md"
        name.write_text(
            f"---\nauthor: omar\ncreated: 2026-11-03T{time[:2]}:00:00Z\nvisibility: {visibility}\n---\n{text}\n"
        )
    (talk / "2026-11-03T110000Z-omar.md").write_text(CORRECTION)
    _files(desk, tmp_path / "out")
    words = _words(tmp_path / "out")
    assert {
        "imprimante",
        "ete",
        "ada",
        "byron",
        "lea",
        "martin",
        "third",
        "floor",
        "strasse",
        "fin",
    } - words == {"strasse"}
    assert {"straße", "marigold", "haddad"} <= words
    assert not words & {"secretword", "tulip", "x", "l", "d"}
    configuration = desk / "tracker.yml"
    configuration.write_text(f"{configuration.read_text()}website: {{internal: true}}\n")
    _files(desk, tmp_path / "out")
    assert "secretword" in _words(tmp_path / "out")


def test_only_the_files_with_changed_words_change(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "_LEAST", 300)
    monkeypatch.setattr(shards, "_MOST", 900)
    monkeypatch.setattr(word_index, "_FEW", 5)
    for number in range(1, 60):
        body = " ".join(f"w{number * 7 % 50}x{place}" for place in range(20))
        write_ticket(desk, number, f"Ticket t{number}", "", f"{body}\n")
    git(desk, "add", "-A")
    before = _files(desk, tmp_path / "out")
    assert len(before) > 12

    with pytest.MonkeyPatch.context() as nothing:
        nothing.setattr(word_index, "gathered", None)
        write_ticket(desk, 7, "Ticket quince", "", "quagga\n")
        after = _files(desk, tmp_path / "out")
        kept = [path for path in before if after.get(path) == before[path]]
        assert len(kept) > len(before) / 3
        write_ticket(desk, 27, "Ticket t27 again")
        (desk / "tickets/2026/11/HD-59.md").unlink()
        write_ticket(desk, 60, "Ticket quagmire", "", "w1x1\n")
        after = _files(desk, tmp_path / "out")
    assert after == _files(desk, tmp_path / "out", use_index=False)


def test_nothing_is_read_again(desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, 5):
        write_ticket(desk, number)
    _files(desk, tmp_path / "out")
    read: list[int] = []

    def counted(do: object, tasks: list[object]) -> list[object]:
        read.append(len(tasks))
        return in_parallel(do, tasks)  # type: ignore[arg-type]

    monkeypatch.setattr(word_index, "in_parallel", counted)
    _files(desk, tmp_path / "out")
    assert read == []
    write_ticket(desk, 2, "Other")
    _files(desk, tmp_path / "out")
    assert read == [1]


def test_a_word_of_most_texts_is_left_out(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_index, "limit_of", lambda tickets: 5)
    for number in range(1, 8):
        write_ticket(
            desk, number, "The printer" if number == 1 else "A ticket", "", f"The word{number % 2}\n"
        )
    _files(desk, tmp_path / "out")
    assert _data(tmp_path / "out" / "index.js")["common"] == ["the"]  # type: ignore[index]
    assert _words(tmp_path / "out") >= {"the", "word0", "word1"}  # in a title, it still tells something

    write_ticket(desk, 6, "A ticket", "", "word0\n")
    after = _files(desk, tmp_path / "out")
    assert _data(tmp_path / "out" / "index.js")["common"] == []  # type: ignore[index]
    assert after == _files(desk, tmp_path / "out", use_index=False)


@pytest.mark.parametrize("lost", ["names", "texts", "each ticket"])
def test_what_was_lost_is_made_again(desk: Path, tmp_path: Path, lost: str) -> None:
    for number in range(1, 5):
        write_ticket(desk, number)
    before = _files(desk, tmp_path / "out")
    database = next((desk / ".git" / "tracker").glob("index-*.sqlite"))
    pattern = "length(key) = 32" if lost == "each ticket" else f"key LIKE 'words%: {lost} %'"
    with closing(sqlite3.connect(database)) as connection, connection:
        assert connection.execute(f"DELETE FROM known WHERE {pattern}").rowcount
    assert _files(desk, tmp_path / "out") == before
    write_ticket(desk, 2, "Other")
    assert _files(desk, tmp_path / "out") == _files(desk, tmp_path / "out", use_index=False)


def test_tickets_are_in_order_of_time(desk: Path) -> None:
    for number in (30, 2, 29, 1):
        write_ticket(desk, number)
    (desk / "tickets/2026/11/HD-2.md").write_text("---\nid: [\n---\n")
    website = Website(Workspace.open(desk), (), str)
    assert [ticket.entry.id for ticket in in_time(website)] == ["HD-2", "HD-1", "HD-29", "HD-30"]
