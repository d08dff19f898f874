"""A forge on this machine: a bare repository, and a runner that does the steps of a job as the forge would."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from tests.conftest import CONFIGURATION, git, new_repository, ticket

ROOT = Path(__file__).parents[2]
WORKFLOWS = {
    "github": ".github/workflows/help-desk.yml",
    "gitea": ".gitea/workflows/help-desk.yml",
    "gitlab": ".gitlab-ci.yml",
}
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
HOSTILE = '$(touch pwned)"; touch pwned; `touch pwned`'
"""What a stranger may choose as a login, a title or a branch."""

COMMENT = "tickets/2026/11/HD-1/2026-11-24T101200Z-omar.md"


class Run(NamedTuple):
    """What a job did: the exit code of its first step that failed, and all that it printed."""

    code: int
    out: str


def load(path: Path) -> dict[Any, Any]:
    """Return a YAML file's content; `on` is True, as YAML 1.1 has it."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def filled(text: object, context: Mapping[str, str]) -> str:
    """Return a text with its expressions replaced, as plain text, which is what forges do."""

    def value(match: re.Match[str]) -> str:
        return next((context[name] for name in match[1].split(" || ") if context.get(name)), "")

    return EXPRESSION.sub(value, str(text))


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a job, in which `tracker` is the one of this tree."""
    tools = tmp_path / "bin"
    tools.mkdir()
    script = tools / "tracker"
    script.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m tracker "$@"\n')
    script.chmod(0o755)
    return {
        **os.environ,
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
    }


class Forge(NamedTuple):
    """A repository that others clone, as `tracker init --forge` sets a desk up, with two tickets and a comment.

    Attributes:
        kind: which one it plays.
        bare: the repository.
        clone: a clone of somebody who may push.
        environment: what its jobs run in.
    """

    kind: str
    bare: Path
    clone: Path
    environment: dict[str, str]

    @property
    def workflow(self) -> dict[Any, Any]:
        """The workflow that `tracker init` wrote."""
        return load(self.clone / WORKFLOWS[self.kind])

    def tip(self) -> str:
        """Return the newest commit of the default branch."""
        return git(self.bare, "rev-parse", "main").strip()

    def land(self, message: str) -> str:
        """Commit and push all that lies in the clone, and return the commit."""
        git(self.clone, "add", "-A")
        git(self.clone, "commit", "-qm", message)
        git(self.clone, "push", "-q", "origin", "HEAD:main")
        return self.tip()

    def propose(self, change: Callable[[Path], None], folder: Path) -> str:
        """Let a stranger change a fork of theirs and ask to pull it; return the commit that they propose."""
        git(folder.parent, "clone", "-q", str(self.bare), str(folder))
        git(folder, "config", "user.name", HOSTILE)
        git(folder, "config", "user.email", "eve@example.net")
        change(folder)
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", HOSTILE)
        for place in ("pull", "merge-requests"):
            git(folder, "push", "-q", str(self.bare), f"HEAD:refs/{place}/1/head")
        return git(folder, "rev-parse", "HEAD").strip()

    def run(self, job: str, folder: Path, context: Mapping[str, str]) -> Run:
        """Do the steps of a job in a new folder, with these values for the forge's expressions or variables."""
        told = self.workflow[job] if self.kind == "gitlab" else self.workflow["jobs"][job]
        play = _gitlab_job if self.kind == "gitlab" else _steps
        return play(self, told, folder, context)


def _steps(forge: Forge, job: Mapping[str, Any], folder: Path, context: Mapping[str, str]) -> Run:
    """Do the steps of GitHub Actions: those that install are done already, actions but the checkout left out."""
    code, out = 0, ""
    for step in job["steps"]:
        if "actions/checkout" in step.get("uses", ""):
            _checkout(
                forge.bare, folder, {name: filled(text, context) for name, text in step["with"].items()}
            )
        goes_on = "cancelled()" in str(step.get("if")) or "always()" in str(step.get("if"))
        if "run" not in step or "pip install" in step["run"] or (code and not goes_on):
            continue
        own = {name: filled(text, context) for name, text in step.get("env", {}).items()}
        script = filled(step["run"], context)
        done = bash(["-e"], script, folder, {**forge.environment, **_github_variables(context), **own})
        code, out = code or done.code, out + done.out
    return Run(code, out)


def _github_variables(context: Mapping[str, str]) -> dict[str, str]:
    return {"GITHUB_HEAD_REF": HOSTILE, "GITHUB_ACTOR": HOSTILE, "GITHUB_SHA": context.get("github.sha", "")}


def _checkout(bare: Path, folder: Path, wishes: Mapping[str, str]) -> None:
    """Do what actions/checkout does: one commit only unless told otherwise, on a branch only for its name."""
    address, reference = bare.as_uri(), wishes.get("ref", "main")
    if wishes.get("fetch-depth") == "0":
        git(bare, "clone", "-q", "--no-checkout", address, str(folder))
    else:
        git(bare, "clone", "-q", "--no-checkout", "--depth=1", address, str(folder))
    git(folder, "checkout", "-q", reference)


def _gitlab_job(forge: Forge, job: Mapping[str, Any], folder: Path, context: Mapping[str, str]) -> Run:
    """Do the script of a GitLab job, all of it in one shell, in what its runner fetches."""
    variables = {**job.get("variables", {}), **context}
    depth = [] if variables.get("GIT_DEPTH") == "0" else ["--depth=20"]
    new_repository(folder)
    git(folder, "remote", "add", "origin", forge.bare.as_uri())
    git(folder, "fetch", "-q", *depth, "origin", variables["CI_COMMIT_SHA"])
    if variables.get("GIT_CHECKOUT") != "false":
        git(folder, "checkout", "-q", "--detach", variables["CI_COMMIT_SHA"])
    lines = [line for line in job["script"] if "pip install" not in line]
    script = "\n".join(lines)
    return bash(["-eo", "pipefail"], script, folder, {**forge.environment, **variables})


def bash(options: list[str], script: str, folder: Path, environment: Mapping[str, str]) -> Run:
    """Run a script and return its exit code and output."""
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", *options, "-c", script],
        cwd=folder,
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Run(done.returncode, done.stdout)


@pytest.fixture
def make_forge(tmp_path: Path, environment: dict[str, str]) -> Callable[[str], Forge]:
    """Makes a forge of a kind, with a desk on it."""

    def make(kind: str) -> Forge:
        clone, bare = tmp_path / "clone", tmp_path / "forge.git"
        new_repository(clone)
        subprocess.run(
            ["tracker", "init", "--forge", kind], cwd=clone, env=environment, check=True, capture_output=True
        )
        (clone / "tracker.yml").write_text(CONFIGURATION)
        comment = clone / COMMENT
        comment.parent.mkdir(parents=True)
        (comment.parents[1] / "HD-1.md").write_text(
            ticket(1, "Printer jams").replace("status: open", "status: new")
        )
        (comment.parents[1] / "HD-2.md").write_text(ticket(2, "No network"))
        comment.write_text("---\nauthor: omar\ncreated: 2026-11-24T11:12:00+01:00\n---\nWhich printer?\n")
        git(clone, "add", "-A")
        git(clone, "commit", "-qm", "A desk")
        git(tmp_path, "clone", "-q", "--bare", str(clone), str(bare))
        git(bare, "config", "uploadpack.allowAnySHA1InWant", "true")
        git(clone, "remote", "add", "origin", str(bare))
        return Forge(kind, bare, clone, environment)

    return make


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of this repository as it is on disk, with all that Git does not ignore in one commit."""
    folder = tmp_path_factory.mktemp("source") / "tracker"
    for name in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    new_repository(folder)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "As it is")
    return folder
