"""`tracker doctor` finds what is wrong with a real repository, a real Git and a real machine."""

import json
import os
import shlex
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_landing import clone_of, committed, in_child
from tests.conftest import CONFIGURATION, Run, git, new_repository, write_ticket
from tests.validation.example import as_a_user
from tracker.checkup.files import line_end_answer, name_answer
from tracker.checkup.forge import place_of_address
from tracker.checkup.machine import SITE, website_answer
from tracker.checkup.mail import MAIL
from tracker.store.record import Record
from tracker.store.spool import Spool, State

ROOT = Path(__file__).parents[2]
Doctor = Callable[[], dict[str, dict[str, Any]]]


@pytest.fixture
def doctor(run: Run) -> Doctor:
    """Runs `tracker doctor --json` in the current folder; returns the answers by check."""

    def examine() -> dict[str, dict[str, Any]]:
        result = run("doctor", "--json")
        answers = {answer["check"]: answer for answer in json.loads(result.out)}
        broken = any(answer["state"] == "problem" for answer in answers.values())
        assert result.code == (3 if broken else 0)
        assert all(answer["hint"] for answer in answers.values() if answer["state"] == "advice")
        return answers

    return examine


@pytest.fixture
def sound(desk: Path, run: Run) -> Path:
    """A desk of which nothing is to be said."""
    write_ticket(desk, 1)
    committed(desk)
    run("merge-driver", "--install")
    return desk


def in_process(
    folder: Path, *arguments: str, program: str = "", before: Sequence[str] = (), **environment: str
) -> Any:
    """Run `tracker doctor` as a process of its own, with another environment."""
    code = f"{program}\nfrom tracker.cli import run; run()"
    return subprocess.run(
        [*before, sys.executable, "-c", code, "doctor", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def only_git(folder: Path, lines: str = "") -> str:
    """Return a PATH with Git alone, behind some lines of a shell script."""
    folder.mkdir()
    script = folder / "git"
    script.write_text(f'#!/bin/sh\n{lines}\nexec {shutil.which("git")} "$@"\n')
    script.chmod(0o755)
    return str(folder)


def test_a_sound_desk(sound: Path, doctor: Doctor, run: Run) -> None:
    answers = doctor()
    assert {answer["state"] for answer in answers.values()} == {"ok"}
    assert all(set(answer) == {"check", "state", "message", "hint"} for answer in answers.values())
    assert list(answers)[:4] == ["git", "time-zones", "website", "desk"]
    documented = (ROOT / "site" / "guide" / "commands.md").read_text(encoding="utf-8")
    assert [name for name in answers if f"| `{name}` |" not in documented] == []
    result = run("doctor")
    assert result.err == "0 problems, 0 pieces of advice.\n"
    assert "\x1b" not in result.out
    first = result.out.splitlines()[0]
    assert first.startswith("✓ Git ")
    assert first.index(git(sound, "version").split()[2]) == result.out.splitlines()[1].index("Europe/Paris")


def test_nothing_is_changed(sound: Path, doctor: Doctor, run: Run) -> None:
    run("index")

    def files() -> dict[Path, tuple[int, int]]:
        found = {path: path.lstat() for path in sound.rglob("*")}
        return {path: (status.st_size, status.st_mtime_ns) for path, status in found.items()}

    before = files()
    doctor()
    assert files() == before


def test_marks_are_letters_where_there_is_no_sign(sound: Path) -> None:
    git(sound, "config", "--unset", "user.name")
    done = in_process(sound, PYTHONIOENCODING="ascii")
    assert done.returncode == 3
    assert done.stdout.startswith("v Git ")
    assert "\nx You " in done.stdout
    assert '\n    git config --global user.name "' in done.stdout


def test_lines_fit_a_terminal_of_80_columns_in_french(desk: Path) -> None:
    done = in_process(desk, LANGUAGE="fr", LANG="fr_FR.UTF-8")
    assert "! Fusion " in done.stdout
    assert "0 problème, 1 conseil." in done.stderr
    short = [line for line in done.stdout.splitlines() if str(desk) not in line]
    assert max(map(len, short)) <= 80


def test_no_escape_code_reaches_the_terminal(sound: Path, run: Run) -> None:
    (sound / "tracker.yml").write_text(CONFIGURATION.replace("Test desk", r'"\e[31mred"'))
    assert "Configuration  ␛[31mred" in run("doctor").out


def test_outside_a_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, doctor: Doctor, run: Run) -> None:
    monkeypatch.chdir(tmp_path)
    answers = doctor()
    assert answers["desk"]["state"] == "problem"
    assert "tracker init" in answers["desk"]["hint"]
    assert list(answers) == ["git", "website", "desk"]
    new_repository(tmp_path)
    assert doctor()["identity"]["message"] == "Ada Byron <ada@example.org>"


def test_no_git(sound: Path, tmp_path: Path) -> None:
    done = in_process(sound, "--json", PATH=str(tmp_path / "nothing"))
    assert done.returncode == 3
    answers = {answer["check"]: answer for answer in json.loads(done.stdout)}
    assert answers["git"]["state"] == "problem"
    assert "git-scm.com" in answers["git"]["hint"]
    assert answers["configuration"]["state"] == "ok"
    assert "repository" not in answers
    (tmp_path / "elsewhere").mkdir()
    done = in_process(tmp_path / "elsewhere", PATH=str(tmp_path / "nothing"))
    assert done.stdout.startswith("✗ Git ")
    assert "Traceback" not in done.stderr


def test_a_git_that_is_too_old(sound: Path, tmp_path: Path) -> None:
    old = 'case "$*" in *version) echo git version 2.30.2; exit;; *--path-format*) echo --path-format=absolute;; esac'
    path = only_git(tmp_path / "old", old)
    done = in_process(sound, "--json", PATH=path)
    answers = {answer["check"]: answer for answer in json.loads(done.stdout)}
    assert done.returncode == 3
    assert answers["git"]["message"] == "Git 2.30.2 is too old: 2.31 or later is needed."
    assert "repository" not in answers
    listed = subprocess.run(
        [sys.executable, "-m", "tracker", "set", "1", "priority=high"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PATH": path},
        cwd=sound,
        capture_output=True,
        text=True,
        check=False,
    )
    assert listed.returncode == 3
    assert "2.31 or later is needed" in listed.stderr


def test_a_repository_of_another_user(sound: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    answers = doctor()
    assert answers["repository"]["state"] == "problem"
    assert "safe.directory" in answers["repository"]["hint"]
    assert answers["configuration"]["state"] == "ok"
    (sound / "tracker.yml").unlink()
    assert "desk" not in doctor()


def test_what_has_to_be_trusted_is_the_repository_around_the_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, doctor: Doctor
) -> None:
    new_repository(tmp_path / "it's ours")
    desk = tmp_path / "it's ours" / "helpdesk"
    desk.mkdir()
    (desk / "tracker.yml").write_text(CONFIGURATION)
    monkeypatch.chdir(desk)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    *_words, place = shlex.split(doctor()["repository"]["hint"])
    assert place == str(desk.parent)


@pytest.mark.parametrize("damage", ["config", "HEAD"])
def test_a_repository_that_git_cannot_read(sound: Path, doctor: Doctor, damage: str) -> None:
    (sound / ".git" / damage).write_text("[what")
    answers = doctor()
    assert answers["repository"]["state"] == "problem"
    assert ("bad config line" if damage == "config" else "not a git repository") in answers["repository"][
        "message"
    ]


def test_a_desk_without_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, doctor: Doctor) -> None:
    (tmp_path / "tracker.yml").write_text(CONFIGURATION)
    monkeypatch.chdir(tmp_path)
    assert doctor()["repository"]["hint"].startswith("git init")
    git(tmp_path, "init", "-q", "-b", "main")
    answers = doctor()
    assert answers["repository"]["state"] == "ok"
    assert answers["commits"]["state"] == "advice"
    assert "clock" not in answers


def test_a_desk_that_is_not_committed(sound: Path, doctor: Doctor) -> None:
    git(sound, "rm", "-q", "--cached", "tracker.yml")
    git(sound, "commit", "-qm", "x")
    assert "holds no tracker.yml" in doctor()["commits"]["message"]


def test_a_repository_that_lost_its_commits(sound: Path, doctor: Doctor) -> None:
    for folder in (sound / ".git" / "objects").iterdir():
        shutil.rmtree(folder)
    answer = doctor()["commits"]
    assert answer["state"] == "problem"
    assert answer["hint"] == "git fsck"


def test_a_folder_with_a_line_break_in_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, doctor: Doctor
) -> None:
    folder = tmp_path / "two\nlines"
    new_repository(folder)
    (folder / "tracker.yml").write_text(CONFIGURATION)
    monkeypatch.chdir(folder)
    assert doctor()["repository"]["hint"] == "Rename the folder."


def test_a_bare_repository(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, doctor: Doctor
) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(sound), "bare.git")
    monkeypatch.chdir(tmp_path / "bare.git")
    git(Path(), "config", "user.name", "Ada")
    git(Path(), "config", "user.email", "ada@example.org")
    answers = doctor()
    assert {answer["state"] for answer in answers.values()} == {"ok"}
    assert "without a work tree" in answers["repository"]["message"]
    assert "merge-driver" not in answers


def test_a_bare_repository_that_git_is_told_not_to_look_into(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, doctor: Doctor
) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(sound), "bare.git")
    monkeypatch.chdir(tmp_path / "bare.git")
    for key, value in {"COUNT": "1", "KEY_0": "safe.bareRepository", "VALUE_0": "explicit"}.items():
        monkeypatch.setenv(f"GIT_CONFIG_{key}", value)
    assert "safe.bareRepository" in doctor()["repository"]["message"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("desk: x\nlanguage: tlh\nzone: UTC\n", "2 findings in tracker.yml."),
        ("desk: [\n", "1 finding in tracker.yml."),
        ("", "1 finding in tracker.yml."),
    ],
)
def test_a_configuration_that_is_wrong(sound: Path, doctor: Doctor, text: str, message: str) -> None:
    (sound / "tracker.yml").write_text(text)
    answers = doctor()
    assert answers["configuration"] == {
        "check": "configuration",
        "state": "problem",
        "message": message,
        "hint": "tracker validate",
    }
    assert answers["identity"]["state"] == "ok"
    assert "forge" not in answers


def test_a_template_that_cannot_be_read(sound: Path, doctor: Doctor) -> None:
    folder = sound / "templates" / "tickets"
    folder.mkdir(parents=True)
    (folder / "fine.md").write_text("---\ntype: request\n---\n")
    assert doctor()["templates"]["state"] == "ok"
    (folder / "broken.md").write_text("---\ntype: [\n---\n")
    answer = doctor()["templates"]
    assert answer["state"] == "problem"
    assert answer["message"].startswith("1 ticket template")
    assert answer["hint"].startswith("templates/tickets/broken.md:")


def test_a_shallow_clone_and_both_ways_out_of_it(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, doctor: Doctor
) -> None:
    git(sound, "config", "uploadpack.allowFilter", "true")
    for way in (0, 1):
        shallow = tmp_path / f"shallow-{way}"
        git(tmp_path, "clone", "-q", "--depth", "1", f"file://{sound}", str(shallow))
        monkeypatch.chdir(shallow)
        answer = doctor()["history"]
        assert answer["state"] == "problem"
        command = answer["hint"].splitlines()[way]
        assert command[command.index("git ") :].startswith("git fetch --")
        subprocess.run(command[command.index("git ") :].split(), check=True, capture_output=True)
        healed = doctor()["history"]
        assert healed["state"] == "ok"
        assert ("blob:none" in healed["message"]) is (way == 1)


@pytest.mark.parametrize(("lacks", "state"), [("blob:none", "ok"), ("tree:0", "advice")])
def test_a_partial_clone(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, doctor: Doctor, lacks: str, state: str
) -> None:
    git(sound, "config", "uploadpack.allowFilter", "true")
    git(sound, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(tmp_path, "clone", "-q", f"--filter={lacks}", f"file://{sound}", "partial")
    monkeypatch.chdir(tmp_path / "partial")
    answer = doctor()["history"]
    assert answer["state"] == state
    assert lacks in answer["message"]


def test_nobody_is_at_work(sound: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    git(sound, "config", "--unset", "user.email")
    answer = doctor()["identity"]
    assert answer["state"] == "problem"
    assert answer["hint"] == 'git config --global user.email "…@…"'
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "omar@example.org")
    assert doctor()["identity"]["message"] == "Ada Byron <omar@example.org>: omar"


def test_somebody_whom_the_desk_does_not_know(sound: Path, doctor: Doctor) -> None:
    git(sound, "config", "user.email", "eve@example.org")
    answer = doctor()["identity"]
    assert answer["state"] == "advice"
    assert "eve@example.org" in answer["message"]


def test_the_desk_itself_is_at_work_where_its_mail_comes_in(sound: Path, doctor: Doctor) -> None:
    git(sound, "config", "user.email", "Help@example.org")
    with (sound / "tracker.yml").open("a") as settings:
        settings.write("mail: {address: help@example.org}\n")
    answer = doctor()["identity"]
    assert (answer["state"], answer["message"]) == (
        "ok",
        "Ada Byron <Help@example.org>: the desk itself, which takes mail in here.",
    )


def test_a_merge_that_is_not_finished(sound: Path, doctor: Doctor) -> None:
    git(sound, "checkout", "-qb", "other")
    (sound / "a").write_text("theirs")
    committed(sound)
    git(sound, "checkout", "-q", "main")
    (sound / "a").write_text("ours")
    committed(sound)
    with pytest.raises(subprocess.CalledProcessError):
        git(sound, "merge", "-q", "other")
    answer = doctor()["unfinished"]
    assert answer["state"] == "advice"
    assert "git merge --abort" in answer["hint"]
    git(sound, "merge", "--abort")
    assert doctor()["unfinished"]["state"] == "ok"


@pytest.mark.parametrize(("ahead", "state"), [(60, "ok"), (3600, "advice")])
def test_a_commit_from_the_future(
    sound: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch, ahead: int, state: str
) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", f"@{int(time.time()) + ahead} +0000")
    git(sound, "commit", "-q", "--allow-empty", "-m", "x")
    assert doctor()["clock"]["state"] == state


def test_a_commit_of_a_year_that_no_calendar_has(
    sound: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "@9999999999999 +0000")
    git(sound, "commit", "-q", "--allow-empty", "-m", "x")
    assert "9999-12-31" in doctor()["clock"]["message"]


def test_a_machine_without_time_zones(sound: Path) -> None:
    hidden = "import sys; sys.modules['tzdata'] = None"
    done = in_process(sound, "--json", program=hidden, PYTHONTZPATH="")
    answers = {answer["check"]: answer for answer in json.loads(done.stdout)}
    assert answers["time-zones"]["state"] == "problem"
    assert answers["time-zones"]["hint"] == "pip install tzdata"


def test_a_fresh_clone_has_no_merge_driver(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, doctor: Doctor, run: Run
) -> None:
    clone = clone_of(sound, tmp_path / "clone")
    monkeypatch.chdir(clone)
    answer = doctor()["merge-driver"]
    assert answer["state"] == "advice"
    assert answer["hint"] == "tracker merge-driver --install"
    assert run(*answer["hint"].split()[1:]).code == 0
    assert doctor()["merge-driver"]["state"] == "ok"
    git(clone, "config", "merge.tracker.driver", "'/gone/python' -m tracker merge-driver %O %A %B")
    assert "/gone/python" in doctor()["merge-driver"]["message"]
    git(clone, "config", "merge.tracker.driver", "'")
    assert doctor()["merge-driver"]["state"] == "advice"
    run("merge-driver", "--install")
    (clone / ".git" / "info" / "attributes").unlink()
    assert "attribute" in doctor()["merge-driver"]["message"]


def test_the_merge_driver_of_a_desk_in_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, doctor: Doctor, run: Run
) -> None:
    new_repository(tmp_path / "top")
    desk = tmp_path / "top" / "help desk"
    desk.mkdir()
    (desk / "tracker.yml").write_text(CONFIGURATION)
    committed(desk)
    monkeypatch.chdir(desk)
    assert doctor()["merge-driver"]["state"] == "advice"
    run("merge-driver", "--install")
    assert {answer["state"] for answer in doctor().values()} == {"ok"}


def test_hooks_that_are_asked_for(sound: Path, doctor: Doctor) -> None:
    (sound / ".pre-commit-config.yaml").write_text("repos: [{repo: local, hooks: [{id: ruff}]}]\n")
    assert doctor()["hooks"]["state"] == "ok"
    (sound / ".pre-commit-config.yaml").write_text("repos: [{repo: local, hooks: [{id: tracker}]}]\n")
    assert doctor()["hooks"]["hint"] == "pre-commit install"
    hook = sound / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\n")
    assert doctor()["hooks"]["state"] == "advice", "Git ignores a hook that cannot be run"
    hook.chmod(0o755)
    assert doctor()["hooks"]["state"] == "ok"
    git(sound, "config", "core.hooksPath", "my-hooks")
    assert "my-hooks" in doctor()["hooks"]["hint"]
    shutil.copytree(hook.parent, sound / "my-hooks")
    assert doctor()["hooks"]["state"] == "ok"


@pytest.mark.parametrize("scope", ["--global", "--local"])
def test_hooks_that_were_sent_elsewhere_come_back_by_the_hint(
    sound: Path, tmp_path: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch, scope: str
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "everywhere"))
    (sound / ".pre-commit-config.yaml").write_text("repos: [{repo: local, hooks: [{id: tracker}]}]\n")
    git(sound, "config", scope, "core.hooksPath", "elsewhere")
    command = doctor()["hooks"]["hint"].splitlines()[-1]
    git(sound, *command.split()[1:])
    assert doctor()["hooks"]["hint"] == "pre-commit install"


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("git@github.com:acme/desk.git", "github.com/acme/desk"),
        ("https://ada:secret@GitHub.com:443/acme/desk.git/", "github.com/acme/desk"),
        ("ssh://git@gitlab.example.org:2222/it/help/desk", "gitlab.example.org/it/help/desk"),
        ("github.com:acme/desk", "github.com/acme/desk"),
        ("/srv/git/desk.git", ""),
        ("file:///srv/git/desk.git", ""),
        (r"C:\git\desk", ""),
        ("C:/git/desk", ""),
        ("https://[bad", ""),
        ("", ""),
    ],
)
def test_where_an_address_leads(address: str, place: str) -> None:
    assert place_of_address(address) == place


@pytest.mark.parametrize(
    ("forge", "remote", "words"),
    [
        ("{kind: none}", "https://git.example.org/a/b", None),
        ("{kind: github, url: https://github.com/a/b}", "git@github.com:a/b.git", None),
        ("{kind: github, url: https://github.com/A/b}", "https://ada:secret@github.com/a/b", None),
        ("{kind: none}", "git@github.com:a/b.git", "names no forge"),
        ("{kind: gitlab}", "git@gitlab.example.org:a/b.git", "forge.url is not in tracker.yml"),
        ("{kind: gitlab, url: https://github.com/a/b}", "git@github.com:a/b.git", "forge.kind is “gitlab”"),
        ("{kind: github, url: https://github.com/a/b}", "https://u:secret@github.com/c/b", "github.com/c/b"),
        ("{branch: trunk}", "https://git.example.org/a/b", "default branch is “main”"),
    ],
)
def test_a_forge_and_a_remote(
    sound: Path, doctor: Doctor, forge: str, remote: str, words: str | None
) -> None:
    (sound / "tracker.yml").write_text(f"{CONFIGURATION}forge: {forge}\n")
    git(sound, "remote", "add", "origin", remote)
    git(sound, "update-ref", "refs/remotes/origin/main", "HEAD")
    git(sound, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    answer = doctor()["forge"]
    assert answer["state"] == ("advice" if words else "ok")
    assert (words or "") in answer["message"]
    assert "secret" not in json.dumps(answer)


def test_a_branch_that_is_not_here(sound: Path, doctor: Doctor) -> None:
    git(sound, "branch", "-m", "master")
    answer = doctor()["forge"]
    assert answer["state"] == "advice"
    assert "“main”" in answer["message"]


@pytest.mark.parametrize(
    ("forge", "file"),
    [
        ("github", ".github/workflows/anything.yaml"),
        ("gitlab", ".gitlab-ci.yml"),
        ("gitea", ".gitea/workflows/help-desk.yml"),
        ("gitea", ".forgejo/workflows/help-desk.yml"),
    ],
)
def test_a_workflow(sound: Path, doctor: Doctor, forge: str, file: str) -> None:
    (sound / "tracker.yml").write_text(f"{CONFIGURATION}forge: {{kind: {forge}, url: https://x.example/a}}\n")
    assert doctor()["workflow"]["state"] == "advice"
    path = sound / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("run: make\n")
    assert doctor()["workflow"]["state"] == "advice"
    path.write_text("run: tracker validate\n")
    assert doctor()["workflow"]["message"] == file


def test_the_extra_is_what_the_package_says() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    listed = {name + ">=" + oldest for name, oldest in SITE.items()}
    assert listed == {line.partition(",")[0] for line in project["optional-dependencies"]["site"]}


@pytest.mark.parametrize(
    ("changed", "state", "words"),
    [
        ({}, "ok", "MkDocs 1.6.1"),
        ({"nh3": None, "comrak": None}, "advice", "comrak, nh3"),
        ({"mkdocs": "2.0.0"}, "problem", "MkDocs 2.0.0"),
        ({"mkdocs": "1.5.3"}, "problem", "mkdocs 1.5.3"),
        ({"mkdocs-material": "9.7.10rc1"}, "ok", "9.7.10rc1"),
        ({"click": "8.3.0"}, "advice", "click 8.3.0"),
        ({"click": "8.3.3"}, "advice", "click 8.3.3"),
        ({"click": "8.3.4"}, "ok", ""),
        ({"click": "8.2.1"}, "ok", ""),
    ],
)
def test_the_packages_of_the_website(changed: dict[str, str | None], state: str, words: str) -> None:
    versions: dict[str, str | None] = {
        "comrak": "0.0.16",
        "mkdocs": "1.6.1",
        "mkdocs-material": "9.8.2",
        "nh3": "0.3.1",
        "pygments": "2.20",
        "click": "8.5.1",
    }
    answer = website_answer(versions | changed)
    assert answer.state == state
    assert words in answer.message


def test_line_ends_against_attributes(sound: Path, doctor: Doctor) -> None:
    path = write_ticket(sound, 2)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    committed(sound)
    assert doctor()["line-ends"]["state"] == "ok"
    (sound / ".gitattributes").write_text("*.md text\n")
    git(sound, "add", ".gitattributes")
    git(sound, "commit", "-qm", "x")
    answer = doctor()["line-ends"]
    assert answer["state"] == "advice"
    assert answer["message"].startswith("1 file has CR LF")
    git(sound, "add", "--renormalize", "tickets")
    git(sound, "commit", "-qm", "x")
    assert doctor()["line-ends"]["state"] == "ok"


def test_settings_of_other_systems() -> None:
    assert line_end_answer("linux", {"core.autocrlf": "true"}).state == "advice"
    assert line_end_answer("linux", {"core.autocrlf": "input"}).state == "ok"
    assert line_end_answer("win32", {"core.autocrlf": "true"}).state == "ok"
    assert name_answer("linux", {}, 20, ignores_case=False).state == "ok"
    assert name_answer("darwin", {"core.ignorecase": "true"}, 20, ignores_case=True).state == "ok"
    assert name_answer("win32", {}, 20, ignores_case=True).hint == "git config core.ignoreCase true"
    long = name_answer("win32", {"core.ignorecase": "true"}, 180, ignores_case=True)
    assert long.hint == "git config core.longpaths true"


def test_a_clone_that_came_from_a_file_system_that_ignores_case(sound: Path, doctor: Doctor) -> None:
    git(sound, "config", "core.ignoreCase", "true")
    same = (sound / "TRACKER.YML").exists()  # where the file system ignores case, Git is right to do so
    assert doctor()["names"]["hint"] == ("" if same else "git config core.ignoreCase false")


def test_attachments_that_git_lfs_keeps(sound: Path, tmp_path: Path, doctor: Doctor) -> None:
    (sound / ".gitattributes").write_text("*.png filter=lfs diff=lfs merge=lfs -text\n")
    answer = doctor()["large-files"]
    assert answer["state"] == "problem"
    assert answer["hint"].startswith("git lfs install")
    git(sound, "lfs", "install", "--local")
    assert doctor()["large-files"]["state"] == "ok"
    without = 'for word; do [ "$word" = lfs ] && { echo "git: not a git command" >&2; exit 1; }; done'
    done = in_process(sound, "--json", PATH=only_git(tmp_path / "bin", without))
    answers = {answer["check"]: answer for answer in json.loads(done.stdout)}
    assert answers["large-files"]["state"] == "problem"
    assert answers["large-files"]["hint"] == "https://git-lfs.com"


def test_an_index_that_is_damaged(sound: Path, doctor: Doctor, run: Run) -> None:
    run("index")
    (file,) = (sound / ".git" / "tracker").glob("index-*.sqlite")
    file.write_bytes(b"not a database" * 1000)
    answer = doctor()["index"]
    assert answer["state"] == "advice"
    assert str(file.parent) in answer["hint"]
    run("list")
    assert doctor()["index"]["state"] == "ok"


def test_a_file_in_place_of_the_index(sound: Path, doctor: Doctor) -> None:
    shutil.rmtree(sound / ".git" / "tracker", ignore_errors=True)
    (sound / ".git" / "tracker").write_text("in the way")
    assert doctor()["index"]["state"] == "problem"


def test_an_index_of_another_user(sound: Path, run: Run) -> None:
    run("index")
    (file,) = (sound / ".git" / "tracker").glob("index-*.sqlite")
    file.chmod(0o400)
    done = in_process(sound, "--json", before=as_a_user())
    (answer,) = (answer for answer in json.loads(done.stdout) if answer["check"] == "index")
    assert answer["state"] == "problem"
    assert str(file) in answer["message"]


@pytest.mark.parametrize(
    "where", ["tracker.actions.commit.write_carried", "tracker.actions.commit.move_head"]
)
def test_what_a_killed_command_left(
    sound: Path, doctor: Doctor, run: Run, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def kill() -> None:
        monkeypatch.setattr(where, lambda *_arguments: os._exit(9))

    assert in_child(kill, run) == 9
    answer = doctor()["leftovers"]
    assert answer["state"] == "advice"
    assert "stopped on its way" in answer["message"]
    assert doctor()["lock"]["message"] == "No other Git is at work here.", "the lock is ours"
    assert run("set", "1", "due=2026-12-01").code == 0
    assert doctor()["leftovers"]["state"] == "ok"


@pytest.mark.parametrize("text", ["nothing", "[]", '{"files": []}', '{"files": {"a": [1, 2]}}'])
def test_a_journal_that_is_none(sound: Path, doctor: Doctor, text: str) -> None:
    journal = sound / ".git" / "tracker" / "journal.json"
    journal.parent.mkdir(exist_ok=True)
    journal.write_text(text)
    answer = doctor()["leftovers"]
    assert answer["state"] == "problem"
    assert str(journal) in answer["message"]


def test_a_lock_that_another_git_left(sound: Path, doctor: Doctor) -> None:
    lock = sound / ".git" / "index.lock"
    lock.touch()
    assert doctor()["lock"]["state"] == "ok"
    past = time.time() - 540
    os.utime(lock, (past, past))
    assert doctor()["lock"]["state"] == "ok", "a large repository keeps Git busy for minutes"
    past = time.time() - 600
    os.utime(lock, (past, past))
    answer = doctor()["lock"]
    assert answer["state"] == "problem"
    assert "10 minutes ago" in answer["message"]
    assert str(lock) in answer["hint"]


def test_mail_is_looked_at_where_it_comes_in(sound: Path, doctor: Doctor) -> None:
    assert "mail" not in doctor(), "it comes in elsewhere"
    spool = Spool(sound / ".git" / "tracker-mail")
    spool.deliver("a" * 64, b"x", Record(received=datetime.now(UTC).isoformat()))
    lines = ["address: help@example.org", "verified_by: mx.example.org", "smtp: {host: smtp.example.org}"]
    for number, words in enumerate(("no address", "no sender is verified", "nobody gets an answer", "help@")):
        settings = "\n  ".join(["mail:", *lines[:number]]) if number else ""
        (sound / "tracker.yml").write_text(f"{CONFIGURATION}{settings}\n")
        answer = doctor()["mail"]
        assert words in answer["message"]
        assert answer["state"] == ("advice" if answer["hint"] else "ok")
    assert doctor()["spool"]["state"] == "ok"


def test_a_spool_where_something_waits(sound: Path, doctor: Doctor) -> None:
    spool = Spool(sound / ".git" / "tracker-mail")
    long_ago = (datetime.now(UTC) - timedelta(hours=2)).isoformat()
    spool.deliver("a" * 64, b"x", Record(received=long_ago))
    assert doctor()["spool"]["message"] == "1 message waits, and nothing takes it in."
    with spool.claimed(1) as (claim,):
        spool.finish(claim.identity, claim.record, State.HELD)
    assert doctor()["spool"]["message"] == "1 message needs somebody."
    spool.folder.chmod(0o755)
    answer = doctor()["spool"]
    assert answer["state"] == "problem"
    subprocess.run(shlex.split(answer["hint"]), check=True)
    assert doctor()["spool"]["state"] == "advice"


def test_the_extra_for_mail_is_known() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert [line.partition(">")[0] for line in extras["mail"]] == [*MAIL]
