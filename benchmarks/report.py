"""Measure everything at several sizes, beside other tools, and write it down.

    python benchmarks/report.py [--sizes 1000 10000 100000] [--desks DIR] [--out benchmarks/report.md]

One run makes one report: every figure of it is of this machine and this run. Backlog.md and Doorstop take
part where `backlog` and `doorstop` are on the PATH. A desk of 100,000 tickets takes half an hour to make;
`--desks` keeps desks from run to run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from chart import chart
from measure import TRACKER, Taken, best, run
from others import Figure, backlog, check_jsonschema, doorstop, git_log, mkdocs

OURS = "tracker"
LARGE = 20_000
"""Beyond this, other tools are not asked: some take more than an hour."""
WARM = {
    "list": ("list", "priority:>=high", "location:lyon"),
    "search": ("search", "printer", "offline"),
    "show one": ("show", "HD-{middle}"),
    "log of one": ("log", "HD-{middle}"),
    "stats": ("stats",),
    "validate again": ("validate",),
    "export": ("export", "{work}/export"),
}
TARGETS = {
    ("list", 10_000): 0.25,
    ("list", 100_000): 0.6,
    ("search", 100_000): 0.4,
}


def figures(desk: Path, size: int, work: Path) -> list[Figure]:
    """Return what everything takes on one desk."""
    shutil.rmtree(desk / ".git" / "tracker", ignore_errors=True)
    found = [Figure(OURS, "validate", run([*TRACKER, "validate", "--no-index"], desk))]
    shutil.rmtree(desk / ".git" / "tracker", ignore_errors=True)
    found.append(Figure(OURS, "history", run([*TRACKER, "log", f"HD-{size // 2}"], desk)))
    run([*TRACKER, "index"], desk)
    for asked, arguments in WARM.items():
        filled = [argument.format(middle=size // 2, work=work) for argument in arguments]
        run([*TRACKER, *filled], desk)
        shutil.rmtree(work / "export", ignore_errors=True)
        taken = run([*TRACKER, *filled], desk) if asked == "export" else best([*TRACKER, *filled], desk)
        found.append(Figure(OURS, asked, taken))
        print(f"{size} {asked}: {taken}", file=sys.stderr)
    shutil.rmtree(work / "export", ignore_errors=True)
    found.append(Figure(OURS, "website", run([*TRACKER, "build", "-d", str(work / "ours")], desk)))
    found.append(Figure(OURS, "website again", run([*TRACKER, "build", "-d", str(work / "ours")], desk)))
    shutil.rmtree(work / "ours")
    found += git_log(desk)
    if size <= LARGE:
        for ask in (check_jsonschema, mkdocs, backlog, doorstop):
            found += ask(desk, work)
            print(f"{size} {found[-1]}", file=sys.stderr)
    return found


def table(measured: dict[int, list[Figure]]) -> list[str]:
    """Return a table of Markdown: a row for each thing that was asked of a tool."""
    sizes = [*measured]
    lines = [f"| | {' | '.join(f'{size:,} tickets' for size in sizes)} |", f"| --- |{' ---: |' * len(sizes)}"]
    rows: dict[tuple[str, str], dict[int, Taken]] = {}
    for size, found in measured.items():
        for tool, asked, taken in found:
            rows.setdefault((asked, tool), {})[size] = taken
    order = [asked for asked, tool in rows if tool == OURS]
    for asked, tool in sorted(rows, key=lambda row: (order.index(row[0]), row[1] != OURS)):
        cells = [_cell(rows[asked, tool].get(size)) for size in sizes]
        name = f"**{asked}**: {tool}" if tool == OURS else f"{asked}: {tool}"
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def _cell(taken: Taken | None) -> str:
    if taken is None:
        return "–"
    if taken.seconds is None or taken.memory is None:
        return "stopped after 5 min"
    seconds = f"{taken.seconds:.2f}" if taken.seconds < 10 else f"{taken.seconds:,.0f}"  # noqa: PLR2004
    return f"{seconds} s, {taken.memory:,.0f} MiB"


def machine() -> list[str]:
    """Return what the figures were measured on."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.processor(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout.split()[2]
    named = ("tracker-desk", "pydantic", "mkdocs", "mkdocs-material", "check-jsonschema")
    versions = [
        f"Python {platform.python_version()}",
        f"Git {git}",
        *(f"{name} {version(name)}" for name in named),
    ]
    for tool, package in (("backlog", "Backlog.md"), ("doorstop", "")):
        if shutil.which(tool):
            told = subprocess.run(
                [tool, "--version"], capture_output=True, text=True, check=True
            ).stdout.strip()
            versions.append(f"{package} {told}".strip())
    cores, system = len(os.sched_getaffinity(0)), f"{platform.system()} {platform.release()}"
    hardware = f"{cpu or platform.machine()}, {cores} cores, {memory:.0f} GiB, {system}"
    return [f"- {hardware}; desks in memory (`/dev/shm`)", f"- {', '.join(versions)}"]


ABOUT = """\
Made by `python benchmarks/report.py`; all figures are of one run. Each cell has the time of the whole
process and the most memory of its largest process (of ours without Git's, which maps whole packs).
*history* is the first look at it and *validate* is without an index; whatever else ours is asked, it was
asked before. Other tools got the same texts; beyond 20,000 tickets only Git is asked, and whoever takes
more than five minutes is stopped."""


def report(measured: dict[int, list[Figure]]) -> str:
    """Return the report as Markdown."""
    parts = [
        "# Benchmarks",
        "",
        ABOUT,
        "",
        *machine(),
        "",
        *table(measured),
        "",
        "Targets: "
        + "; ".join(f"{asked} at {size:,} within {limit} s" for (asked, size), limit in TARGETS.items())
        + "; 400 MiB for every command at 100,000.",
        "",
        "![Time and memory by the number of tickets](report.svg)",
        "",
    ]
    return "\n".join(parts)


def main() -> None:
    """Make the desks, measure, and write the report and its chart."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--desks", type=Path, help="where desks are kept from run to run")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("report.md"))
    given = parser.parse_args()
    memory = Path("/dev/shm")
    measured: dict[int, list[Figure]] = {}
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        for size in given.sizes:
            desk = (given.desks or Path(name)) / f"desk-{size}"
            if not desk.exists():
                run(
                    [*TRACKER, "demo", str(desk), "-n", str(size), "--now", "2026-11-24"],
                    Path(name),
                    patience=7200,
                )
            work = Path(name) / str(size)
            work.mkdir()
            measured[size] = figures(desk, size, work)
            shutil.rmtree(work)
    given.out.write_text(report(measured), encoding="utf-8")
    ours = {size: [figure for figure in found if figure.tool == OURS] for size, found in measured.items()}
    given.out.with_suffix(".svg").write_text(chart(ours), encoding="utf-8")
    given.out.with_suffix(".json").write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
