"""The numbers of small desks, whose history a real repository has, are what was computed by hand."""

import json
import os
import re
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from tests.conftest import Run, git, new_repository

SCENARIOS = sorted((Path(__file__).parent / "scenarios").glob("*.yml"))
PARIS = ZoneInfo("Europe/Paris")
CONFIGURATION = {
    "desk": "Test desk",
    "time_zone": "Europe/Paris",
    "calendars": {"office": {"hours": {"mon-fri": "09:00-12:00, 14:00-18:00"}}},
    "calendar": "office",
    "categories": ["hardware"],
    "departments": ["accounting", "sales"],
    "locations": {"lyon": {"label": "Lyon"}, "austin": {"label": "Austin"}},
    "people": {
        "ada": {"name": "Ada Byron", "email": "ada@example.org"},
        "omar": {"name": "Omar Haddad", "email": "omar@example.org"},
    },
}
REQUESTER = {"name": "Léa Martin", "email": "lea@example.org"}
_DURATION = re.compile(r"(?:(\d+) h)? ?(?:(\d+) min)?")


class Desk:
    """A desk whose history is in the making."""

    def __init__(self, top: Path, configuration: dict[str, Any]) -> None:
        self._top = top
        new_repository(top)
        (top / "tracker.yml").write_text(yaml.safe_dump(configuration))
        self._commit(datetime(2024, 1, 1, tzinfo=PARIS))

    def play(self, tickets: dict[str, Any]) -> None:
        """Commit what happened to tickets, in order of time."""
        steps = []
        for name, told in tickets.items():
            fields = _first(name, told)
            steps.append((moment(told["at"]), name, fields, told.get("comments", [])))
            for step in told.get("then", []):
                comment = [step] if "comment" in step else []
                changed = {key: value for key, value in step.items() if key != "at"}
                steps.append((moment(step["at"]), name, {} if comment else changed, comment))
        files: dict[str, dict[str, Any]] = {}
        for time, name, changed, comments in sorted(steps, key=lambda step: step[0]):
            number = changed.pop("accepted", None)
            fields = {**files.get(name, {}), **{key: _written(value) for key, value in changed.items()}}
            if number:
                (self._top / "tickets/drafts" / f"{name}.md").unlink()
                conversation = self._top / "tickets/drafts" / name
                fields |= {"id": number, "aliases": [name]}
                if conversation.exists():
                    target = self._top / place(fields)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    conversation.rename(target)
            files[name] = {key: value for key, value in fields.items() if value is not None}
            self._write(f"{place(files[name])}.md", files[name])
            for comment in comments:
                written = moment(comment["at"]).astimezone(ZoneInfo("UTC"))
                head = {"author": comment["comment"], "created": written.isoformat()}
                head |= {key: comment[key] for key in ("visibility", "automatic") if key in comment}
                self._write(f"{place(files[name])}/{written:%Y-%m-%dT%H%M%SZ}-x.md", head)
            self._commit(time)

    def _write(self, path: str, fields: dict[str, Any]) -> None:
        file = self._top / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\n{yaml.safe_dump(fields, sort_keys=False, allow_unicode=True)}---\nText.\n")

    def _commit(self, time: datetime) -> None:
        git(self._top, "add", "-A")
        dates = {"GIT_AUTHOR_DATE": time.isoformat(), "GIT_COMMITTER_DATE": time.isoformat()}
        command = ["git", "commit", "-q", "--allow-empty", "-m", "A step"]
        subprocess.run(command, cwd=self._top, env={**os.environ, **dates}, check=True)


def _first(name: str, told: dict[str, Any]) -> dict[str, Any]:
    created = told.get("created", told["at"])
    return {
        **({"id": name} if name.startswith("HD-") else {}),
        "title": f"Ticket {name}",
        "type": "incident",
        "status": told.get("status", "new"),
        "category": "hardware",
        "priority": "normal",
        "created": created,
        "requester": REQUESTER,
        **told.get("fields", {}),
    }


def place(fields: dict[str, Any]) -> str:
    """Return where a ticket lies, without the ending."""
    if "id" not in fields:
        return f"tickets/drafts/{fields['title'].removeprefix('Ticket ')}"
    return f"tickets/{fields['created'][:7].replace('-', '/')}/{fields['id']}"


def _written(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", value):
        return moment(value).isoformat()
    return value


def moment(written: str) -> datetime:
    """Return the moment that a scenario means."""
    found = datetime.fromisoformat(written)
    return found if found.tzinfo else found.replace(tzinfo=PARIS)


def expected(value: Any) -> Any:
    """Return what a scenario expects, with durations in seconds."""
    if isinstance(value, dict):
        return {key: expected(part) for key, part in value.items()}
    if isinstance(value, list):
        return [expected(part) for part in value]
    found = _DURATION.fullmatch(value) if isinstance(value, str) and value else None
    return (int(found[1] or 0) * 60 + int(found[2] or 0)) * 60 if found else value


def part_of(answer: Any, wanted: Any) -> Any:
    """Return the part of an answer that is asked for; of nested groups and intervals, all names."""
    if isinstance(wanted, dict) and isinstance(answer, dict):
        return {key: part_of(answer.get(key, "missing"), part) for key, part in wanted.items()}
    if isinstance(wanted, list) and isinstance(answer, list):
        return [part_of(*pair) for pair in zip(answer, wanted, strict=False)] + answer[len(wanted) :]
    return answer


class _Texts(yaml.SafeLoader):
    """Leaves dates as they are written."""


_Texts.yaml_implicit_resolvers = {
    key: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for key, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_numbers_are_what_was_computed_by_hand(
    file: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = yaml.load(file.read_text(encoding="utf-8"), _Texts)
    desk = Desk(tmp_path / "desk", {**CONFIGURATION, **scenario.get("configuration", {})})
    desk.play(scenario["tickets"])
    monkeypatch.chdir(tmp_path / "desk")
    for asked in scenario["asked"]:
        done = run("stats", "--json", *asked["arguments"].split())
        assert (done.code, done.err) == (0, ""), asked["arguments"]
        answer, wanted = json.loads(done.out), expected(asked["answer"])
        assert part_of(answer, wanted) == wanted, asked["arguments"]
