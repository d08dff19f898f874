"""Writes a page of the website for each rule, from its own words and its pair of examples.

`.ci/rule_pages.py` writes them; `.ci/rule_pages.py --check` says which are not up to date and exits with 1.
"""

from __future__ import annotations

import difflib
import html
import io
import os
import re
import subprocess
import sys
import tempfile
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, os.fspath(ROOT))

from tests.validation.example import EXAMPLES, Example, File, as_a_user, make_desk, read_example  # noqa: E402
from tracker import translation  # noqa: E402
from tracker.cli import group  # noqa: E402
from tracker.finding import Severity  # noqa: E402
from tracker.validation.catalogue import RULES  # noqa: E402
from tracker.validation.rule import PAGES, Rule  # noqa: E402

FOLDER = ROOT / "site" / PAGES
INDEX = "index.md"
BEGIN = "<!-- What follows is written by .ci/rule_pages.py. -->\n"
GROUPS = {"T0": "Files", "T1": "Fields", "T2": "The desk", "T3": "Changes", "T4": "The desk’s own rules"}
LANGUAGES = {".md": "markdown", ".yml": "yaml"}


def main(arguments: list[str]) -> int:
    """Write what is not up to date, or only say it; return the exit code."""
    with translation.language("en"):
        pages = {FOLDER / f"{rule.code}.md": page(rule) for rule in RULES}
        pages[FOLDER / INDEX] = index((FOLDER / INDEX).read_text(encoding="utf-8"))
    old = {path for path in FOLDER.glob("*.md") if path not in pages}
    stale = [path for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in sorted([*stale, *old]):
        print(path.relative_to(ROOT).as_posix())
    if arguments == ["--check"]:
        return 1 if stale or old else 0
    for path in stale:
        path.write_text(pages[path], encoding="utf-8")
    for path in old:
        path.unlink()
    return 0


def index(text: str) -> str:
    """Return the page of all rules: the introduction that it has, and a table of each group."""
    parts = [text.partition(BEGIN)[0], BEGIN]
    for start, title in GROUPS.items():
        rows = [
            f"| [`{rule.code}`]({rule.code}.md) | {prose(rule.asks())} | {rule.severity.value} "
            f"| {'yes' if rule.fixable else ''} |\n"
            for rule in RULES
            if rule.code.startswith(start)
        ]
        parts += [f"\n## {title}\n\n", "| code | rule | | `--fix` |\n| --- | --- | --- | --- |\n", *rows]
    return "".join(parts)


def page(rule: Rule) -> str:
    """Return the page of a rule."""
    bad, good = (read_example(EXAMPLES / f"{rule.code}.{side}.txt") for side in ("bad", "good"))
    parts = (
        f"# {rule.code} · {rule.name}",
        prose(rule.asks()),
        "## Why",
        prose(rule.why()),
        "## How to put it right",
        prose(rule.remedy()),
        *notes(rule),
        "## Wrong",
        *shown(bad),
        fence("console", f"$ tracker {' '.join(bad.arguments)}\n{told(bad)}"),
        "## Right",
        *shown(good),
        f"[All rules]({INDEX})",
    )
    return "\n\n".join(parts) + "\n"


def notes(rule: Rule) -> list[str]:
    """Return what a desk or a ticket can do about a rule beside obeying it."""
    found = ["`tracker validate --fix` does it, where it is certain what was meant."] if rule.fixable else []
    found.append("## How much it weighs")
    if rule.essential:
        found.append("It is always an **error**: a file that breaks it cannot be read as a ticket.")
    elif rule.severity is Severity.ERROR:
        found.append("It is an **error**: `tracker validate` exits with 1.")
    else:
        found.append("It is a **warning**: it is shown, and `tracker validate` exits with 0 all the same.")
    if not rule.essential:
        others = [severity.value for severity in Severity if severity is not rule.severity]
        choice = f'rules:\n  {rule.code}: {others[0]}    # or "off"\n'
        found += ["A desk may weigh it otherwise in `tracker.yml`:", fence("yaml", choice)]
    if rule.excusable:
        excuse = f"exceptions:\n  - {rule.code} The reason why it does not hold here\n"
        found += ["A single ticket may be excused from it:", fence("yaml", excuse)]
    return found


def shown(example: Example) -> list[str]:
    """Return the files of an example; of a change, what it changes."""
    if example.author:
        before = {file.path: file for file in example.before}
        who = f"What {prose(example.author)} proposes:"
        return [who, *(change(file, before.get(file.path)) for file in example.files)]
    return [part for file in example.files for part in as_it_lies(file, example)]


def change(file: File, before: File | None) -> str:
    """Return what becomes of a file."""
    old = before.text.splitlines() if before else []
    new = [] if file.kind == "removed" else file.text.splitlines()
    places = (f"a/{file.path}" if before else "/dev/null", f"b/{file.path}" if new else "/dev/null")
    return fence("diff", "\n".join(difflib.unified_diff(old, new, *places, lineterm="")) + "\n")


def as_it_lies(file: File, example: Example) -> list[str]:
    """Return the path of a file, what is special about it, and its text with the lines that are wrong."""
    place, _arrow, target = file.path.partition(" -> ")
    if file.kind == "link":
        return [f"`{place}` is a symbolic link to `{target}`."]
    kind, text = file.kind, re.sub(r" +(?=\n)", lambda spaces: "␠" * len(spaces[0]), file.text)
    special = ", which nobody may read" if kind == "unreadable" else ""
    special = f", in the encoding {kind.removeprefix('in ')}" if kind.startswith("in ") else special
    if kind.endswith(" bytes"):
        special, text = f", {int(kind.removesuffix(' bytes')):,} bytes", f"{text}…\n"
    spaces = " (each ␠ is a space)" if text.count("␠") else ""
    lines = [finding.rpartition(":")[0] for finding in example.findings]
    wrong = [line.rpartition(":")[2] for line in lines if line.rpartition(":")[0] == place]
    marked = sorted({line for line in wrong if line != "1"}, key=int)
    language = LANGUAGES.get(Path(place).suffix, "text")
    info = f'{language} hl_lines="{" ".join(marked)}"' if marked else language
    return [f"`{place}`{special}{spaces}:", fence(info, text)]


def told(example: Example) -> str:
    """Return what the command line prints about an example."""
    with tempfile.TemporaryDirectory() as folder:
        make_desk(example, Path(folder))
        if example.unreadable:
            command = [*as_a_user(), sys.executable, "-m", "tracker", *example.arguments]
            environment = {**os.environ, "PYTHONPATH": os.fspath(ROOT), "LANGUAGE": "en"}
            done = subprocess.run(  # noqa: S603  # our own command on our own example
                command, cwd=folder, env=environment, capture_output=True, text=True, check=False
            )
            return done.stdout
        output = io.StringIO()
        with chdir(folder), redirect_stdout(output), redirect_stderr(output):
            group.main(list(example.arguments), prog_name="tracker", standalone_mode=False)
        return re.sub(
            r"Compared with .*\n", "", output.getvalue(), count=1
        )  # a commit has another name each time


def fence(info: str, text: str) -> str:
    """Return a block of code that no backticks in it end."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    marks = "`" * max(3, longest + 1)
    return f"{marks}{info}\n{text}{marks}"


def prose(text: str) -> str:
    """Return a text as Markdown that means nothing but this text.

    A backslash before < stays visible with Python-Markdown, so HTML's own marks are written as HTML does.
    """
    return re.sub(r"([\\`*_\[])", r"\\\1", html.escape(text, quote=False)).replace("|", "&#124;")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
