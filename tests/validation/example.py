"""Reads the examples of the rules: one text that holds a small desk.

A line `=== PATH ===` begins a file, which ends where the next such line stands. Three equals signs, a
space, a text, a space and three equals signs stand in no ticket: the middle line of a conflict in Git is
seven equals signs alone, and an underlined heading of Markdown is equals signs alone.

    === link: PATH -> TARGET ===      a symbolic link
    === in ENCODING: PATH ===         a text in an encoding of Python's instead of UTF-8
    === NUMBER bytes: PATH ===        its last line stands there again and again, until it has so many bytes
    === unreadable: PATH ===          nobody may read it

`␠` stands for a space that would not be seen at the end of a line. Without a `tracker.yml`, an example is
about the desk of `examples/tracker.yml`.

Where a rule is about a change, the example has two states. `=== before: PATH ===` is a file as it was; any
other is one as it is after the change, which leaves what it does not name as it was, and
`=== removed: PATH ===` is gone.

Above the first file stand the findings, one a line as `PATH:LINE:COLUMN CODE`, and for a change
`author: NAME <ADDRESS>` says who proposes it.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

EXAMPLES = Path(__file__).parent / "examples"
CONFIGURATION = "tracker.yml"
_FILE = re.compile(
    r"(?m)^=== (?:(?P<kind>before|removed|link|unreadable|in [\w-]+|\d+ bytes): )?(?P<path>.+) ===\n"
)
_FINDING = re.compile(r".+:\d+:\d+ [A-Z]\d{3}")
_AUTHOR = "author: "


class File(NamedTuple):
    """One file of an example.

    Attributes:
        path: relative to the desk's root.
        kind: how it is made, as the mark above it says; empty for a plain text.
        text: what stands in it.
    """

    path: str
    kind: str
    text: str

    @property
    def data(self) -> bytes:
        """The bytes that it has on disk."""
        if self.kind.endswith(" bytes"):
            line = self.text.splitlines(keepends=True)[-1]
            missing = int(self.kind.removesuffix(" bytes")) - len(self.text.encode())
            return (self.text + line * (missing // len(line.encode()) + 1)).encode()
        return self.text.encode(self.kind.removeprefix("in ") if self.kind.startswith("in ") else "utf-8")


class Example(NamedTuple):
    """A small desk, and what is found there.

    Attributes:
        code: of the rule.
        good: whether nothing is found.
        findings: what is found, in the order in which findings are shown.
        author: who proposes the change; empty where the example is about none.
        files: those of the desk; of a change, those that are new, others or gone after it.
        before: the files that were there before the change.
    """

    code: str
    good: bool
    findings: list[str]
    author: str
    files: list[File]
    before: list[File]

    @property
    def arguments(self) -> list[str]:
        """The arguments with which `tracker` finds it."""
        return ["validate", "--base", "HEAD~1"] if self.author else ["validate"]

    @property
    def unreadable(self) -> bool:
        """Whether there is a file that nobody may read."""
        return any(file.kind == "unreadable" for file in self.files)


def read_example(path: Path) -> Example:
    """Return the example in a file.

    Raises:
        ValueError: a line above its first file is none that may stand there.
    """
    text = path.read_text(encoding="utf-8").replace("␠", " ")
    head, *parts = _FILE.split(text)
    author, findings = "", []
    for line in head.splitlines():
        if line.startswith(_AUTHOR):
            author = line.removeprefix(_AUTHOR)
        elif _FINDING.fullmatch(line):
            findings.append(line)
        else:
            raise ValueError(f"{path.name}: {line}")
    files = [
        File(name, kind or "", body)
        for kind, name, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    ]
    code, _dot, side = path.stem.partition(".")
    before = [file for file in files if file.kind == "before"]
    after = [file for file in files if file.kind != "before"]
    return Example(code, side == "good", findings, author, after, before)


def make_desk(example: Example, folder: Path) -> None:
    """Make the desk of an example in a folder: a repository with two commits, where it is about a change."""
    first = example.before if example.author else example.files
    folder.mkdir(parents=True, exist_ok=True)
    if all(file.path != CONFIGURATION for file in first):
        (folder / CONFIGURATION).write_bytes((EXAMPLES / CONFIGURATION).read_bytes())
    for file in first:
        _make_file(file, folder)
    if example.author:
        _git(folder, "init", "--quiet", "--initial-branch", "main")
        _belongs_to(folder, "The desk <desk@example.org>")
        _commit(folder)
        for file in example.files:
            _make_file(file, folder)
        _belongs_to(folder, example.author)
        _commit(folder)


def as_a_user() -> list[str]:
    """Return what to put before a command so that the system can refuse to read a file for it."""
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []


def _make_file(file: File, folder: Path) -> None:
    place, _arrow, target = file.path.partition(" -> ")
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    if file.kind == "removed":
        path.unlink()
    elif file.kind == "link":
        path.symlink_to(target)
    else:
        path.write_bytes(file.data)
        path.chmod(0o000 if file.kind == "unreadable" else 0o644)


def _belongs_to(folder: Path, person: str) -> None:
    """Let a clone be somebody's: what lies in it without a commit is proposed by them, too."""
    name, _space, address = person.rpartition(" ")
    _git(folder, "config", "user.name", name)
    _git(folder, "config", "user.email", address.strip("<>"))


def _commit(folder: Path) -> None:
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", "A state of the example")


def _git(folder: Path, *arguments: str) -> None:
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *arguments], cwd=folder, check=True, env={**os.environ, **settings})
