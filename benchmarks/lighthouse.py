"""What Lighthouse says of the queue, a ticket, the board and a form: `python -m benchmarks.lighthouse`.

Lighthouse comes from npm, into a folder for temporary files; Chromium is the system's.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from tests.chromium import chromium
from tests.viewer.conftest import _Quiet, serving
from tracker.demo.demonstrate import demonstrate
from tracker.viewer.builder import build

VERSION = "13.5.0"
SIZES = (300, 10_000)
PAGES = {"queue": "tickets/", "ticket": "", "board": "tickets/board/", "form": "tickets/new/incident/"}
PRESETS = {"desktop": ["--preset=desktop"], "mobile": []}
TARGETS = {"performance": 95, "accessibility": 100, "best-practices": 100}
TURNS = 3  # the middle one counts


def main() -> None:
    """Print the scores of each page, at each size, for each kind of device."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        program = _install(work / "lighthouse")
        print(f"Lighthouse {VERSION}, scores of 100; targets: {TARGETS}")
        for size in SIZES:
            desk = work / str(size)
            demonstrate(desk, size, 1, datetime.now(UTC).date())
            with serving(build(desk, strict=True), _Compressing) as address:
                for preset in PRESETS:
                    for name, path in PAGES.items():
                        scores = _scores(program, f"{address}/{path or _ticket(desk)}", preset, work)
                        missed = [which for which, least in TARGETS.items() if scores[which] < least]
                        print(f"{size:6} {preset:8} {name:7} {scores} {'MISSED' if missed else ''}")


class _Compressing(_Quiet):
    """Answers as hosts of static files do: compressed."""

    def do_GET(self) -> None:  # noqa: N802  # the standard library names it
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        answer = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


def _install(folder: Path) -> Path:
    """Return the program, installed into a folder."""
    options = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", os.fspath(folder)]
    folder.mkdir()
    subprocess.run(["npm", "install", *options, f"lighthouse@{VERSION}"], check=True)
    return folder / "node_modules" / ".bin" / "lighthouse"


def _ticket(desk: Path) -> str:
    """Return the path of the page of the newest ticket with a conversation."""
    talked = [path.parent.name for path in desk.glob("tickets/*/*/HD-*/*.md")]
    return f"tickets/{max(talked, key=lambda name: int(name.partition('-')[2]))}/"


def _scores(program: Path, address: str, preset: str, work: Path) -> dict[str, int]:
    """Return the middle of several scores of a page, of 100, by category."""
    found = [_report(program, address, preset, work / "report.json") for _turn in range(TURNS)]
    return {name: round(median(one[name] for one in found) * 100) for name in TARGETS}


def _report(program: Path, address: str, preset: str, path: Path) -> dict[str, float]:
    arguments = [*PRESETS[preset], "--quiet", "--output=json", f"--output-path={path}"]
    arguments += [f"--only-categories={','.join(TARGETS)}", "--chrome-flags=--headless=new --no-sandbox"]
    environment = {**os.environ, "CHROME_PATH": chromium() or ""}
    subprocess.run([program, address, *arguments], check=True, env=environment, stderr=subprocess.DEVNULL)
    categories = json.loads(path.read_text(encoding="utf-8"))["categories"]
    return {name: categories[name]["score"] for name in TARGETS}


if __name__ == "__main__":
    main()
