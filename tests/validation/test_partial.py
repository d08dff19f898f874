"""Checking a part of a desk says of that part what checking the whole says of it.

Two laws, on (file, line, code); messages may name fewer other tickets in a part.

Files: `tracker validate FILE…` finds in these files exactly what the whole run finds in them.

Change: let `whole` be what a run on the desk as it is finds, and `before` the same at the base.
- In a file that was changed or added, `--changed` finds exactly what `whole` has there, beside what only a
  comparison shows (T3xx). It may leave out T201 and T205 where the same ticket had them before: who else
  claims its id, and which children of it are open, is asked only where the change could have made it wrong.
- In a file that was not changed, it finds nothing that `whole` does not have, and all that `whole` has and
  `before` had not; except T201, for which only the file that came later is to blame.
"""

import shutil
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.conftest import git, write_ticket
from tests.validation.bed import Bed, Found, make_desk, put, value_of
from tests.validation.planting import FAULTS
from tracker.finding import Finding
from tracker.store.differences import differences, untracked
from tracker.workspace import Workspace
from tracker.workspace.comparison import compare
from tracker.workspace.findings import all_findings
from tracker.workspace.proposal import change_findings
from tracker.workspace.touched import check_paths

seeds = st.integers(min_value=0, max_value=2**32)


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Bed:
    """A desk of forty tickets; each example plants in a copy."""
    bed = make_desk(tmp_path_factory.mktemp("partial") / "desk", 40, 7)
    commit(bed.root)
    return bed


def remove_pipes(desk: Path) -> None:
    """Remove what Git cannot hold, so that no change can bring it."""
    for path in desk.joinpath("tickets").rglob("*"):
        if path.is_fifo():
            path.unlink()


def commit(desk: Path) -> None:
    remove_pipes(desk)
    git(desk, "add", "-A")
    identity = ("-c", "user.name=Omar", "-c", "user.email=omar.haddad@example.org")
    git(desk, *identity, "commit", "-q", "--allow-empty", "-m", "State")


def copy_of(pristine: Bed, folder: Path, seed: int) -> Bed:
    """Return a copy of a desk, with another choice of places."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(pristine.root, folder, symlinks=True)
    random = Random(seed)
    return Bed(folder, random, random.sample(pristine.free, len(pristine.free)))


def plant_some(bed: Bed, most: int) -> None:
    """Plant faults of any kind, in tickets and between them, some of them into one ticket."""
    everything = list(bed.free)
    for fault in bed.random.choices(FAULTS, k=bed.random.randint(0, most)):
        if bed.random.random() < 0.3:
            bed.free = [path for path in everything if (bed.root / path).is_file()]
            bed.random.shuffle(bed.free)
        try:
            fault(bed)
        except (LookupError, OSError, AttributeError, ValueError):
            continue  # what another fault has left there has no place for this one


def entangle(bed: Bed) -> None:
    """Link tickets at random, so that rules between tickets look far."""
    ids = [path.rpartition("/")[2].removesuffix(".md") for path in bed.free]
    there = [path for path in bed.free if (bed.root / path).is_file() and not (bed.root / path).is_symlink()]
    for path in bed.random.sample(there, min(len(there), bed.random.randint(0, 8))):
        kinds = ("parent", "blocks", "follows", "duplicates", "relates")
        links = [
            f"  - {bed.random.choice(kinds)} {bed.random.choice(ids)}"
            for _n in range(bed.random.randint(1, 3))
        ]
        status = bed.random.choice(("open", "closed", "waiting"))
        text, _line = put(bed.text(path), "links", "\n".join(["links:", *links]))
        bed.write(path, put(text, "status", f"status: {status}")[0])


def disturb(bed: Bed) -> None:
    """Remove, copy, rename and clash: what happens to files beside their being edited."""
    for _number in range(bed.random.randint(0, 4)):
        files = sorted(
            path for path in (bed.root / "tickets").rglob("*") if path.is_file() and not path.is_symlink()
        )
        path = bed.random.choice(files)
        what = bed.random.choice(("remove", "copy", "case", "place", "alias", "folder"))
        if what == "remove":
            path.unlink()
        elif what == "copy":
            folders = (
                bed.root / place for place in ("tickets/drafts", "tickets/2020/01", "tickets", "tickets/2020")
            )
            other = bed.random.choice([folder for folder in folders if folder != path.parent])
            other.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, other / path.name)
        elif what == "case":
            shutil.copy(path, path.with_name(path.name.swapcase()))
        elif what == "place":
            path.rename(path.with_name(f"{bed.random.choice('abc')}{path.name}"))
        elif what == "alias" and path.name.startswith("HD-"):
            victim = bed.random.choice(files).stem
            place = path.relative_to(bed.root).as_posix()
            if value_of(bed.text(place), "id"):
                bed.write(place, put(bed.text(place), "aliases", f"aliases:\n  - {victim}")[0])
        elif what == "folder" and path.stem.startswith("HD-"):
            folder = path.with_suffix("")
            shutil.rmtree(folder, ignore_errors=True)


def key(finding: Finding) -> Found:
    return finding.path, finding.position.line, finding.code


def whole(desk: Path) -> set[Found]:
    return {key(finding) for finding in all_findings(Workspace.open(desk, use_index=False))}


@given(seed=seeds)
@settings(max_examples=15)
def test_files_are_found_to_be_as_the_whole_says(
    seed: int, pristine: Bed, tmp_path_factory: pytest.TempPathFactory
) -> None:
    bed = copy_of(pristine, tmp_path_factory.getbasetemp() / "files", seed)
    entangle(bed)
    plant_some(bed, 25)
    disturb(bed)
    if bed.random.random() < 0.5:
        commit(bed.root)
    told = whole(bed.root)
    desk = Workspace.open(bed.root, use_index=False)
    files = [file.path for file in desk.files] + [path for file in desk.files for path in file.comments]
    for _try in range(4):
        chosen = set(bed.random.sample(files, bed.random.randint(1, min(6, len(files)))))
        if told and bed.random.random() < 0.7:
            chosen |= {bed.random.choice(sorted(path for path, _line, _code in told))}
        found, _checked = check_paths(Workspace.open(bed.root, use_index=False), chosen)
        assert {key(finding) for finding in found} == {one for one in told if one[0] in chosen}


@given(seed=seeds)
@example(seed=1261)  # two copies of a comment where no ticket may lie
@example(seed=1579)  # a wrong name in a folder whose ticket is gone
@example(seed=5013)  # a ticket that is renamed, and leaves its attachments behind
@example(seed=5041)  # a link to an id that another ticket has as an alias
@settings(max_examples=15)
def test_a_change_is_found_to_be_as_the_whole_says(
    seed: int, pristine: Bed, tmp_path_factory: pytest.TempPathFactory
) -> None:
    bed = copy_of(pristine, tmp_path_factory.getbasetemp() / "change", seed)
    entangle(bed)
    plant_some(bed, 10)
    disturb(bed)
    commit(bed.root)
    before, old = whole(bed.root), whose(bed.root)
    entangle(bed)
    plant_some(bed, 6)
    disturb(bed)
    remove_pipes(bed.root)
    after = whole(bed.root)
    desk = Workspace.open(bed.root, use_index=False)
    changed = compare(desk, "HEAD").changed
    assert changed == _changed(desk)
    found = {key(finding) for finding in change_findings(compare(desk, "HEAD")) if finding.code < "T300"}
    here = {one for one in after if one[0] in changed}
    told = {one for one in found if one[0] in changed} - _strays(found)
    assert told <= here
    ids = {entry.path: entry.id for entry in desk.entries}
    left_out = here - _strays(here) - told
    assert {(ids.get(path), code) for path, _line, code in left_out} <= old
    assert _strays(found) == _touched(_strays(after), changed) | (_strays(after) - _strays(before))
    elsewhere = {one for one in found if one[0] not in changed}
    assert elsewhere <= after
    new = {one for one in after - before if one[0] not in changed and one[2] != "T201"}
    assert new <= elsewhere


def whose(desk: Path) -> set[tuple[str | None, str]]:
    """Return which tickets, by their ids, have what a comparison may leave out."""
    opened = Workspace.open(desk, use_index=False)
    ids = {entry.path: entry.id for entry in opened.entries}
    return {(ids.get(one.path), one.code) for one in all_findings(opened) if one.code in ("T201", "T205")}


def _changed(desk: Workspace) -> frozenset[str]:
    assert desk.repository is not None
    with untracked(desk.repository, "") as others:
        return frozenset(
            differences(desk.repository, desk.repository.commit_at("HEAD") or "", None, "") | others()
        )


def _strays(found: set[Found]) -> set[Found]:
    return {one for one in found if one[2] == "T013"}


def _touched(strays: set[Found], changed: frozenset[str]) -> set[Found]:
    """Return the strays that were changed, or are folders in which something was."""
    return {one for one in strays if any(path == one[0] or path.startswith(f"{one[0]}/") for path in changed)}


@pytest.mark.parametrize(
    "place",
    [
        "tickets/2026/11/HD-1/sub/x.txt",
        "tickets/2026/11/HD-1/sub/below/HD-5.md",
        "tickets/2026/11/HD-9/sub/x.txt",
        "tickets/2026/11/HD-1/sub/what?.txt",
        "tickets/2026/11/HD-9/files/what?.txt",
        "tickets/a/b/c/d/e/f/g/what?.txt",
        "tickets/a/b/c/d/e/f/x.txt",
        "tickets/a/b/c/d/e/f/g/x.md",
        "tickets/a/b/c/d/e/f/g/h/x.md",
    ],
)
def test_what_lies_in_a_folder_that_is_no_desks_is_told_where_the_whole_tells_it(
    desk: Path, place: str
) -> None:
    write_ticket(desk, 1)
    commit(desk)
    (desk / place).parent.mkdir(parents=True)
    (desk / place).write_text("Lost.\n")
    told = whole(desk)
    found, _checked = check_paths(Workspace.open(desk), {place})
    change = change_findings(compare(Workspace.open(desk), "HEAD"))
    assert {code for _path, _line, code in told} == {"T013"}
    assert told == {key(finding) for finding in found} == {key(finding) for finding in change}


def test_a_comment_that_lost_its_ticket_claims_no_name(desk: Path) -> None:
    name = "2026-11-20T101200Z-omar.md"
    for place in (f"tickets/2026/11/HD-1/{name}", f"tickets/drafts/{name}"):
        (desk / place).parent.mkdir(parents=True)
        (desk / place).write_text("---\nauthor: omar\n---\nDone.\n")
    codes = {code for _path, _line, code in whole(desk)}
    found, _checked = check_paths(Workspace.open(desk), {f"tickets/drafts/{name}"})
    assert "T010" in codes
    assert "T201" not in codes | {finding.code for finding in found}


def test_what_an_editor_keeps_beside_an_open_file_is_no_finding(desk: Path) -> None:
    write_ticket(desk, 1)
    folder = desk / "tickets/2026/11"
    (folder / ".HD-1.md.swp").write_bytes(b"b0VIM")
    (folder / ".#HD-1.md").symlink_to("ada@host.example.1234:1764000000")
    (folder / ".gitkeep").write_text("")
    assert not whole(desk)
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "Left behind")
    committed = Workspace.open(desk).at(git(desk, "rev-parse", "HEAD").strip())
    assert {finding.code for finding in all_findings(committed)} == {"T001", "T013"}
