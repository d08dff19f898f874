"""The documentation is complete, and its examples do what it says."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.conftest import git
from tracker.cli import COMMANDS, group
from tracker.document import read_document, read_yaml
from tracker.model.configuration import Configuration
from tracker.model.fields import BUILT_IN
from tracker.model.mail import Mail
from tracker.model.mailbox import Mailbox
from tracker.model.reading import read_configuration
from tracker.validation.catalogue import RULES

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "site" / "guide"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name: str) -> None:
    text = (GUIDE / "commands.md").read_text(encoding="utf-8")
    section = text.partition(f"## tracker {name}\n")[2].partition("\n## ")[0]
    command = group.get_command(click.Context(group), name)
    assert command is not None
    assert section
    assert _undocumented(command, section) == []
    if isinstance(command, click.Group):
        for below in command.list_commands(click.Context(command)):
            part = section.partition(f"### tracker {name} {below}\n")[2].partition("\n### ")[0]
            part = part or (section if f"`tracker {name} {below} " in section else "")
            found = command.get_command(click.Context(command), below)
            assert found is not None
            assert part, below
            assert _undocumented(found, part) == []


def _undocumented(command: click.Command, text: str) -> list[str]:
    """Return the options of a command that a text does not name."""
    options = [
        one for parameter in command.params if isinstance(parameter, click.Option) for one in parameter.opts
    ]
    return [option for option in options if f"`{option}" not in text and option != "--no-index"]


def test_every_setting_of_mail_is_documented() -> None:
    text = (GUIDE / "mail.md").read_text(encoding="utf-8")
    examples = re.findall(r"```yaml\n(mail:\n.*?)```", text, re.DOTALL)
    desk = {"desk": "x", "locations": ["lyon"], "categories": ["hardware/printer"]}
    for one in examples:
        found = read_configuration({**desk, **read_yaml(one.encode(), "x").values})
        assert isinstance(found, Configuration), found
    assert [name for name in Mail.model_fields if f"\n  {name}:" not in text] == []
    assert [name for name in Mailbox.model_fields if not re.search(rf"\b{name}:|`{name}`", text)] == []


def test_every_rule_has_a_page_that_says_what_it_does() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / ".ci" / "rule_pages.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == ""
    assert done.returncode == 0, done.stderr
    text = (GUIDE / "rules" / "index.md").read_text(encoding="utf-8")
    assert [rule.code for rule in RULES if f"[`{rule.code}`]({rule.code}.md)" not in text] == []


def test_every_rule_that_is_found_is_in_the_catalogue() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tracker").rglob("*.py"))
    assert set(re.findall(r'"(T\d{3})"', sources)) == {rule.code for rule in RULES}


def test_every_section_of_the_configuration_is_documented() -> None:
    text = (GUIDE / "configuration.md").read_text(encoding="utf-8")
    assert [name for name in Configuration.model_fields if f"\n{name}:" not in text] == []


def test_every_field_is_documented() -> None:
    text = (GUIDE / "tickets.md").read_text(encoding="utf-8")
    assert [name for name in BUILT_IN if f"| `{name}` |" not in text] == []


def test_the_examples_of_files_are_sound() -> None:
    configuration = (GUIDE / "configuration.md").read_text(encoding="utf-8")
    example = configuration.partition("```yaml\n")[2].partition("```")[0]
    assert isinstance(read_configuration(read_yaml(example.encode(), "x").values), Configuration)
    tickets = (GUIDE / "tickets.md").read_text(encoding="utf-8")
    examples = re.findall(r"```markdown\n(.*?)```", tickets, re.DOTALL)
    assert len(examples) == 2
    assert all(not read_document(example.encode(), "x").findings for example in examples)


PAGES = sorted(
    page.relative_to(ROOT).as_posix()
    for page in (ROOT / "README.md", *GUIDE.glob("*.md"))
    if "```console\n" in page.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_at_the_command_line_do_what_is_shown(page: str, tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    script = tools / "tracker"
    script.write_text(f'#!/bin/sh\nexec {sys.executable} -m tracker "$@"\n')
    script.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    folder = tmp_path / "desk"
    folder.mkdir()
    (Path(environment["HOME"]) / ".gitconfig").write_text(
        "[user]\n\tname = Ada Byron\n\temail = ada@example.org\n"
    )
    environment.pop("GIT_CONFIG_GLOBAL")
    blocks = re.findall(r"```console\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    for command, expected in _commands(blocks):
        if command.startswith("mkdir"):
            folder = folder / "helpdesk"
            folder.mkdir()
            continue
        done = subprocess.run(
            ["sh", "-c", f"{command} 2>&1"],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        code = expected.pop().strip("[]") if expected and re.fullmatch(r"\[\d\]", expected[-1]) else "0"
        assert str(done.returncode) == code, f"{command}\n{done.stdout}"
        assert re.fullmatch(_pattern(expected), done.stdout), f"{command}\n{done.stdout}"


def _commands(blocks: list[str]) -> list[tuple[str, list[str]]]:
    """Return each command of some blocks with the lines that it prints."""
    found: list[tuple[str, list[str]]] = []
    for line in "".join(blocks).splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def _pattern(lines: list[str]) -> str:
    """Return what matches the lines; `…` alone stands for any lines, within a line for any text."""
    patterns = ["(?:.*\n)*" if line == "…" else re.escape(line).replace("…", ".*") + "\n" for line in lines]
    return "".join(patterns)


def test_what_the_readme_names_is_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / target).exists(), target
    assert shutil.which("make")
    for goal in ("serve", "test"):
        done = subprocess.run(
            ["make", "--dry-run", goal], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0


def test_this_repository_is_a_sound_desk() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "validate", "--no-index"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert len(list((ROOT / "tickets").rglob("HD-*.md"))) >= 38
    assert git(ROOT, "ls-files", "public") == ""
