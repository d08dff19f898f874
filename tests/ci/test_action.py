"""The GitHub Action, its steps run as written: it installs the tool from its own checkout, and checks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ci.conftest import HOSTILE, ROOT, Run, bash, filled, load
from tests.conftest import git, write_ticket


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an empty environment, as actions/setup-python gives one."""
    folder = tmp_path_factory.mktemp("python")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    return folder / "bin"


def action(tools: Path, source: Path, checkout: Path, **inputs: str) -> Run:
    """Run the action with these inputs in a folder that holds what was checked out.

    What it prints while it installs is left out.
    """
    described = load(ROOT / "action.yml")
    given = {name: inputs.get(name, about["default"]) for name, about in described["inputs"].items()}
    context = {f"inputs.{name}": value for name, value in given.items()} | {"github.action_path": str(source)}
    for step in described["runs"]["steps"]:
        if "run" not in step:
            continue
        own = {name: filled(text, context) for name, text in step["env"].items()}
        path = f"{tools}{os.pathsep}{os.environ['PATH']}"
        script = filled(step["run"], context)
        done = bash(["-eo", "pipefail"], script, checkout, {**os.environ, "PATH": path, **own})
        if done.code or "pip install" not in script:
            return done
    raise AssertionError(described)


def test_the_action_checks_a_desk_and_a_change_of_it(desk: Path, source: Path, tools: Path) -> None:
    (desk / "pip.py").write_text("raise SystemExit('what lies in the repository was imported')\n")
    path = write_ticket(desk, 1)
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "Sound")
    assert action(tools, source, desk).code == 0
    path.write_text(path.read_text().replace("status: open", "status: new"))
    git(desk, "commit", "-qam", "Back to the beginning")
    change = {"base": "HEAD^", "at": "HEAD"}
    done = action(tools, source, desk, **change)
    assert done.code == 1
    assert "T301" in done.out
    assert action(tools, source, desk, **change, args=f"{path.parent / '*'}").code == 0
    assert action(tools, source, desk, **change, args="--no-index tickets/2026").code == 1


def test_inputs_of_strangers_are_words(desk: Path, source: Path, tools: Path) -> None:
    write_ticket(desk, 1)
    others = set(load(ROOT / "action.yml")["inputs"]) - {"version"}
    for hostile in ({"version"}, others, others - {"folder"}):
        assert action(tools, source, desk, **dict.fromkeys(hostile, HOSTILE)).code
    assert list(desk.rglob("pwned")) == []
