"""Compare the website with Hugo and with MkDocs alone, and look at it in Chromium, in one run.

python benchmarks/website.py [--tickets 10000] [--without-others]

Needs the packages of the group `dev`, Chromium, and Hugo (`apt install hugo`) unless it is not asked.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from browser import look
from measure import TRACKER, Taken, run
from report import machine

HUGO_SETTINGS = """\
title = "Plain"
disableKinds = ["taxonomy", "term", "RSS", "sitemap"]
[[module.mounts]]
source = "tickets"
target = "content"
[[module.mounts]]
source = "layouts"
target = "layouts"
"""
HUGO_PAGE = (
    "<!doctype html><html><head><title>{{ .Title }}</title></head><body><h1>{{ .Title }}</h1>"
    "<p>{{ .Params.status }} {{ .Params.assignee }}</p>{{ .Content }}</body></html>\n"
)
HUGO_LIST = "<!doctype html><html><body>{{ range .Pages }}<p>{{ .Title }}</p>{{ end }}</body></html>\n"
PLAIN = """\
site_name: Plain
docs_dir: docs
plugins: [search]
not_in_nav: "*"
theme: {name: material, font: false}
nav: [{Home: index.md}]
"""


def main() -> None:
    """Run everything and print the figures with the targets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--tickets", type=int, default=10_000)
    parser.add_argument("--without-others", action="store_true", help="ask neither Hugo nor MkDocs alone")
    given = parser.parse_args()
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        work = Path(name)
        desk = work / "desk"
        run([*TRACKER, "demo", str(desk), "-n", str(given.tickets)], work)
        print("\n".join(machine()))
        ours = _ours(desk)
        if not given.without_others:
            _compare("Hugo", _hugo(desk, work), ours, 0.5)
            _compare("MkDocs and Material, with search", _mkdocs(desk, work), ours, 1 / 15)
        _one_changed(desk, work)
        _weigh(desk / "public", given.tickets)
        for line in look(desk / "public"):
            print(line)


def _ours(desk: Path) -> Taken:
    """Build the website, first with nothing known, then with the history known and no website."""
    cold = run([*TRACKER, "build"], desk)
    shutil.rmtree(desk / "public")
    time.sleep(3)  # what changed a moment ago is not taken to be known
    warm = run([*TRACKER, "build"], desk)
    print(f"the first build of a clone, with its history read: {_told(cold)}")
    print(f"a build from nothing: {_told(warm)}")
    return warm


def _told(taken: Taken) -> str:
    """Say what something took; on a busy machine, the time of its processors says more than the other."""
    return f"{taken.seconds:.2f} s ({taken.cpu:.2f} s of processors), {taken.memory:.0f} MiB"


def _compare(name: str, theirs: Taken, ours: Taken, target: float) -> None:
    share, of_cpu = (ours.seconds or 0) / (theirs.seconds or 1), (ours.cpu or 0) / (theirs.cpu or 1)
    parts = f"ours takes {share:.2f} of it, {of_cpu:.2f} of processors"
    print(f"{name}: {_told(theirs)}; {parts} (target {target:.2f})")


def _hugo(desk: Path, work: Path) -> Taken:
    tool = shutil.which("hugo")
    if tool is None:
        sys.exit("Hugo is not here: apt install hugo, or leave it out with --without-others.")
    folder = work / "hugo"
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    (folder / "config.toml").write_text(HUGO_SETTINGS)
    (layouts / "single.html").write_text(HUGO_PAGE)
    (layouts / "list.html").write_text(HUGO_LIST)
    shutil.copytree(desk / "tickets", folder / "tickets")
    print(subprocess.run([tool, "version"], capture_output=True, text=True, check=True).stdout.strip())
    return run([tool, "--quiet", "-d", str(work / "hugo-site")], folder)


def _mkdocs(desk: Path, work: Path) -> Taken:
    folder = work / "plain"
    shutil.copytree(desk / "tickets", folder / "docs")
    (folder / "docs" / "index.md").write_text("# Plain\n")
    (folder / "mkdocs.yml").write_text(PLAIN)
    return run([sys.executable, "-m", "mkdocs", "build", "-q"], folder)


def _one_changed(desk: Path, work: Path) -> None:
    """Change one ticket, and compare what that takes with a website of one page."""
    single = work / "single"
    (single / "docs").mkdir(parents=True)
    (single / "docs" / "index.md").write_text("# Plain\n")
    (single / "mkdocs.yml").write_text(PLAIN)
    command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    one_page = min(run(command, single).seconds or 0 for _turn in range(3))
    taken = []
    for ticket in sorted((desk / "tickets").rglob("HD-*.md"))[:3]:
        time.sleep(3)  # as above
        ticket.write_text(ticket.read_text(encoding="utf-8") + "\nOne more word.\n", encoding="utf-8")
        taken.append(run([*TRACKER, "build"], desk).seconds or 0)
    more = min(taken) - one_page
    print(f"one ticket changed: {min(taken):.2f} s, {more:.2f} s more than one page of MkDocs (target 1.3)")


def _weigh(site: Path, tickets: int) -> None:
    """Print what the website weighs, and what a browser loads for the queue."""
    files = [path for path in site.rglob("*") if path.is_file()]
    total = sum(path.stat().st_size for path in files)
    data = sum(_packed(path) for path in (site / "tickets" / "data").glob("*.js"))
    scripts = {path.stem: _packed(path) for path in (site / "assets" / "tracker").glob("*.js")}
    print(f"the website: {total / 1e6:.0f} MB in {len(files):,} files (target at 100,000: 1,000 MB)")
    print(f"tickets for the queue: {data / tickets:.1f} bytes a ticket, compressed (target 60)")
    print(f"scripts: {sum(scripts.values()) / 1000:.1f} KB compressed (target 60): {scripts}")


def _packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


if __name__ == "__main__":
    main()
