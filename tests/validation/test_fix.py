"""`validate --fix` puts right what has one right answer, and changes no other byte of the desk."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import Run, ticket, write_ticket
from tests.validation.bed import Bed, Found, make_desk
from tests.validation.planting import plant


def validate(desk: Path, *options: str) -> str:
    """Run `tracker validate` as a program of its own and return what it prints."""
    command = [sys.executable, "-m", "tracker", "-C", str(desk), "validate", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def fixed(desk: Path) -> Counter[Found]:
    """Run `--fix` and return what is still found."""
    told = json.loads(validate(desk, "--fix", "--json"))
    return Counter((finding["path"], finding["line"], finding["code"]) for finding in told)


def contents(desk: Path) -> dict[str, bytes | None]:
    """Return the bytes of all files of a desk, none of what is no ordinary file."""
    paths = [path for path in desk.rglob("*") if ".git" not in path.relative_to(desk).parts]
    return {
        path.relative_to(desk).as_posix(): path.read_bytes()
        if path.is_file() and not path.is_symlink()
        else None
        for path in paths
        if path.is_symlink() or not path.is_dir()
    }


def after_fix(bed: Bed) -> dict[str, bytes | None]:
    """Return the bytes of all files as `--fix` must leave them."""
    gone = {path for path, data in bed.repaired.items() if data is None}
    told = contents(bed.root) | bed.repaired
    return {path: data for path, data in told.items() if path not in gone}


@pytest.mark.parametrize("seed", [1, 2])
def test_it_repairs_what_has_one_right_answer_and_nothing_else(seed: int, tmp_path: Path) -> None:
    bed = make_desk(tmp_path / "desk", 400, seed)
    plant(bed, 220)
    planted, expected = contents(bed.root), after_fix(bed)
    shown = validate(bed.root, "--diff")
    assert contents(bed.root) == planted, "--diff wrote something"
    assert [path for path in bed.repaired if path not in shown] == []
    left = Counter({found: number for found, number in bed.expected.items() if found[0] not in bed.repaired})
    assert fixed(bed.root) == left
    after = contents(bed.root)
    wrong = {path for path in after | expected if after.get(path) != expected.get(path)}
    assert not {path: (after.get(path), expected.get(path)) for path in wrong}
    assert fixed(bed.root) == left
    assert contents(bed.root) == after, "a second --fix changed something"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("priority: normal", "priority:   Normal   # since Monday"),
        ("status: open", "status: 'Open'"),
        ("type: incident", 'type: "Incident"'),
    ],
)
def test_quotes_and_comments_of_the_author_stay(before: str, after: str, desk: Path, run: Run) -> None:
    path = write_ticket(desk, 1)
    path.write_text(path.read_text().replace(before, after))
    assert run("validate", "--fix").code == 0
    word = before.partition(": ")[2]
    assert path.read_text() == ticket(1).replace(before, after.replace(word.capitalize(), word))


@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
def test_line_ends_and_byte_order_mark_stay(line_end: str, desk: Path, run: Run) -> None:
    path = write_ticket(desk, 1, more="labels: [one, two]\n")
    text = path.read_text()
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", line_end).encode())
    assert run("validate", "--fix").code == 0
    right = text.replace(" [one, two]", "\n  - one\n  - two")
    assert path.read_bytes() == b"\xef\xbb\xbf" + right.replace("\n", line_end).encode()


def test_a_draft_in_a_wrong_place_stays_where_another_has_its_name(desk: Path, run: Run) -> None:
    for folder in ("tickets", "tickets/drafts"):
        (desk / folder).mkdir(exist_ok=True)
        (desk / folder / "note.md").write_text(f"---\ntitle: In {folder}\n---\n")
    assert run("validate", "--fix").code == 1
    assert (desk / "tickets/note.md").read_text() == "---\ntitle: In tickets\n---\n"
    assert (desk / "tickets/drafts/note.md").read_text() == "---\ntitle: In tickets/drafts\n---\n"
