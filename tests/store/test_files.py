"""A write is all or nothing, and stays inside the desk."""

import os
from pathlib import Path

import pytest

from tracker.errors import StorageError
from tracker.store.files import read_bytes, write_files


def _tree(root: Path) -> dict[str, bytes]:
    return {str(file.relative_to(root)): file.read_bytes() for file in root.rglob("*") if file.is_file()}


def test_several_files_are_written_and_removed(tmp_path: Path) -> None:
    (tmp_path / "old.md").write_bytes(b"old")
    write_files(tmp_path, {"a/b/new.md": b"new", "old.md": None})
    assert _tree(tmp_path) == {"a/b/new.md": b"new"}


@pytest.mark.parametrize("fresh", [True, False])
def test_when_one_fails_all_is_as_it_was(tmp_path: Path, fresh: bool) -> None:
    (tmp_path / "one.md").write_bytes(b"one")
    (tmp_path / "way" / "in").mkdir(parents=True)
    (tmp_path / "way" / "in" / "x").write_bytes(b"x")
    before = _tree(tmp_path)
    changes = {
        "two.md" if fresh else "one.md": b"changed",
        "way/in": b"a folder is in the way",
        "one.md" if fresh else "three.md": None,
    }
    with pytest.raises(StorageError):
        write_files(tmp_path, changes, fresh=changes if fresh else ())
    assert _tree(tmp_path) == before


def test_a_fresh_file_never_replaces_another(tmp_path: Path) -> None:
    (tmp_path / "taken.md").write_bytes(b"theirs")
    with pytest.raises(StorageError):
        write_files(tmp_path, {"a.md": b"ours", "taken.md": b"ours"}, fresh={"a.md", "taken.md"})
    assert _tree(tmp_path) == {"taken.md": b"theirs"}


@pytest.mark.parametrize(
    "path", ["../out.md", "a/../../out.md", "/etc/out.md", "link/out.md", "tickets\\out.md", "c:out.md"]
)
def test_no_path_leads_out_of_the_desk(tmp_path: Path, path: str) -> None:
    root, outside = tmp_path / "desk", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / "link").symlink_to(outside)
    with pytest.raises(StorageError):
        write_files(root, {path: b"x"})
    assert _tree(outside) == {}


def test_modes_are_kept_and_links_are_not_followed(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"a")
    file.chmod(0o640)
    write_files(tmp_path, {"a.md": b"b"})
    assert file.stat().st_mode & 0o777 == 0o640
    (tmp_path / "link.md").symlink_to(file)
    with pytest.raises(StorageError):
        read_bytes(tmp_path / "link.md")
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(StorageError):
        read_bytes(tmp_path / "pipe.md")


def test_large_files_are_read_whole_unless_a_limit_is_given(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"x" * (5 << 20))
    assert len(read_bytes(tmp_path / "big")) == 5 << 20
    assert len(read_bytes(tmp_path / "big", 1 << 20)) < 3 << 20
