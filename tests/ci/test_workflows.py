"""What `tracker init` writes for a forge, the action and the component are well formed, and give nothing away."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.ci.conftest import EXPRESSION, ROOT, WORKFLOWS, load
from tests.conftest import Run
from tracker import __version__

SCHEMAS = {"github": "github-workflows", "gitea": "github-workflows", "gitlab": "gitlab-ci"}
COMPONENT = ROOT / "templates" / "validate" / "template.yml"


def check_schema(schema: str, path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def written(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Path:
    """The workflow that `tracker init` writes for a forge."""
    monkeypatch.chdir(tmp_path)
    assert run("init", "--forge", request.param).code == 0
    return tmp_path / WORKFLOWS[request.param]


@pytest.fixture
def component(tmp_path: Path) -> tuple[dict[str, Any], Path]:
    """The inputs of the component for GitLab, and the job that it gives with their defaults."""
    head, _line, body = COMPONENT.read_text(encoding="utf-8").partition("\n---\n")
    inputs = yaml.safe_load(head)["spec"]["inputs"]
    for name, about in inputs.items():
        body = body.replace(f"$[[ inputs.{name} ]]", about["default"])
    path = tmp_path / "job.yml"
    path.write_text(body)
    return inputs, path


@pytest.mark.parametrize(
    ("written", "schema"), [(forge, SCHEMAS[forge]) for forge in WORKFLOWS], indirect=["written"]
)
def test_a_written_workflow_fits_the_schema_of_its_forge(written: Path, schema: str) -> None:
    check_schema(schema, written)
    text = written.read_text()
    assert "@BRANCH@" not in text
    assert f"=={__version__}'" in text


def test_action_and_component_fit_their_schemas(component: tuple[dict[str, Any], Path]) -> None:
    check_schema("github-actions", ROOT / "action.yml")
    inputs, job = component
    check_schema("gitlab-ci", job)
    assert "$[[" not in job.read_text()
    assert inputs["version"]["default"] == __version__


def shell_texts(node: object) -> Iterator[str]:
    """Yield all that a workflow or an action gives to a shell."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("run", "script", "before_script", "after_script"):
                yield from value if isinstance(value, list) else [value]
            else:
                yield from shell_texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from shell_texts(value)


@pytest.mark.parametrize("written", ["github", "gitea"], indirect=True)
def test_no_expression_stands_in_a_script(written: Path) -> None:
    for path in (written, ROOT / "action.yml", ROOT / ".github" / "workflows" / "ci.yml"):
        scripts = list(shell_texts(load(path)))
        assert scripts
        assert [script for script in scripts if EXPRESSION.search(script)] == []


def test_no_input_stands_in_the_components_script() -> None:
    _head, _line, body = COMPONENT.read_text(encoding="utf-8").partition("\n---\n")
    scripts = list(shell_texts(yaml.safe_load(body)))
    assert scripts
    assert [script for script in scripts if "$[[" in script] == []


@pytest.mark.parametrize("written", ["github", "gitea"], indirect=True)
def test_a_pull_request_gets_to_read_and_no_more(written: Path) -> None:
    workflow = load(written)
    assert set(workflow[True]) == {"push", "pull_request", "schedule"}
    assert workflow["permissions"] == {"contents": "read"}
    job = workflow["jobs"]["validate"]
    assert job["permissions"] == {"contents": "read"}
    assert "secrets." not in str(job)
    checkouts = [step["with"] for step in job["steps"] if "checkout" in step.get("uses", "")]
    assert len(checkouts) == 1
    assert checkouts[0]["ref"] == "${{ github.event.pull_request.base.sha }}"
    assert checkouts[0]["persist-credentials"] is False
    others = {name: job for name, job in workflow["jobs"].items() if name != "validate"}
    for name, other in others.items():
        assert "github.event_name != 'pull_request'" in other["if"] or other["needs"] in others, name


@pytest.mark.parametrize("written", ["github", "gitea"], indirect=True)
def test_only_what_gives_numbers_may_write(written: Path) -> None:
    jobs = load(written)["jobs"]
    assert [name for name, job in jobs.items() if job["permissions"].get("contents") == "write"] == ["accept"]
    keeps = [
        name
        for name, job in jobs.items()
        for step in job["steps"]
        if "checkout" in step.get("uses", "") and step["with"].get("persist-credentials") is not False
    ]
    assert keeps == ["accept"]


@pytest.mark.parametrize("written", ["github", "gitea"], indirect=True)
def test_superseded_runs_end_and_runs_that_push_wait(written: Path) -> None:
    concurrency = load(written)["concurrency"]
    assert concurrency["group"].endswith("${{ github.event.pull_request.number || github.ref }}")
    assert concurrency["cancel-in-progress"] == "${{ github.event_name == 'pull_request' }}"


@pytest.mark.parametrize("written", WORKFLOWS, indirect=True)
def test_pip_imports_nothing_from_the_repository(written: Path) -> None:
    paths = (written, ROOT / "action.yml", COMPONENT)
    lines = [line for path in paths for line in path.read_text().splitlines() if "pip install" in line]
    assert len(lines) >= 5
    assert [line for line in lines if "python -I -m pip install" not in line] == []


@pytest.mark.parametrize("written", ["github", "gitea"], indirect=True)
def test_actions_of_others_are_pinned(written: Path) -> None:
    for path in (written, ROOT / "action.yml"):
        uses = re.findall(r"uses: *(\S+)", path.read_text())
        assert uses
        assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", action) for action in uses)


def test_the_guides_examples_fit_their_schemas(tmp_path: Path) -> None:
    text = (ROOT / "site" / "guide" / "ci.md").read_text(encoding="utf-8")
    schemas = {"repos": "", "include": "gitlab-ci", "name": "github-workflows"}
    seen = set()
    for number, block in enumerate(re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)):
        path = tmp_path / f"{number}.yml"
        path.write_text(block)
        kind = block.partition(":")[0]
        seen.add(kind)
        if schema := schemas[kind]:
            check_schema(schema, path)
        else:
            subprocess.run([sys.executable, "-m", "pre_commit", "validate-config", str(path)], check=True)
        assert [script for script in shell_texts(load(path)) if EXPRESSION.search(script)] == []
    assert seen == set(schemas)


def test_hooks_and_inputs_are_in_the_guide(component: tuple[dict[str, Any], Path]) -> None:
    text = (ROOT / "site" / "guide" / "ci.md").read_text(encoding="utf-8")
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    names = [hook["id"] for hook in hooks]
    assert [name for name in names if f"| `{name}` |" not in text] == []
    assert [name for name in load(ROOT / "action.yml")["inputs"] if f"| `{name}` |" not in text] == []
    assert [name for name in component[0] if f"`{name}`" not in text] == []
