"""What happened to tickets, found the slow and simple way: every commit's tree, beside that of the one before.

Nothing of the program is used here.
"""

import subprocess
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.conftest import git

_CONTENT: dict[str, tuple[dict[str, Any], str]] = {}
"""What the files say that were read, by the names of their objects."""
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
Told = tuple[str, str, str, str, str]
"""Commit, kind, field, old and new value."""


class Ticket(NamedTuple):
    """A ticket as a commit has it."""

    path: str
    fields: dict[str, Any]
    body: str
    beside: dict[str, str]


_TICKETS: dict[str, dict[str, Ticket]] = {}
_DIFFERENCES: dict[tuple[str, str], dict[str, tuple[str | None, list[tuple[str, ...]]]]] = {}
"""The tickets of each commit, and what happened between two: the same in every clone."""


class Oracle:
    """The history of one repository."""

    def __init__(self, top: Path) -> None:
        self._top = top
        edge = top / ".git" / "shallow"
        self._edge = edge.read_text().split() if edge.exists() else []

    def _read(self, blobs: Iterable[str]) -> None:
        """Read all that was not read before."""
        wanted = [blob for blob in dict.fromkeys(blobs) if blob not in _CONTENT]
        done = subprocess.run(
            ["git", "cat-file", "--batch"],
            cwd=self._top,
            input="".join(f"{blob}\n" for blob in wanted).encode(),
            capture_output=True,
            check=True,
        ).stdout
        for blob in wanted:
            head, _end, done = done.partition(b"\n")
            size = int(head.split()[2])
            _nothing, front, body = done[:size].decode().split("---\n", 2)
            done = done[size + 1 :]
            _CONTENT[blob] = yaml.load(front, LOADER), body

    def tickets(self, commit: str) -> dict[str, Ticket]:
        """Return the tickets of a commit by id; it holds the same in every clone."""
        if commit not in _TICKETS:
            _TICKETS[commit] = self._tickets(commit)
        return _TICKETS[commit]

    def _tickets(self, commit: str) -> dict[str, Ticket]:
        blobs: dict[str, str] = {}
        for line in git(self._top, "ls-tree", "-r", "-z", commit, "--", "tickets").split("\0")[:-1]:
            about, path = line.split("\t")
            blobs[path] = about.split(" ")[2]
        self._read(blob for path, blob in blobs.items() if path.endswith(".md"))
        beside: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for path, blob in blobs.items():
            parts = path.split("/")
            for depth in (3, 4):  # of a draft, and of another ticket
                beside["/".join(parts[:depth])]["/".join(parts[depth:])] = blob
        found = {}
        for path, blob in blobs.items():
            folder, _slash, name = path.rpartition("/")
            if path.removesuffix(".md") != path and len(folder.split("/")) in (2, 3):
                fields, body = _CONTENT[blob]
                files = beside.get(path.removesuffix(".md"), {})
                found[fields.get("id", name.removesuffix(".md"))] = Ticket(path, fields, body, files)
        return found

    def events(self, tip: str, ticket_id: str) -> list[Told]:
        """Return what happened to the ticket that has an id at a commit."""
        commits = git(self._top, "rev-list", "--first-parent", tip).split()
        found: list[Told] = []
        name = ticket_id
        for place, (commit, before) in enumerate(zip(commits, [*commits[1:], ""], strict=True)):
            former, told = self._between(before, commit).get(name, (name, []))
            if former is None:
                last = next((one for one in commits[place + 1 :] if name in self.tickets(one)), None)
                if last is not None:
                    here = self.tickets(commit)[name]._replace(beside={})
                    was = self.tickets(last)[name]._replace(beside={})
                    former, told = name, [("restored", "", "", ""), *self._changes(was, here, "")]
            if commit not in self._edge:
                found.extend((commit[:10], kind, field, old, new) for kind, field, old, new in told)
            if former is None:
                break
            name = former
        return found

    def _between(self, before: str, after: str) -> dict[str, tuple[str | None, list[tuple[str, ...]]]]:
        if (before, after) not in _DIFFERENCES:
            _DIFFERENCES[before, after] = self._differences(before, after)
        return _DIFFERENCES[before, after]

    def _differences(self, before: str, after: str) -> dict[str, tuple[str | None, list[tuple[str, ...]]]]:
        """Return for each ticket that changed its id before, and what happened."""
        old, new = self.tickets(before) if before else {}, self.tickets(after)
        found: dict[str, tuple[str | None, list[tuple[str, ...]]]] = {}
        for name in new:
            if old.get(name) == new[name]:
                continue
            former = next((a for a in new[name].fields.get("aliases", []) if a in old and a not in new), None)
            if name in old:
                found[name] = name, list(self._changes(old[name], new[name], ""))
            elif former:
                kind = "accepted" if "/drafts/" in old[former].path else "renumbered"
                told = list(self._changes(old[former], new[name], former))
                found[name] = former, [(kind, "id", former, name), *told]
            else:
                said = self._changes(new[name]._replace(beside={}), new[name], "")
                found[name] = None, [("created", "", "", new[name].fields["title"]), *said]
        for name in old:
            if name not in new and not any(name in t.fields.get("aliases", []) for t in new.values()):
                found[name] = name, [("deleted", "", "", "")]
        return found

    def _changes(self, old: Ticket, new: Ticket, former: str) -> list[tuple[str, ...]]:
        found = []
        for name in {*old.fields, *new.fields} - {"id"}:
            before, after = old.fields.get(name), new.fields.get(name)
            if before == after:
                continue
            if isinstance(before or after, list):
                before, after = before or [], after or []
                found += [("changed", name, str(gone), "") for gone in before if gone not in after]
                came = [item for item in after if item not in before and item != former]
                found += [("changed", name, "", str(item)) for item in came]
            elif isinstance(before or after, dict):
                before, after = before or {}, after or {}
                parts = [(part, before.get(part, ""), after.get(part, "")) for part in {*before, *after}]
                found += [("changed", f"{name}.{part}", was, is_) for part, was, is_ in parts if was != is_]
            else:
                found.append(("changed", name, before or "", after or ""))
        if old.body != new.body:
            found.append(("changed", "text", "", ""))
        return found + self._files(old, new)

    def _files(self, old: Ticket, new: Ticket) -> list[tuple[str, ...]]:
        found = []
        for name in {*old.beside, *new.beside}:
            if old.beside.get(name) != new.beside.get(name):
                attached = "/" in name
                kind = "rewritten"
                if name not in new.beside:
                    kind = "detached" if attached else "unsaid"
                elif name not in old.beside:
                    kind = "attached" if attached else "commented"
                said = ""
                if kind == "commented":
                    fields, _body = _CONTENT[new.beside[name]]
                    kept = ("author", "created", "visibility", "automatic", "source")
                    said = str({key: fields.get(key) for key in kept})
                found.append((kind, name, "", said))
        return found


def commit_all(top: Path, subject: str) -> None:
    """Commit what changed, if anything did."""
    git(top, "add", "-A")
    subprocess.run(["git", "commit", "-qm", subject], cwd=top, check=False, capture_output=True)
