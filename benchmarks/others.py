"""The same tickets for other tools, and what they are asked."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from measure import Taken, best, run

PATIENCE = 300.0
"""In seconds: what takes longer, nobody waits for."""


class Figure(NamedTuple):
    """What a tool was asked, and what it took."""

    tool: str
    asked: str
    taken: Taken


def backlog(desk: Path, work: Path) -> list[Figure]:
    """Ask Backlog.md, where `backlog` is on the PATH: npm install --global backlog.md."""
    tool = shutil.which("backlog")
    if tool is None:
        return []
    folder = work / "backlog"
    folder.mkdir()
    run(["git", "init", "-q"], folder)
    run([tool, "init", "Bench", "--defaults", "--integration-mode", "none"], folder)
    for number, (title, body) in enumerate(_texts(desk), 1):
        head = f"id: TASK-{number}\ntitle: '{title}'\nstatus: To Do\nassignee: []\nlabels: []\n"
        more = "created_date: '2026-11-24 10:00'\ndependencies: []\n"
        text = f"---\n{head}{more}---\n\n## Description\n\n{body}\n"
        plain = "".join(sign if sign.isalnum() else "-" for sign in title)[:60]
        (folder / "backlog" / "tasks" / f"task-{number} - {plain}.md").write_text(text)
    run(["git", "add", "-A"], folder)
    run(["git", "-c", "user.name=B", "-c", "user.email=b@example.org", "commit", "-qm", "All"], folder)
    middle = str(number // 2)
    return [
        Figure("Backlog.md", asked, best([tool, *command], folder, 2, PATIENCE))
        for asked, command in (
            ("show one", ("task", middle, "--plain")),
            ("list", ("task", "list", "--plain", "-s", "To Do")),
            ("search", ("search", "printer", "--plain")),
        )
    ]


def doorstop(desk: Path, work: Path) -> list[Figure]:
    """Ask Doorstop, where it is on the PATH: pip install doorstop."""
    tool = shutil.which("doorstop")
    if tool is None:
        return []
    folder = work / "doorstop"
    folder.mkdir()
    run(["git", "init", "-q"], folder)
    run([tool, "create", "REQ", "./reqs", "--quiet"], folder)
    for number, (title, body) in enumerate(_texts(desk), 1):
        text = "\n".join(f"  {line}" for line in body.splitlines())
        head = f"active: true\nderived: false\nheader: ''\nlevel: 1.{number}\nlinks: []\n"
        head += "normative: true\nref: ''\n"
        (folder / "reqs" / f"REQ{number:06}.yml").write_text(
            f"{head}reviewed: null\ntext: |\n  {title}\n{text}\n"
        )
    return [Figure("Doorstop", "validate", run([tool, "--quiet"], folder, patience=PATIENCE, codes=(0, 1)))]


def check_jsonschema(desk: Path, work: Path) -> list[Figure]:
    """Ask check-jsonschema for the fields of all tickets, by our own schema."""
    folder = work / "schema"
    folder.mkdir()
    schema = subprocess.run(
        [sys.executable, "-m", "tracker", "schema"], cwd=desk, capture_output=True, text=True, check=True
    )
    (work / "ticket.json").write_text(schema.stdout)
    for file in (desk / "tickets").rglob("*-*.md"):
        if not file.name.startswith("2"):
            (folder / f"{file.stem}.yml").write_text(file.read_text().split("---\n")[1])
    names = sorted(file.name for file in folder.iterdir())
    tool = str(Path(sys.executable).with_name("check-jsonschema"))
    taken = run([tool, "-qq", "--schemafile", "../ticket.json", *names], folder, patience=PATIENCE)
    return [Figure("check-jsonschema", "validate", taken)]


def mkdocs(desk: Path, work: Path) -> list[Figure]:
    """Let MkDocs with the theme alone build the same files."""
    docs = work / "plain" / "docs"
    docs.mkdir(parents=True)
    (docs / "index.md").write_text("# Plain\n")
    shutil.copytree(desk / "tickets", docs / "tickets")
    settings = "site_name: Plain\nplugins: []\nnot_in_nav: '*'\ntheme: {name: material, font: false}\n"
    (work / "plain" / "mkdocs.yml").write_text(f"{settings}nav: [index.md]\n")
    tool = str(Path(sys.executable).with_name("mkdocs"))
    taken = run([tool, "build", "-q", "-d", str(work / "site")], work / "plain", patience=PATIENCE)
    return [Figure("MkDocs and Material alone", "website", taken)]


def git_log(desk: Path) -> list[Figure]:
    """Let Git print what each commit changed."""
    command = [
        "git",
        "log",
        "--first-parent",
        "-m",
        "--raw",
        "-z",
        "--no-renames",
        "--format=%H",
        "--",
        "tickets",
    ]
    return [Figure("git log --raw", "history", run(command, desk))]


def _texts(desk: Path) -> list[tuple[str, str]]:
    """Return the title and the text of each ticket."""
    found = []
    for file in sorted((desk / "tickets").glob("2*/*/*.md")):
        _nothing, front, body = file.read_text().split("---\n", 2)
        title = next(line for line in front.splitlines() if line.startswith("title: "))
        found.append((title.removeprefix("title: ").strip("'\"").replace("'", "’"), body))
    return found
