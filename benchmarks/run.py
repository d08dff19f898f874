"""Compare speeds with other tools on a demonstration desk, as ratios measured in one run.

    python benchmarks/run.py [--tickets 10000]

Needs the packages of the group `dev`. Each figure is the better of two runs, except for the slow tools.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

PLAIN_SETTINGS = """\
site_name: Plain
docs_dir: docs
plugins: []
not_in_nav: "*"
theme:
  name: material
  font: false
nav:
  - Home: index.md
"""
COMMENT_SCHEMA = (
    '{"type": "object", "required": ["author", "created"], "properties": {"author": {"type": "string"}}}'
)


def seconds(command: list[str], folder: Path, *, codes: tuple[int, ...] = (0,), times: int = 1) -> float:
    """Return the shortest time that a command takes, of several runs."""
    taken = []
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
    for _run in range(times):
        begin = time.perf_counter()
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        taken.append(time.perf_counter() - begin)
        if done.returncode not in codes:
            sys.exit(f"{' '.join(command)[:200]}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return min(taken)


def validation(desk: Path, work: Path, tool: str) -> tuple[float, float]:
    """Time `tracker validate` without a cache, and check-jsonschema over the same front matter."""
    ours = seconds([tool, "validate", "--no-index"], desk, times=2)
    (work / "ticket.json").write_text(
        subprocess.run([tool, "schema"], cwd=desk, capture_output=True, text=True, check=True).stdout
    )
    (work / "comment.json").write_text(COMMENT_SCHEMA)
    theirs = 0.0
    for kind, pattern in (("ticket", "HD-*.md"), ("comment", "2*.md")):
        folder = work / kind
        folder.mkdir()
        for file in (desk / "tickets").rglob(pattern):
            (folder / f"{file.stem}-{file.parent.name}.yml").write_text(file.read_text().split("---\n")[1])
        names = sorted(file.name for file in folder.iterdir())
        command = [
            str(Path(sys.executable).with_name("check-jsonschema")),
            "-qq",
            "--schemafile",
            f"../{kind}.json",
            *names,
        ]
        theirs += seconds(command, folder, codes=(0, 1))
    return ours, theirs


def building(desk: Path, work: Path, tool: str) -> tuple[float, float, float]:
    """Time the whole website, the same again, and MkDocs with the theme alone over the same files."""
    site = work / "site"
    shutil.rmtree(desk / ".git" / "tracker", ignore_errors=True)
    first = seconds([tool, "build", "-d", str(site)], desk)
    again = seconds([tool, "build", "-d", str(site)], desk, times=2)
    shutil.rmtree(site)
    docs = work / "plain" / "docs"
    docs.mkdir(parents=True)
    (docs / "index.md").write_text("# Plain\n")
    shutil.copytree(desk / "tickets", docs / "tickets")
    (work / "plain" / "mkdocs.yml").write_text(PLAIN_SETTINGS)
    mkdocs = str(Path(sys.executable).with_name("mkdocs"))
    plain = seconds([mkdocs, "build", "-q", "-d", str(site)], work / "plain")
    return first, again, plain


def committing(desk: Path, tool: str, times: int = 15) -> tuple[float, float]:
    """Time the median `set --commit`, and the median `git commit` of one file that was changed by hand."""
    for setting in ("user.name=Bench", "user.email=bench@example.org"):
        subprocess.run(["git", "config", *setting.split("=")], cwd=desk, check=True)
    path = max((desk / "tickets").glob("2*/*/HD-*.md"))
    before = path.read_text()
    ours, theirs = [], []
    for number in range(times):
        word = ("low", "urgent")[number % 2]
        ours.append(seconds([tool, "set", path.stem, f"priority={word}", "--commit"], desk))
        path.write_text(f"{before}\n{number}\n")
        theirs.append(seconds(["git", "commit", "-qm", "By hand", str(path)], desk))
    return median(ours), median(theirs)


def main() -> None:
    """Run everything and print the ratios with the targets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=10_000)
    tickets = parser.parse_args().tickets
    tool = str(Path(sys.executable).with_name("tracker"))
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        work = Path(name)
        desk = work / "desk"
        made = seconds([tool, "demo", str(desk), "--tickets", str(tickets), "--now", "2026-11-24"], work)
        print(f"demo       {made:7.2f} s for {tickets} tickets")
        ours, theirs = committing(desk, tool)
        print(f"set        {ours:7.3f} s, git commit {theirs:.3f} s: {ours / theirs:.1f} times (target 3)")
        ours, theirs = validation(desk, work, tool)
        print(
            f"validate   {ours:7.2f} s, check-jsonschema {theirs:.2f} s: 1/{theirs / ours:.1f} (target 1/15)"
        )
        first, again, plain = building(desk, work, tool)
        print(f"build      {first:7.2f} s, plain MkDocs {plain:.2f} s: 1/{plain / first:.1f} (target 1/8)")
        print(f"build again{again:7.2f} s: {again / first:.2f} of the first (target 0.33)")
        start = seconds([tool, "--version"], work, times=10)
        bare = seconds([sys.executable, "-c", "pass"], work, times=10)
        extra = (start - bare) * 1000
        print(f"--version  {start * 1000:7.0f} ms, {extra:.0f} ms over “python -c pass” (target 100)")


if __name__ == "__main__":
    main()
