"""Trees that a stranger made to read, hang, swell or confuse: each is answered in bounded time and memory."""

import json
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import git, ticket, write_ticket
from tests.validation.measured import Outcome, tracker

CANARY = "canary-that-must-not-sing"
GIGABYTE = 1 << 30


def codes(outcome: Outcome) -> dict[str, set[str]]:
    """Return the codes that `validate --json` found, by file."""
    found: dict[str, set[str]] = {}
    for finding in json.loads(outcome.out):
        found.setdefault(finding["path"], set()).add(finding["code"])
    return found


def validate(desk: Path, *options: str) -> dict[str, set[str]]:
    """Validate, and return the codes by file."""
    done = tracker(desk, "validate", "--json", *options)
    wrong = any(finding["severity"] == "error" for finding in json.loads(done.out))
    assert done.code == (1 if wrong else 0), done.told
    return codes(done)


def smoke(desk: Path) -> str:
    """Run the other commands that look at every ticket, and return all that they print."""
    done = [tracker(desk, *words) for words in (("list",), ("list", "--json"), ("show", "HD-1"), ("index",))]
    return "".join(outcome.told for outcome in done)


# Nothing outside of the desk is read.


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the desk with what nobody may see, and a pipe in which a reader would hang."""
    folder = tmp_path / f"outside-{CANARY}"
    (folder / "files").mkdir(parents=True)
    (folder / "HD-66.md").write_text(ticket(66, CANARY, body=CANARY))
    (folder / "HD-66").mkdir()
    (folder / "2026-11-24T101200Z-ada.md").write_text(f"---\nauthor: {CANARY}\ncreated: x\n---\n{CANARY}\n")
    (folder / f"{CANARY}.png").write_text(CANARY)
    (folder / "files" / f"{CANARY}.png").write_text(CANARY)
    os.mkfifo(folder / "pipe.md")
    return folder


LINKS = {
    "tickets/2026/11/HD-2.md": "HD-66.md",
    "tickets/2026/11/HD-3.md": "pipe.md",
    "tickets/drafts": ".",
    "tickets/2025": ".",
    "tickets/2026/10": ".",
    "tickets/2026/11/HD-1": ".",
    "tickets/2026/11/HD-4/2026-11-24T101200Z-ada.md": "2026-11-24T101200Z-ada.md",
    "tickets/2026/11/HD-4/2026-11-24T101201Z-ada.md": "pipe.md",
    "tickets/2026/11/HD-5/files": "files",
    "tickets/2026/11/HD-6/files/photo.png": f"{CANARY}.png",
    "tickets/2026/11/photo.png": f"{CANARY}.png",
    "tickets/2026/11/HD-7": ".",
    "tickets/2026/09/notes.md": ".",
}
"""What lies outside, by the place in the desk that leads there."""


def lead_outside(desk: Path, outside: Path, *, chain: bool = False) -> None:
    """Put every link into a desk; those of a chain lead over another link."""
    for number in (1, 4, 5, 6):
        write_ticket(desk, number, body="See files/photo.png.\n")
    for number, (place, target) in enumerate(LINKS.items()):
        goal = outside / target
        if chain:
            (desk / f"between-{number}").symlink_to(goal)
            goal = desk / f"between-{number}"
        (desk / place).parent.mkdir(parents=True, exist_ok=True)
        (desk / place).symlink_to(goal)


@pytest.mark.parametrize("chain", [False, True], ids=["directly", "by a chain"])
def test_links_are_named_and_never_followed(chain: bool, desk: Path, outside: Path) -> None:
    lead_outside(desk, outside, chain=chain)
    expected = {place: {"T001"} for place in LINKS}
    done = tracker(desk, "validate", "--json")
    assert codes(done) == expected
    told = done.told + tracker(desk, "validate").told + smoke(desk) + tracker(desk, "show", "HD-66").told
    assert validate(desk, *LINKS) == expected
    for path in ("tickets/drafts/HD-66.md", "tickets/2026/11/HD-1/HD-66.md", "tickets/2026/11/HD-5/files/x"):
        told += tracker(desk, "validate", path).told
    git(desk, "add", "-A")
    told += tracker(desk, "validate", "--changed").told
    git(desk, "commit", "-qm", "Link")
    for revisions in (("--at", "HEAD"), ("--base", "HEAD~1", "--at", "HEAD")):
        done = tracker(desk, "validate", "--json", *revisions)
        assert {path: found for path, found in codes(done).items() if "T001" in found} == expected
        told += done.told
    assert CANARY not in told


@pytest.mark.parametrize("place", ["tickets", "tracker.yml", "templates", "site"])
def test_a_link_in_place_of_the_desks_own_is_not_followed(place: str, desk: Path, outside: Path) -> None:
    (outside / "tracker.yml").write_text(f"desk: {CANARY}\n{CANARY}: {CANARY}\n")
    if (desk / place).exists():
        (desk / place).unlink()
    (desk / place).symlink_to(outside / "tracker.yml" if place == "tracker.yml" else outside)
    done = tracker(desk, "validate", "--json")
    assert done.code == {"tickets": 1, "tracker.yml": 3}.get(place, 0)
    told = done.told + smoke(desk) + tracker(desk, "new", "A title", "--dry-run").told
    assert CANARY not in told


def test_the_website_shows_nothing_from_outside(desk: Path, outside: Path, tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).parents[2] / "site", desk / "site", symlinks=True)
    shutil.copy(Path(__file__).parents[2] / "mkdocs.yml", desk)
    lead_outside(desk, outside)
    tracker(desk, "build", "-d", str(tmp_path / "public"), seconds=30)
    shown = [path for path in (tmp_path / "public").rglob("*") if path.is_file()]
    assert shown
    assert not [path for path in shown if CANARY.encode() in path.read_bytes() or CANARY in path.name]


# What is no ordinary file.


PLACES = (
    *("tickets/2026/11/HD-2.md", "tickets/drafts/x.md", "tickets/2026/11/HD-1/a.md"),
    *("tickets/2026/11/HD-1/files/a", "tickets/2026/11/a.csv"),
)


@pytest.mark.parametrize("kind", ["pipe", "socket", "device", "folder"])
def test_what_is_no_file_is_said_and_not_opened(kind: str, desk: Path) -> None:
    write_ticket(desk, 1)
    for place in PLACES:
        (desk / place).parent.mkdir(parents=True, exist_ok=True)
        if kind == "pipe":
            os.mkfifo(desk / place)
        elif kind == "socket":
            os.chdir((desk / place).parent)  # the whole path may be too long for an address
            with socket.socket(socket.AF_UNIX) as listener:
                listener.bind(Path(place).name)
            os.chdir(desk)
        elif kind == "folder":
            (desk / place).mkdir()
        else:
            endless, unused = os.makedev(1, 5), os.makedev(0, 0)  # /dev/zero; what anybody may make
            os.mknod(desk / place, 0o20666, endless if os.geteuid() == 0 else unused)
    found = validate(desk)
    if kind != "folder":
        assert found == {place: {"T013" if place.endswith(".csv") else "T001"} for place in PLACES}
        assert validate(desk, *PLACES) == found
    smoke(desk)


# Size.


def sparse(path: Path, size: int = GIGABYTE, start: bytes = b"") -> None:
    """Make a huge file that takes no place on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(start)
    os.truncate(path, size)


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("tickets/2026/11/HD-2.md", "T002"),
        ("tickets/drafts/x.md", "T002"),
        ("tickets/2026/11/HD-1/a.md", "T002"),
        ("tickets/2026/11/HD-1/files/a.bin", "T210"),
        ("tickets/2026/11/a.bin", "T013"),
    ],
)
def test_a_huge_file_is_not_read(place: str, code: str, desk: Path) -> None:
    write_ticket(desk, 1, body="See a.bin.\n")
    sparse(desk / place, start=ticket(2).encode())
    assert validate(desk) == {place: {code}}


def test_a_huge_ticket_with_attachments_is_not_read(desk: Path) -> None:
    sparse(write_ticket(desk, 1), start=ticket(1).encode())
    (desk / "tickets/2026/11/HD-1/files").mkdir(parents=True)
    (desk / "tickets/2026/11/HD-1/files/a.txt").write_text("a")
    write_ticket(desk, 2, more="links:\n  - follows HD-1\n")
    found = validate(desk)
    assert found == {"tickets/2026/11/HD-1.md": {"T002"}, "tickets/2026/11/HD-1/files/a.txt": {"T209"}}
    assert validate(desk, "--fix") == found
    smoke(desk)


def test_a_huge_configuration_is_not_read(desk: Path) -> None:
    sparse(desk / "tracker.yml", start=b"desk: x\n")
    done = tracker(desk, "validate", "--json")
    assert codes(done) == {"tracker.yml": {"C002"}}
    assert tracker(desk, "list").code == 3


def test_a_huge_file_of_a_commit_is_not_read(desk: Path) -> None:
    write_ticket(desk, 1)
    sparse(desk / "tickets/2026/11/HD-2.md", 600 << 20, ticket(2).encode())
    git(desk, "-c", "core.compression=1", "add", "-A")
    git(desk, "commit", "-qm", "Large")
    (desk / "tickets/2026/11/HD-2.md").unlink()
    assert codes(tracker(desk, "validate", "--at", "HEAD", "--json", seconds=20)) == {
        "tickets/2026/11/HD-2.md": {"T002"}
    }
    assert tracker(desk, "validate", "--base", "HEAD~1", "--at", "HEAD", seconds=20).code == 1


def head(text: str) -> str:
    """Return a ticket with something odd in its front matter."""
    return ticket(1).replace("requester:", f"{text}\nrequester:", 1)


_LEVELS = "\n".join(f"{' ' * depth}a:" for depth in range(350))
BOMBS: dict[str, tuple[str, set[str]]] = {
    "anchors": (
        "a: &a [x, x]\n" + "\n".join(f"b{n}: &b{n} [*a, *a, *a, *a, *a, *a]" for n in range(200)),
        {"T007"},
    ),
    "brackets that never close": ("a: " + "[" * 60_000, {"T005"}),
    "braces that never close": ("a: " + "{" * 60_000, {"T005"}),
    "deep brackets": ("a: " + "[" * 30_000 + "]" * 30_000, {"T005"}),
    "deep blocks": (_LEVELS, {"T007"}),
    "deep items": ("a:\n  " + "- " * 30_000 + "x", {"T007"}),
    "deep questions": ("? " * 30_000, {"T007"}),
    "a long key": ("k" * 60_000 + ": x", {"T005"}),
    "a long key that fits": ("k" * 900 + ": x", set()),
    "many keys": ("\n".join(f"k{n}:" for n in range(8_000)), set()),
    "many keys twice": ("\n".join(f"k{n % 4000}:" for n in range(8_000)), {"T006"}),
    "many keys almost known": ("\n".join(f"statu{n}: x" for n in range(5_000)), {"T106"}),
    "many spaces": ("a: x" + " " * 60_000, {"T111"}),
    "many lines of spaces": (
        "\n".join(["labels:", *(f"  - x{n}   " for n in range(5_000))]),
        {"T108", "T111"},
    ),
    "many items": ("\n".join(["labels:", *("  - x" for _n in range(9_000))]), {"T108"}),
    "many items in brackets": ("labels: [" + ",".join("x" * 30_000) + "]", {"T108", "T110"}),
    "many links": ("links:\n" + "\n".join(f"  - follows HD-9{n}" for n in range(3_000)), {"T108", "T202"}),
    "many parents": (
        "links:\n" + "\n".join("  - parent HD-1" for _n in range(3_000)),
        {"T108", "T203", "T214"},
    ),
    "many exceptions": ("exceptions:\n" + "\n".join("  - x" for _n in range(9_000)), {"T108", "T114"}),
    "many aliases": ("aliases:\n" + "\n".join(f"  - a{n}" for n in range(6_000)), {"T108"}),
    "the same alias": ("aliases:\n" + "\n".join("  - aaa" for _n in range(3_000)), {"T108", "T201"}),
    "many wrong watchers": ("watchers:\n" + "\n".join(f"  - ad{n}" for n in range(3_000)), {"T103", "T108"}),
    "a long wrong status": ("work: " + "o" * 60_000, {"T103"}),
    "a number without end": ("affected: " + "9" * 60_000, {"T102"}),
    "a day without end": ("due: " + "2026-" * 12_000, {"T104"}),
    "quotes": ("a: " + "''" * 30_000, set()),
    "escapes": ('a: "' + "\\" * 60_001 + '"', {"T005"}),
    "colons": ("a" + ":" * 60_000, {"T005"}),
    "hashes": ("a: x" + " #" * 30_000, set()),
}


@pytest.mark.parametrize("name", BOMBS)
def test_odd_front_matter_is_answered_at_once(name: str, desk: Path) -> None:
    text, expected = BOMBS[name]
    path = write_ticket(desk, 1)
    path.write_text(head(text))
    found = validate(desk)
    told = found.get("tickets/2026/11/HD-1.md", set())
    assert expected - told == set() if expected else told <= {"T005", "T109", "T202"}, told
    tracker(desk, "validate", "--fix")
    tracker(desk, "show", "HD-1")


def test_all_of_it_is_listed(desk: Path) -> None:
    for number, (text, _codes) in enumerate(BOMBS.values(), 1):
        write_ticket(desk, number).write_text(head(text).replace("HD-1", f"HD-{number}"))
    smoke(desk)


@pytest.mark.parametrize(
    "name", ["anchors", "brackets that never close", "deep blocks", "many keys twice", "deep items"]
)
def test_an_odd_configuration_is_answered_at_once(name: str, desk: Path) -> None:
    with (desk / "tracker.yml").open("a") as settings:
        settings.write(BOMBS[name][0] * (1 if "keys" in name else 10) + "\n")
    done = tracker(desk, "validate", "--json")
    assert all(found <= {"C005", "C006", "C007"} for found in codes(done).values())
    assert done.code == 1


def test_a_hundred_thousand_tickets(desk: Path) -> None:
    folder = desk / "tickets/2026/11"
    folder.mkdir(parents=True)
    short = "---\nid: HD-{}\ntitle: x\ntype: incident\nstatus: open\ncategory: network\npriority: low\n"
    short += "created: 2026-11-01T09:00:00Z\nrequester:\n  name: x\n---\n"
    for number in range(1, 100_001):
        (folder / f"HD-{number}.md").write_text(short.format(number))
    done = tracker(desk, "validate", "--no-index", seconds=30)
    assert (done.code, done.out) == (0, "100000 tickets checked: no findings.\n")


@pytest.mark.parametrize("place", ["tickets/drafts/{}.md", "tickets/2026/11/HD-1/{}.md"])
def test_a_hundred_thousand_files_that_are_wrong(place: str, desk: Path) -> None:
    write_ticket(desk, 1)
    (desk / place).parent.mkdir(parents=True, exist_ok=True)
    for number in range(100_000):
        (desk / place.format(number)).write_text("")
    done = tracker(desk, "validate", "--no-index", "--json", seconds=30)
    assert len(json.loads(done.out)) == 100_000


# Depth.


def test_folders_a_thousand_deep_on_disk(desk: Path) -> None:
    write_ticket(desk, 1)
    for start in ("tickets/2026/11/HD-1/files", "tickets/deep", "tickets/2026/11/HD-1/sub"):
        (desk / start).mkdir(parents=True, exist_ok=True)
        os.chdir(desk / start)
        for _number in range(1_000):
            Path("d").mkdir()
            os.chdir("d")
        Path("x.md").write_text("x")
        os.chdir(desk)
    try:
        found = validate(desk)
        assert set.union(*found.values()) == {"T013"}
        assert tracker(desk, "validate", "--changed").code == 1
        smoke(desk)
    finally:  # Python’s own removal of folders is recursive, and would stop all later runs
        subprocess.run(["rm", "-rf", *(desk / "tickets").iterdir()], check=True)


def test_folders_a_hundred_thousand_deep_in_a_commit(desk: Path) -> None:
    write_ticket(desk, 1)
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "Before")
    deepest = 20_000
    blob = git(desk, "rev-parse", "HEAD:tickets/2026/11/HD-1.md").strip()
    tree = bytes.fromhex(blob)
    parts = [b"100644 x.md\0" + tree]
    import hashlib
    import zlib

    for _number in range(deepest):
        data = parts[-1]
        whole = b"tree %d\0" % len(data) + data
        name = hashlib.sha1(whole).hexdigest()  # Git's
        place = desk / ".git/objects" / name[:2] / name[2:]
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(zlib.compress(whole, 0))
        parts.append(b"40000 d\0" + bytes.fromhex(name))
    git(desk, "read-tree", "--empty")
    top = _tree_with(desk, "tickets/deep", name)
    commit = git(desk, "commit-tree", "-p", "HEAD", "-m", "Deep", top).strip()
    done = tracker(desk, "validate", "--at", commit, "--json", seconds=20)
    assert set.union(*codes(done).values()) == {"T013"}
    tracker(desk, "validate", "--base", "HEAD", "--at", commit, seconds=20)


def _tree_with(desk: Path, place: str, name: str) -> str:
    """Return the tree of HEAD with another tree at a place; Git's index cannot hold it."""
    above, _slash, last = place.rpartition("/")
    entries = git(desk, "ls-tree", f"HEAD:{above}" if above else "HEAD")
    others = [line for line in entries.splitlines() if not line.endswith(f"\t{last}")]
    listing = "\n".join([*others, f"040000 tree {name}\t{last}"]) + "\n"
    made = subprocess.run(
        ["git", "mktree"], cwd=desk, input=listing, capture_output=True, text=True, check=True
    )
    return _tree_with(desk, above, made.stdout.strip()) if above else made.stdout.strip()


# Texts against regular expressions.

MEGABYTE = (1 << 20) - 1_000
BODIES: dict[str, Callable[[], str]] = {
    "backticks": lambda: "`" * MEGABYTE,
    "backticks apart": lambda: "` " * (MEGABYTE // 2),
    "backticks of every length": lambda: "".join("`" * n + " " for n in range(1, 1_400)),
    "backticks in lines": lambda: "```\n" * (MEGABYTE // 4),
    "openings of code": lambda: "".join("`" * (n % 50 + 3) + "a\n" for n in range(35_000)),
    "fences that differ": lambda: "".join(f"{'`~'[n % 2] * (3 + n % 7)}a\n" for n in range(100_000)),
    "less than": lambda: "<" * MEGABYTE,
    "conflicts that never end": lambda: "<<<<<<< a\n" * (MEGABYTE // 10),
    "conflicts without an end": lambda: "<<<<<<< a\n" * (MEGABYTE // 20) + "=======\n" * (MEGABYTE // 20),
    "brackets": lambda: "[" * MEGABYTE,
    "stars": lambda: "*" * MEGABYTE,
    "stars apart": lambda: "*a_ " * (MEGABYTE // 4),
    "links": lambda: "[a](" * (MEGABYTE // 4),
    "digits": lambda: "4 " * (MEGABYTE // 2),
    "cards": lambda: "4242 4242 4242 4241 " * (MEGABYTE // 20),
    "real cards": lambda: "4242424242424242\n" * (MEGABYTE // 17),
    "tokens": lambda: "AKIAABCDEFGHIJKLMNOP\n" * (MEGABYTE // 21),
    "almost keys": lambda: "-----BEGIN A A A " * (MEGABYTE // 17),
    "at signs": lambda: "@a" * (MEGABYTE // 2),
    "ids": lambda: "HD-1 " * (MEGABYTE // 5),
    "spaces": lambda: " " * MEGABYTE,
    "line ends": lambda: "\r" * MEGABYTE,
    "quotes": lambda: "> " * 100_000,
    "table": lambda: "|a" * (MEGABYTE // 2),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_long_text_takes_no_longer_than_its_length(name: str, desk: Path) -> None:
    text = BODIES[name]()
    write_ticket(desk, 1, body=text)
    (desk / "tickets/2026/11/HD-1/files").mkdir(parents=True)
    (desk / "tickets/2026/11/HD-1/files/a.txt").write_text("x")
    (desk / "tickets/2026/11/HD-1/2026-11-24T101200Z-ada.md").write_text(
        f"---\nauthor: ada\ncreated: 2026-11-24T10:12:00Z\n---\n{text}"
    )
    validate(desk, "--no-index")
    tracker(desk, "list", "--json")
    tracker(desk, "show", "HD-1")


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|a)*b", "(.*)*x", "a{1000}{1000}", "(?<=a)b", "[", "(" * 5_000]
)
def test_a_pattern_of_the_configuration_takes_linear_time(pattern: str, desk: Path) -> None:
    settings = (desk / "tracker.yml").read_text()
    (desk / "tracker.yml").write_text(f"{settings}  code: {{kind: text, pattern: '{pattern}'}}\n")
    write_ticket(desk, 1, more=f"code: {'a' * 50_000}!\n")
    done = tracker(desk, "validate", "--json")
    assert set.union(*codes(done).values()) <= {"T105", "C103"}
    assert done.code == 1


# Names and texts that a terminal would obey.

ESCAPES = ("\x1b[31mred", "\x1b]0;title\x07", "line\nbreak", "\u202etxt.exe", "\x9b2J", "\r\x1b[2K", "a\tb")


def test_no_escape_code_reaches_the_terminal(desk: Path) -> None:
    write_ticket(desk, 1)
    folder = desk / "tickets/2026/11"
    (folder / "HD-1/files").mkdir(parents=True)
    for number, name in enumerate(ESCAPES):
        first, second = 100 + number, 200 + number
        (folder / f"{name}.md").write_text(ticket(2))
        (folder / f"{name}.csv").write_text("x")
        (folder / "HD-1/files" / f"{name}.png").write_text("x")
        (folder / "HD-1" / f"{name}.md").write_text(f"---\nauthor: {name!r}\n---\n{name}\n")
        quoted = json.dumps(name)
        text = ticket(first, quoted, f"assignee: {quoted}\n{quoted}: {quoted}\n", name)
        (folder / f"HD-{first}.md").write_text(text)
        (folder / f"HD-{second}.md").write_text(ticket(second, name.replace("\n", " ")))
    told = tracker(desk, "validate").told + smoke(desk) + tracker(desk, "validate", "--json").told
    assert "HD-100" in told
    for number, name in enumerate(ESCAPES):
        tracker(desk, "show", f"HD-{100 + number}")
        tracker(desk, "validate", f"tickets/2026/11/{name}.md", f"no/such/{name}")
        tracker(desk, "validate", "--base", name)
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "Odd")
    tracker(desk, "validate", "--base", "HEAD~1", "--at", "HEAD")


def test_names_that_are_no_text(desk: Path) -> None:
    write_ticket(desk, 1)
    folder = os.fsencode(desk / "tickets/2026/11")
    (desk / "tickets/2026/11/HD-1/files").mkdir(parents=True)
    for name in (b"\xff\xfe.md", b"\xff.csv", b"HD-1/\xff.md", b"HD-1/files/\xff\x1b.png", b"\x80"):
        Path(os.fsdecode(folder + b"/" + name)).write_text(ticket(2))
    found = validate(desk)
    assert len(found) == 5
    smoke(desk)
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "Odd")
    assert validate(desk, "--at", "HEAD") == found
    assert validate(desk, "--base", "HEAD~1", "--at", "HEAD").keys() == {*found, "tickets/2026/11/HD-1.md"}


# What Git holds.


def commit_of(desk: Path, *entries: str) -> str:
    """Return a commit with odd entries, given as `mode type object name`, below the month of a ticket."""
    write_ticket(desk, 1)
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "Before")
    blob = git(desk, "rev-parse", "HEAD:tickets/2026/11/HD-1.md").strip()
    listing = git(desk, "ls-tree", "HEAD:tickets/2026/11")
    listing += "".join(f"{entry.format(blob=blob)}\n" for entry in entries)
    made = subprocess.run(
        ["git", "mktree", "--missing"], cwd=desk, input=listing, capture_output=True, text=True, check=True
    )
    month = _tree_with(desk, "tickets/2026/11", made.stdout.strip())
    return git(desk, "commit-tree", "-p", "HEAD", "-m", "Odd", month).strip()


def test_a_submodule_in_place_of_a_ticket_or_a_folder(desk: Path) -> None:
    gone = "1234567890" * 4
    commit = commit_of(
        desk, f"160000 commit {gone}\tHD-2.md", f"160000 commit {gone}\tHD-3", f"160000 commit {gone}\tx"
    )
    found = validate(desk, "--at", commit)
    assert found["tickets/2026/11/HD-2.md"] == {"T001"}
    assert found["tickets/2026/11/x"] == {"T013"}
    assert validate(desk, "--base", "HEAD", "--at", commit) == found


def _commit_of_odd(desk: Path, data: bytes) -> str:
    """Return a commit in which a month is a tree that Git itself would not make."""
    made = subprocess.run(
        ["git", "hash-object", "-t", "tree", "-w", "--stdin", "--literally"],
        cwd=desk,
        input=data,
        capture_output=True,
        check=True,
    )
    top = _tree_with(desk, "tickets/2026/11", made.stdout.decode().strip())
    return git(desk, "commit-tree", "-p", "HEAD", "-m", "Odd", top).strip()


def test_odd_modes_and_names_in_a_tree(desk: Path) -> None:
    write_ticket(desk, 1)
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "Before")
    blob = bytes.fromhex(git(desk, "rev-parse", "HEAD:tickets/2026/11/HD-1.md").strip())
    names = (b"100664 HD-2.md", b"100600 HD-3.md", b"0 HD-4.md", b"100644 ..", b"100644 .", b"100644 a/b.md")
    names = (*names, b"120777 HD-5.md", b"140000 HD-6.md", b"777 HD-7.md", b"100644 .git", b"100644 HD-2.md")
    data = b"".join(name + b"\0" + blob for name in names)
    commit = _commit_of_odd(desk, data)
    for options in (("--at", commit), ("--base", "HEAD", "--at", commit)):
        assert tracker(desk, "validate", *options).code in (1, 3)


@pytest.mark.parametrize(
    "data", [b"", b"x", b"100644", b"100644 a\0", b"abc a\0" + b"x" * 20, b"\xff\xff a\0" + b"x" * 20]
)
def test_a_tree_that_is_garbage(data: bytes, desk: Path) -> None:
    write_ticket(desk, 1)
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "Before")
    commit = _commit_of_odd(desk, data)
    for options in (("--at", commit), ("--base", "HEAD", "--at", commit)):
        assert tracker(desk, "validate", *options).code in (0, 1, 3)


@pytest.mark.parametrize(
    "place", [".git/index", ".git/HEAD", ".git/config", ".git/packed-refs", ".git/refs/heads/main"]
)
def test_a_repository_full_of_garbage(place: str, desk: Path) -> None:
    write_ticket(desk, 1)
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "Before")
    (desk / place).write_bytes(bytes(range(256)) * 10)
    for options in ((), ("--changed",), ("--at", "HEAD"), ("--base", "HEAD")):
        assert tracker(desk, "validate", *options).code in (0, 2, 3)
    tracker(desk, "list")


@pytest.mark.parametrize("kind", ["file", "link", "pipe", "empty folder"])
def test_a_git_folder_that_is_none(kind: str, desk: Path, outside: Path) -> None:
    write_ticket(desk, 1)
    shutil.rmtree(desk / ".git")
    if kind == "file":
        (desk / ".git").write_text(f"gitdir: {outside}\n")
    elif kind == "link":
        (desk / ".git").symlink_to(outside)
    elif kind == "pipe":
        os.mkfifo(desk / ".git")
    else:
        (desk / ".git").mkdir()
    assert tracker(desk, "validate").code in (0, 3)
    assert CANARY not in re.sub(r"outside-\S*", "", tracker(desk, "validate", "--changed").told)


def test_a_cache_full_of_garbage(desk: Path) -> None:
    write_ticket(desk, 1)
    assert tracker(desk, "validate").code == 0
    for path in (desk / ".git/tracker").iterdir():
        path.write_bytes(os.urandom(1 << 16))
    assert tracker(desk, "validate").code == 0
