"""Attachments in a repository that keeps large files with Git LFS."""

import hashlib
import shutil
from pathlib import Path

import pytest

from tests.cli.test_landing import clone_of, committed
from tests.conftest import Run, git, write_ticket

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


@pytest.fixture
def shared(desk: Path, tmp_path: Path) -> Path:
    """The bare remote of a desk whose pictures are kept apart."""
    git(desk, "lfs", "install", "--local")
    (desk / ".gitattributes").write_text("*.png filter=lfs diff=lfs merge=lfs -text\n")
    write_ticket(desk, 1)
    committed(desk)
    remote = tmp_path / "remote.git"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(remote))
    git(desk, "remote", "add", "origin", str(remote))
    git(desk, "push", "-q", "-u", "origin", "main")
    (tmp_path / "photo.png").write_bytes(PNG)
    return remote


@pytest.mark.parametrize("way", ["--commit", "--push"])
def test_the_commit_holds_a_pointer_and_the_files_the_picture(
    desk: Path, shared: Path, run: Run, tmp_path: Path, way: str
) -> None:
    result = run("comment", "1", "-m", "See.", "-a", str(tmp_path / "photo.png"), way)
    assert result.code == 0, result.err
    picture = next(line for line in result.out.splitlines() if line.endswith(".png"))
    assert (desk / picture).read_bytes() == PNG
    assert git(desk, "show", f"HEAD:{picture}").startswith("version https://git-lfs.github.com/spec/v1\n")
    assert git(desk, "status", "--porcelain") == ""
    git(desk, "lfs", "fsck")
    name = hashlib.sha256(PNG).hexdigest()
    sent = shared / "lfs" / "objects" / name[:2] / name[2:4] / name
    assert sent.exists() is (way == "--push")
    if way == "--push":
        other = clone_of(shared, tmp_path / "other")
        git(other, "lfs", "install", "--local")
        git(other, "lfs", "pull")
        assert (other / picture).read_bytes() == PNG


def test_an_accepted_draft_takes_its_pictures_along(
    desk: Path, shared: Path, run: Run, tmp_path: Path
) -> None:
    filed = run("new", "With a picture", "--draft", "-s", "category=network", "--commit").out.strip()
    draft = Path(filed).stem
    assert run("comment", draft, "-m", "See.", "-a", str(tmp_path / "photo.png"), "--commit").code == 0
    assert run("accept", draft, "--commit").code == 0
    (picture,) = desk.glob("tickets/2*/*/HD-2/files/*.png")
    assert picture.read_bytes() == PNG
    assert not (desk / "tickets" / "drafts").exists()
    assert git(desk, "status", "--porcelain") == ""


def test_without_git_lfs_the_push_says_what_is_missing(
    desk: Path, shared: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    git_itself = shutil.which("git")
    (tools / "git").write_text(
        f'#!/bin/sh\nfor word; do test "$word" = lfs && {{ echo "git: \'lfs\' is not a git command" >&2; exit 1; }}; done\n'
        f'exec {git_itself} "$@"\n'
    )
    (tools / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tools), prepend=":")
    before = git(shared, "rev-parse", "main")
    result = run("comment", "1", "-m", "See.", "-a", str(tmp_path / "photo.png"), "--push")
    assert result.code == 3
    assert "Git LFS, which is not installed" in result.err
    assert git(shared, "rev-parse", "main") == before
