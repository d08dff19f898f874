"""What `include` in `tracker.yml` may name, and what becomes of all else, wherever a desk is read from."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import CONFIGURATION, Run, git, new_repository, write_ticket
from tests.federation import commit
from tracker.editor.desk import open_desk
from tracker.editor.diagnostics import diagnose
from tracker.errors import StorageError
from tracker.store.tree import Revision, WorkTree

SECRET = "hunter2: of nobody's business"


class Case(NamedTuple):
    """What is included, the files that there are, and what is told; nothing where all is well."""

    include: str
    files: dict[str, str]
    told: str


PEOPLE = "settings/people.yml"
CASES = {
    "sound": Case(PEOPLE, {PEOPLE: "teams: {desk: {members: [ada]}}\n"}, ""),
    "outside": Case("../outside.yml", {}, "does not have the form of include.0"),
    "far outside": Case("[settings/../../outside.yml]", {}, "does not have the form of include.0"),
    "absolute": Case("{here}/outside.yml", {}, "does not have the form of include.0"),
    "no name": Case('["settings/a\\0.yml"]', {}, "does not have the form of include.0"),
    "a folder below": Case("settings/a/b.yml", {"settings/a/b.yml": "teams: {}\n"}, "not have the form"),
    "a mapping": Case("{{a: b}}", {}, "must be"),
    "a link": Case(PEOPLE, {PEOPLE: "-> ../../outside.yml"}, "is a symbolic link, which is never followed"),
    "a link inside": Case(PEOPLE, {PEOPLE: "-> ../tracker.yml"}, "is a symbolic link"),
    "a linked folder": Case(PEOPLE, {"settings": "-> .."}, "is not an ordinary file"),
    "twice": Case(f"[{PEOPLE}, {PEOPLE}]", {PEOPLE: "teams: {desk: {members: [ada]}}\n"}, ""),
    "huge": Case(PEOPLE, {PEOPLE: "#" * (2 << 20)}, "error C002"),
    "a folder": Case(PEOPLE, {f"{PEOPLE}/a.yml": ""}, "is not an ordinary file"),
    "missing": Case(PEOPLE, {}, ""),
    "no YAML": Case(PEOPLE, {PEOPLE: "teams: [\n"}, "error C005"),
    "no mapping": Case(PEOPLE, {PEOPLE: "- teams\n"}, "settings/people.yml:1:1"),
    "no UTF-8": Case(PEOPLE, {PEOPLE: "desk: \udcff\n"}, "error C003"),
    "a conflict": Case(PEOPLE, {PEOPLE: "<<<<<<< a\n=======\n>>>>>>> b\n"}, "error C008"),
    "empty": Case(PEOPLE, {PEOPLE: ""}, ""),
    "another include": Case(PEOPLE, {PEOPLE: "include: settings/more.yml\n"}, "Only tracker.yml includes"),
    "a list in two": Case(PEOPLE, {PEOPLE: "categories: [a]\n"}, "categories is also in tracker.yml"),
    "a name in two": Case(
        PEOPLE, {PEOPLE: "people: {ada: {name: A}}\n"}, "people.ada is also in tracker.yml"
    ),
    "an unknown name": Case(PEOPLE, {PEOPLE: "teams: {a: {members: [x]}}\n"}, f"{PEOPLE}:1:23"),
}
FAULTY = {name: case for name, case in CASES.items() if case.told or name == "missing"}


def write(folder: Path, case: Case) -> None:
    """Add to a desk what it includes, and the files of that name."""
    with (folder / "tracker.yml").open("a") as settings:
        settings.write(f"include: {case.include.format(here=folder.parent)}\n")
    for path, text in case.files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if text.startswith("-> "):
            file.symlink_to(text.removeprefix("-> "))
        else:
            file.write_bytes(text.encode("utf-8", "surrogateescape"))
    (folder.parent / "outside.yml").write_text(SECRET)


Place = Callable[[Path, Case], tuple[str, ...]]


def on_disk(desk: Path, case: Case) -> tuple[str, ...]:
    write(desk, case)
    return ("validate", "--no-index")


def in_an_old_commit(desk: Path, case: Case) -> tuple[str, ...]:
    write_ticket(desk, 1)
    write(desk, case)
    commit(desk, "Include")
    git(desk, "revert", "--no-edit", "HEAD")
    write_ticket(desk, 1)
    return ("show", "HD-1", "--at", "HEAD~1")


def in_what_a_change_began_with(desk: Path, case: Case) -> tuple[str, ...]:
    write(desk, case)
    commit(desk, "Include")
    (desk / "README.md").write_text("A desk\n")
    commit(desk, "Say what it is")
    return ("validate", "--base", "HEAD~1")


@pytest.fixture(params=[on_disk, in_an_old_commit, in_what_a_change_began_with], ids=lambda one: one.__name__)
def place(request: pytest.FixtureRequest) -> Place:
    found: Place = request.param
    return found


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_included(case: Case, place: Place, desk: Path, run: Run) -> None:
    done = run(*place(desk, case))
    said = done.out + done.err
    assert done.code == (0 if case not in FAULTY.values() else 1 if place is on_disk else done.code)
    assert done.code <= 3
    assert case.told in said or place is not on_disk
    assert "hunter2" not in said
    assert str(desk) not in said


def test_what_is_missing_is_told_where_it_is_named(desk: Path, run: Run) -> None:
    write(desk, CASES["missing"])
    line = len(CONFIGURATION.splitlines()) + 1
    told = run("validate").out
    assert f"error C001: {PEOPLE} cannot be read" in told
    assert f"tracker.yml:{line}:10" in told


@pytest.mark.parametrize("case", FAULTY.values(), ids=FAULTY)
def test_in_a_bare_repository(
    case: Case, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    write(desk, case)
    commit(desk, "Include")
    git(tmp_path, "clone", "-q", "--bare", str(desk), "bare.git")
    monkeypatch.chdir(tmp_path / "bare.git")
    done = run("list")
    assert (done.code, done.out, "hunter2" in done.err) == (3, "", False), done


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_in_a_folder_of_a_repository(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    folder = tmp_path / "whole" / "desk"
    new_repository(folder.parent)
    folder.mkdir()
    (folder / "tracker.yml").write_text(CONFIGURATION)
    write(folder, case)
    (folder.parent / "outside.yml").write_text(SECRET)
    commit(folder.parent, "Set up")
    monkeypatch.chdir(folder)
    for command in (("validate",), ("validate", "--base", "HEAD")):
        done = run(*command)
        assert done.code == (1 if case in FAULTY.values() else 0), done
        assert "hunter2" not in done.out + done.err


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_at_another_desk(case: Case, desk: Path, tmp_path: Path, run: Run) -> None:
    other = tmp_path / "elsewhere" / "other"
    new_repository(other)
    (other / "tracker.yml").write_text(f"{CONFIGURATION}ids: {{prefix: AUS}}\n")
    write_ticket(other, 1).write_text(write_ticket(other, 1).read_text().replace("HD-1", "AUS-1"))
    write(other, case)
    commit(other, "Set up")
    with (desk / "tracker.yml").open("a") as settings:
        settings.write("desks: {AUS: {repository: ../elsewhere/other}}\n")
    done = run("desks", "--refresh")
    assert done.code <= 3
    assert ("cannot be read" in done.err + done.out) == (case in FAULTY.values())
    listed = run("list", "--all")
    assert listed.code <= 3
    assert ("A ticket" in listed.out) == (case not in FAULTY.values())
    assert "hunter2" not in done.out + done.err + listed.out + listed.err


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_in_an_editor(case: Case, desk: Path) -> None:
    write(desk, case)
    text = (desk / "tracker.yml").read_text()
    found = diagnose(open_desk(desk), "tracker.yml", text)
    assert bool(found) == (case in FAULTY.values())
    for one in found:
        assert one.finding.path == "tracker.yml"
        assert "hunter2" not in one.finding.message + one.finding.hint
    if case.told.startswith(f"{PEOPLE}:"):
        assert found[0].finding.message.startswith(f"{PEOPLE}:1:")
        assert found[0].stretch.start.line == 0


def test_a_section_that_is_empty_in_one_file_may_be_in_another(desk: Path, run: Run) -> None:
    write(desk, Case(PEOPLE, {PEOPLE: "teams: {desk: {members: [nobody]}}\n"}, ""))
    with (desk / "tracker.yml").open("a") as settings:
        settings.write("teams:\n")
    assert f"{PEOPLE}:1:26" in run("validate").out


@pytest.mark.parametrize(
    "path", ["../outside.yml", "settings/../../outside.yml", "/etc/passwd", "/tracker.yml"]
)
def test_nothing_is_read_outside_of_a_desk(path: str, desk: Path) -> None:
    write(desk, CASES["sound"])
    for tree in (WorkTree(desk), Revision(desk, git(desk, "rev-parse", "HEAD").strip())):
        with pytest.raises(StorageError, match="leads out of the desk"):
            tree.read(path)
