"""Searching the texts of tickets and conversations."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Run, git, write_ticket
from tracker.errors import UsageError
from tracker.workspace import Workspace
from tracker.workspace.search import search, words_of


@pytest.fixture
def texts(desk: Path) -> Path:
    """A desk of four tickets, one of them with a comment."""
    write_ticket(desk, 1, "Printer jams", body="The paper is jammed again. Paper (A4).\n")
    write_ticket(desk, 2, "Écran trop sombre", body="Voilà l'écran de Zoé.\n")
    write_ticket(desk, 3, "Paper is missing", "location: lyon\n", body="None left.\n")
    path = write_ticket(desk, 4, "VPN", body="jam paper\n")
    comment = path.with_suffix("") / "2026-11-20T100000Z-ada.md"
    comment.parent.mkdir()
    comment.write_text(
        "---\nauthor: ada\ncreated: 2026-11-20T10:00:00+01:00\n---\nRestarted the \x1b[31m router.\n"
    )
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "File")
    return desk


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (("paper",), "HD-3 HD-1 HD-4"),
        (("PAPER", "jam"), "HD-1 HD-4"),
        (('"jam paper"',), "HD-4"),
        (("jam paper", "vpn"), "HD-4"),
        (("ecran",), "HD-2"),
        (("écran", "zoe"), "HD-2"),
        (("rout",), "HD-4"),
        (("hd-4",), "HD-4"),
        (("paper", "-q", "location:lyon"), "HD-3"),
        (("paper", "--limit", "1"), "HD-3"),
        (("elephant",), ""),
        (("paper AND NOT jam",), ""),
        (("title:paper*",), ""),
        (('"paper jam',), "HD-1 HD-4"),
    ],
)
def test_what_is_found(texts: Path, run: Run, words: tuple[str, ...], ids: str) -> None:
    found = [line.split("\t")[0] for line in run("search", *words).out.splitlines()]
    assert found[:1] == ids.split()[:1]
    assert sorted(found) == sorted(ids.split())


def test_places_are_shown(texts: Path, run: Run) -> None:
    assert run("search", "router").out == "HD-4\topen\tVPN\tRestarted the ␛[31m router.\n"
    (found,) = json.loads(run("search", "sombre", "--json").out)
    assert (found["id"], found["status"], found["snippet"]) == ("HD-2", "open", "Écran trop sombre")
    assert run("search", "(").code == 2


def test_changes_are_found(texts: Path, run: Run) -> None:
    assert run("search", "elephant").out == ""
    path = texts / "tickets/2026/11/HD-4.md"
    path.write_text(path.read_text().replace("VPN", "Elephant"))
    write_ticket(texts, 5, "Another elephant")
    (texts / "tickets/2026/11/HD-3.md").unlink()
    assert run("search", "elephant").out.count("\n") == 2
    assert run("search", "missing").out == ""
    comment = next((texts / "tickets/2026/11/HD-4").iterdir())
    comment.write_text(comment.read_text().replace("router", "giraffe"))
    assert run("search", "giraffe").out.count("\n") == 1
    assert run("search", "router").out == ""


def test_damage_changes_no_answer(texts: Path, run: Run) -> None:
    expected, chance = run("search", "paper").out, random.Random(1)
    (file,) = (texts / ".git/tracker").glob("search-*")
    for _time in range(20):
        data = bytearray(file.read_bytes())
        match chance.randrange(3):
            case 0:
                file.unlink()
            case 1:
                file.write_bytes(data[: chance.randrange(len(data))])
            case _:
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
                file.write_bytes(data)
        assert run("search", "paper").out == expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(max_size=20))
def test_no_text_does_harm(texts: Path, text: str) -> None:
    try:
        words = words_of(text)
    except UsageError:
        return
    search(Workspace.open(texts), words)
