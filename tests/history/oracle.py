"""What happened to tickets, found the slow and simple way: every commit's tree, beside that of the one before.

Nothing of the program is used here.
"""

import subprocess
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.conftest import git

Told = tuple[str, str, str, str, str]
"""Commit, kind, field, old and new value."""


class Ticket(NamedTuple):
    """A ticket as a commit has it."""

    path: str
    fields: dict[str, Any]
    body: str
    beside: dict[str, str]


class Oracle:
    """The history of one repository."""

    def __init__(self, top: Path) -> None:
        self._top = top
        edge = top / ".git" / "shallow"
        self._edge = edge.read_text().split() if edge.exists() else []
        self._content = cache(self._read)
        self.tickets = cache(self._tickets)
        self._between = cache(self._differences)

    def _read(self, blob: str) -> tuple[dict[str, Any], str]:
        _nothing, front, body = git(self._top, "show", blob).split("---\n", 2)
        return yaml.load(front, yaml.BaseLoader), body

    def _tickets(self, commit: str) -> dict[str, Ticket]:
        """Return the tickets of a commit by id."""
        blobs: dict[str, str] = {}
        for line in git(self._top, "ls-tree", "-r", "-z", commit, "--", "tickets").split("\0")[:-1]:
            about, path = line.split("\t")
            blobs[path] = about.split(" ")[2]
        found = {}
        for path, blob in blobs.items():
            folder, _slash, name = path.rpartition("/")
            if path.removesuffix(".md") != path and len(folder.split("/")) in (2, 3):
                fields, body = self._content(blob)
                inside = f"{path.removesuffix('.md')}/"
                beside = {
                    each.removeprefix(inside): what for each, what in blobs.items() if each.startswith(inside)
                }
                found[fields.get("id", name.removesuffix(".md"))] = Ticket(path, fields, body, beside)
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
                    fields, _body = self._content(new.beside[name])
                    kept = ("author", "created", "visibility", "automatic", "source")
                    said = str({key: fields.get(key) for key in kept})
                found.append((kind, name, "", said))
        return found


def commit_all(top: Path, subject: str) -> None:
    """Commit what changed, if anything did."""
    git(top, "add", "-A")
    subprocess.run(["git", "commit", "-qm", subject], cwd=top, check=False, capture_output=True)
