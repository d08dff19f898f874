"""Making desks: `init` in any folder, `demo` from nothing."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import Run, git, new_repository, write_ticket
from tracker.demo.desk import demo_commits
from tracker.store.templates import packaged_templates


@pytest.mark.parametrize("forge", ["github", "gitlab", "gitea"])
def test_init_in_an_empty_folder_gives_a_working_desk(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, forge: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("init", "--forge", forge, "--name", 'The "desk": ours', "--time-zone", "America/Toronto")
    assert result.code == 0
    assert "written  tracker.yml" in result.out
    git(tmp_path, "config", "user.name", "Ada Byron")
    assert run("new", "First", "-s", "category=other").out.strip().endswith("HD-1.md")
    assert run("validate").code == 0
    _build(tmp_path)
    assert (tmp_path / "public" / "tickets" / "HD-1" / "index.html").is_file()
    workflow = {
        "github": ".github/workflows/help-desk.yml",
        "gitlab": ".gitlab-ci.yml",
        "gitea": ".gitea/workflows/help-desk.yml",
    }[forge]
    assert "tracker validate" in (tmp_path / workflow).read_text()


def _build(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "build", "--strict"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_init_in_an_existing_repository_overwrites_nothing(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_repository(tmp_path)
    monkeypatch.chdir(tmp_path)
    own = {
        "mkdocs.yml": "site_name: Ours\nsite_dir: out\nnav:\n  - Home: index.md\nplugins:\n  search: {}\n",
        "docs/index.md": "# Ours\n",
        ".gitignore": "/out/\n",
        "templates/tickets/request.md": "---\ntype: request\npriority: low\n---\nOurs\n",
    }
    for name, text in own.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "ours")
    result = run("init", "--language", "fr")
    assert "kept     mkdocs.yml" in result.out
    assert git(tmp_path, "diff") == ""
    run("new", "Premier", "-s", "category=other")
    assert run("validate").code == 0
    _build(tmp_path)
    page = (tmp_path / "out" / "tickets" / "HD-1" / "index.html").read_text()
    assert "Ours" in page
    assert "Premier" in page
    assert "Sans responsable" in page
    assert run("init").code == 2


def test_a_french_desk_starts_in_french(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    git(tmp_path, "init", "-q")
    assert run("init", "--language", "fr").code == 0
    assert "De quoi avez-vous besoin" in (tmp_path / "templates" / "tickets" / "request.md").read_text()
    assert "- Accueil: index.md" in (tmp_path / "mkdocs.yml").read_text()
    english = {path.stem for path in packaged_templates().glob("tickets/*.md")}
    assert {path.stem for path in packaged_templates().glob("desk/fr/*.md")} == english


def test_a_template_without_a_priority_starts_with_the_usual_one(desk: Path, run: Run) -> None:
    place = desk / "templates" / "tickets" / "laptop.md"
    place.parent.mkdir(parents=True)
    place.write_text("---\ntype: request\ncategory: hardware\n---\n## Why?\n")
    assert run("new", "A laptop", "-t", "laptop").code == 0
    (made,) = (desk / "tickets").rglob("HD-1.md")
    assert "priority: normal" in made.read_text()


def test_init_refuses_a_wrong_time_zone_and_writes_nothing(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("init", "new/desk", "--time-zone", "Mars/Olympus")
    assert result.code == 2
    assert "Europe/Paris" in result.err
    assert list(tmp_path.iterdir()) == []


def test_init_says_what_a_kept_file_should_have(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".gitignore").write_text("*.log\n")
    assert "add to .gitignore: /public/" in run("init").out
    assert (tmp_path / ".gitignore").read_text() == "*.log\n"


def test_demo_makes_a_sound_desk_with_history(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("demo", "d", "--tickets", "60", "--now", "2026-11-24").code == 0
    folder = tmp_path / "d"
    assert len(list((folder / "tickets").rglob("HD-*.md"))) == 60
    assert run("-C", "d", "validate", "--json").out.strip() == "[]"
    assert run("-C", str(folder), "list", "--all", "--json").code == 0
    git(folder, "fsck", "--strict")
    assert git(folder, "status", "--porcelain") == ""
    times = [int(line) for line in git(folder, "log", "--reverse", "--format=%ct").split()]
    assert times == sorted(times)
    assert len(times) > 180
    assert run("demo", str(folder)).code == 2


def test_demo_is_the_same_for_the_same_seed() -> None:
    now = datetime(2026, 11, 24, 18, tzinfo=UTC)
    first, again, other = (list(demo_commits(40, seed, now, {})) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_schemas_fit_the_files_that_they_describe(desk: Path, run: Run) -> None:
    import jsonschema
    import yaml

    schema = json.loads(run("schema", "configuration").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(yaml.safe_load((desk / "tracker.yml").read_text()), schema)
    ticket_schema = json.loads(run("schema").out)
    jsonschema.Draft202012Validator.check_schema(ticket_schema)
    assert "supplier" in ticket_schema["properties"]
    checked = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--check-metaschema", "/dev/stdin"],
        input=json.dumps(schema),
        text=True,
        capture_output=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("languge: fr", ["tracker.yml:13:1", "C106", "“languge”", "language"]),
        ("language: de", ["C103", "“de”", "en, fr"]),
        ("time_zone: Mars/X", ["time zone", "Europe/Paris"]),
        ("ids: {prefix: hd}", ["C105", "tracker.yml:13:15"]),
        ("types: []", ["types"]),
        ("desk: again", ["C006", "line 1"]),
    ],
)
def test_a_wrong_configuration_names_key_line_and_what_is_allowed(
    desk: Path, run: Run, line: str, words: list[str]
) -> None:
    configuration = desk / "tracker.yml"
    text = configuration.read_text()
    if line.startswith("time_zone"):
        text = text.replace("time_zone: Europe/Paris\n", "")
    configuration.write_text(text + line + "\n")
    result = run("validate")
    assert result.code == 1
    assert all(word in result.out + result.err for word in words), result.err
    other = run("list")
    assert other.code == 3
    assert all(word in other.err for word in words), other.err


def test_starting_is_quick_because_little_is_imported() -> None:
    code = "import sys; import tracker.cli; print(sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ}
    ).stdout
    assert not {"pydantic", "git", "yaml", "mkdocs", "rich", "sqlite3"} & set(
        json.loads(loaded.replace("'", '"'))
    )


@pytest.mark.parametrize("name", ["times.txt", "times.prof"])
def test_where_the_time_goes_is_written(desk: Path, run: Run, name: str) -> None:
    write_ticket(desk, 1)
    assert run("--profile", name, "list").out.startswith("HD-1")
    assert (desk / name).stat().st_size > 1_000
    assert run("--profile", f"nowhere/{name}", "list").code != 0
