"""Seen through their history, tickets are today what they are, and at a former moment what they were then."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import git
from tracker.demo.demonstrate import demonstrate
from tracker.metrics.course import Course
from tracker.model.rules import ServiceLevel
from tracker.workspace import Workspace
from tracker.workspace.asking import ask
from tracker.workspace.courses import courses
from tracker.workspace.policies import Edition, Policies, row_at
from tracker.workspace.rows import desk_rows
from tracker.workspace.rule_queries import rule_vocabulary

QUERIES = (
    *("is:unassigned", "is:late", "is:draft", "is:open", "is:broken", "has:outage", "has:links", "-has:due"),
    *("status:waiting,resolved", "priority:>=high", "category:hardware", "location:lyon -assignee:none"),
    *("system.kind:printer", "system:printer", "requester.email:lea", "requester:Martin", "due:<2026-10"),
    *("created:2026-10", "labels:none", "parent:none", "duplicates:none", "printer", "work:onsite"),
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "desk"
    demonstrate(folder, 200, 1, date(2026, 11, 24))
    return folder


def followed(workspace: Workspace, query: str) -> tuple[Policies, list[Course], dict[str, dict[str, Any]]]:
    """Return what asks a query of the tickets of a desk, their ways, and what stays of them as it is."""
    level = ServiceLevel.model_validate({"when": query, "resolution": "1h"})
    known = rule_vocabulary(workspace.configuration)
    policies = Policies(
        [Edition(datetime.min.replace(tzinfo=UTC), {"all": level}, known)], workspace.configuration
    )
    today = ("id", "aliases", "title", "path", "broken", "comments")
    rows = {row["path"]: {name: row[name] for name in today} for row in desk_rows(workspace).each()}
    return policies, courses(workspace, policies.fields).courses, rows


def chosen(workspace: Workspace, query: str, moment: datetime) -> set[str]:
    policies, ways, rows = followed(workspace, query)
    then = ((way.id, row_at(way, rows[way.path], moment, workspace.configuration)) for way in ways)
    return {id_ for id_, row in then if policies.level(moment, row, moment)}


@pytest.mark.parametrize("query", QUERIES)
def test_today_a_rule_chooses_what_a_query_does(demo: Path, query: str) -> None:
    workspace = Workspace.open(demo)
    asked = {row["id"] for row in ask(workspace, query, everything=True).rows}
    assert chosen(workspace, query, workspace.now()) == asked


@pytest.mark.parametrize("query", [query for query in QUERIES if query != "is:broken"])
def test_then_it_chose_what_a_query_did(demo: Path, query: str, tmp_path: Path) -> None:
    commit = git(demo, "rev-list", "-1", "--before=2026-10-10", "HEAD").strip()
    moment = datetime.fromisoformat(git(demo, "show", "-s", "--format=%cI", commit).strip())
    git(tmp_path, "clone", "-q", demo.as_uri(), "then")
    git(tmp_path / "then", "reset", "-q", "--hard", commit)
    before = {
        alias: row["id"]
        for row in desk_rows(Workspace.open(demo)).each()
        for alias in (row["id"], *row["aliases"])
    }
    rows = ask(Workspace.open(tmp_path / "then"), query, everything=True).rows
    if "is:late" in query:
        rows = [row for row in rows if str(row.get("due")) < moment.date().isoformat()]
    there = {before[row["id"]] for row in desk_rows(Workspace.open(tmp_path / "then")).each()}
    assert chosen(Workspace.open(demo), query, moment) & there == {before[row["id"]] for row in rows}
