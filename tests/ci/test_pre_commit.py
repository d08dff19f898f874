"""pre-commit runs the hooks of this repository, from a clone of it, in an environment that it makes itself."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ci.conftest import Run
from tests.conftest import CONFIGURATION, git, new_repository, write_ticket

WRONG = "priority: hihg"
Hook = Callable[..., Run]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps its environments: one for all tests here."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def hook(source: Path, cache: Path, desk: Path) -> Hook:
    """Lets pre-commit check what is staged with one hook, set up as a desk's engineers would."""

    def run_hook(name: str, *settings: str, folder: Path = desk) -> Run:
        revision = git(source, "rev-parse", "HEAD").strip()
        lines = [f"repos:\n- repo: {source}\n  rev: {revision}\n  hooks:\n  - id: {name}\n"]
        (folder / ".pre-commit-config.yaml").write_text(
            "".join([*lines, *(f"    {one}\n" for one in settings)])
        )
        git(folder, "add", "-A")
        done = subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", "--color=never", name],
            cwd=folder,
            env={**os.environ, "PRE_COMMIT_HOME": str(cache)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=600,
        )
        return Run(done.returncode, done.stdout)

    return run_hook


def test_a_sound_ticket_passes_and_a_broken_one_is_found(desk: Path, hook: Hook) -> None:
    path = write_ticket(desk, 1)
    done = hook("tracker-validate")
    assert done.code == 0, done.out
    assert "Passed" in done.out
    path.write_text(path.read_text().replace("priority: normal", WRONG))
    done = hook("tracker-validate")
    assert done.code == 1
    assert "tickets/2026/11/HD-1.md:7:11" in done.out
    assert "“hihg” is not a known value of priority." in done.out


def test_only_what_is_staged_is_checked(desk: Path, hook: Hook) -> None:
    write_ticket(desk, 1).write_text("no ticket\n")
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "Broken")
    write_ticket(desk, 2)
    assert hook("tracker-validate").code == 0
    assert hook("tracker-validate-desk").code == 1


def test_a_link_is_found_though_it_is_no_file(desk: Path, hook: Hook) -> None:
    (desk / "tickets" / "drafts").mkdir(parents=True)
    (desk / "tickets" / "drafts" / "passwd.md").symlink_to("/etc/passwd")
    done = hook("tracker-validate")
    assert done.code == 1
    assert "T001" in done.out


def test_a_removed_file_leaves_a_finding_in_the_whole_desk(desk: Path, hook: Hook) -> None:
    other = write_ticket(desk, 1)
    write_ticket(desk, 2, more="links:\n  - follows HD-1\n")
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "Two")
    other.unlink()
    assert hook("tracker-validate-desk").code == 1


def test_what_has_one_right_answer_is_put_right(desk: Path, hook: Hook) -> None:
    path = write_ticket(desk, 1, more="labels: [wifi, vpn]\n")
    done = hook("tracker-fix")
    assert done.code == 1
    assert "files were modified by this hook" in done.out
    assert "labels:\n  - wifi\n  - vpn\n" in path.read_text()
    assert hook("tracker-fix").code == 0


def test_a_desk_in_a_subfolder_is_named_by_its_files(hook: Hook, tmp_path: Path) -> None:
    top = tmp_path / "monorepo"
    new_repository(top)
    path = write_ticket(top / "helpdesk", 1)
    (top / "helpdesk" / "tracker.yml").write_text(CONFIGURATION)
    path.write_text(path.read_text().replace("priority: normal", WRONG))
    files = r"files: ^helpdesk/(tickets/|tracker\.yml$)"
    for name, setting in (("tracker-validate", files), ("tracker-validate-desk", "args: [helpdesk]")):
        found = hook(name, setting, folder=top)
        assert found.code == 1
        assert "tickets/2026/11/HD-1.md:7:11" in found.out
    path.write_text(path.read_text().replace(WRONG, "priority: normal"))
    assert hook("tracker-validate", files, folder=top).code == 0
