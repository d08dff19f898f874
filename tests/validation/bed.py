"""A demonstration desk in which faults are planted, with what must be found there."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NOW = "2024-11-24"
"""The last day of the desk's history, so that all of it is past wherever a clock is right."""

ORDER = (
    *("id", "title", "type", "status", "category", "priority", "created", "assignee", "requester", "due"),
    *(
        "department",
        "location",
        "work",
        "affected",
        "change_window",
        "labels",
        "system",
        "outage",
        "links",
        "watchers",
    ),
    *("exceptions", "aliases"),
)
GONE = """
  zoe: {name: Zoé Petit, email: zoe.petit@example.org, active: {until: 2020-01-01}}
"""
CLOSED = """
  nice:
    label: Nice
    active: {until: 2020-01-01}
"""

Found = tuple[str, int, str]
"""The file, the line and the code of a finding."""


@dataclass(slots=True)
class Bed:
    """A desk that is being planted.

    Attributes:
        root: its folder.
        random: chooses places.
        free: the tickets that are as they were, and that no link connects with others.
        expected: what must be found.
        repaired: the bytes of each file that `--fix` must change; None for one that it moves away.
    """

    root: Path
    random: Random
    free: list[str] = field(default_factory=list)
    expected: Counter[Found] = field(default_factory=Counter)
    repaired: dict[str, bytes | None] = field(default_factory=dict)

    def text(self, path: str) -> str:
        """Return a file's text; what is no UTF-8 in it survives."""
        return (self.root / path).read_bytes().decode("utf-8", "surrogateescape")

    def write(self, path: str, text: str) -> str:
        """Write a file, and return its path."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode("utf-8", "surrogateescape"))
        return path

    def move(self, path: str, new: str) -> str:
        """Move a ticket that has no conversation."""
        (self.root / new).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).rename(self.root / new)
        return new

    def expect(self, code: str, path: str, line: int = 1) -> None:
        """Say what must be found."""
        self.expected[path, line, code] += 1

    def take(self, *, alone: bool = False) -> str:
        """Return a ticket that nothing was planted in; on request one without a conversation."""
        for place, path in enumerate(self.free):
            if not (alone and (self.root / path.removesuffix(".md")).exists()):
                return self.free.pop(place)
        raise LookupError("the desk has too few tickets")

    def new_id(self) -> str:
        """Return a number that no ticket has."""
        return f"HD-{self.random.randrange(10_000, 10_000_000)}"

    def conversation(self, path: str) -> str:
        """Return the folder of a ticket's conversation."""
        return path.removesuffix(".md")

    def comment(
        self, path: str, more: str = "", *, body: str = "Done.\n", author: str = "omar", **others: str
    ) -> str:
        """Add a comment to a ticket and return its path."""
        fields = {"author": author, "created": "2024-11-20T10:00:00Z", "visibility": "public"} | others
        head = "".join(f"{key}: {value}\n" for key, value in fields.items()) + more
        name = f"2024-11-20T{self.random.randrange(10**6):06}Z-omar.md"
        return self.write(f"{self.conversation(path)}/{name}", f"---\n{head}---\n{body}")


def make_desk(root: Path, tickets: int, seed: int) -> Bed:
    """Make a demonstration desk with somebody and a place that are no more, and nothing planted yet."""
    command = [sys.executable, "-m", "tracker", "demo", str(root), "--tickets", str(tickets), "--now", NOW]
    subprocess.run([*command, "--seed", str(seed)], check=True, capture_output=True)
    settings = root / "tracker.yml"
    text = settings.read_text().replace("\npeople:\n", f"\npeople:{GONE}")
    settings.write_text(text.replace("\nlocations:\n", f"\nlocations:{CLOSED}"))
    bed = Bed(root, Random(seed))
    paths = {path.stem: path for path in sorted((root / "tickets").glob("2*/*/HD-*.md"))}
    links = {
        name: re.findall(r"^  - \w+ (HD-\d+)$", path.read_text(), re.MULTILINE)
        for name, path in paths.items()
    }
    linked = {name for name, targets in links.items() if targets} | {t for ts in links.values() for t in ts}
    bed.free = [path.relative_to(root).as_posix() for name, path in paths.items() if name not in linked]
    bed.random.shuffle(bed.free)
    return bed


def value_of(text: str, key: str) -> str:
    """Return the scalar that a key has in front matter, without quotes; empty where there is none."""
    found = re.search(rf"^{key}: '?(.*?)'?$", text, re.MULTILINE)
    return found[1] if found else ""


def line_of(text: str, key: str) -> int:
    """Return the line of a key."""
    return text[: re.search(rf"^{key}:", text, re.MULTILINE).start()].count("\n") + 1  # type: ignore[union-attr]  # it is there


def put(text: str, key: str, lines: str) -> tuple[str, int]:
    """Return a ticket's text with `lines` in the place of a key's lines, and the number of the first.

    A key that is not there is put where the order of fields has it.
    """
    head, close, body = text.partition("\n---\n")
    blocks = re.split(r"\n(?=\S)", head)
    names = [block.partition(":")[0] for block in blocks]
    if key in names:
        place = names.index(key)
        blocks[place : place + 1] = [lines] if lines else []
    else:
        known = [ORDER.index(name) if name in ORDER else -1 for name in names]
        place = next((n for n, rank in enumerate(known) if rank > ORDER.index(key)), len(blocks))
        blocks.insert(place, lines)
    return "\n".join(blocks) + close + body, "\n".join(["", *blocks[:place]]).count("\n") + 1
