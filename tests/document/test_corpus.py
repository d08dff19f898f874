"""Real files: ours in `nasty/`, and a larger collection where it lies beside the repository."""

import json
import re
import shutil
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from tests.conftest import Run
from tracker.document import Document, read_document, set_value

HERE = Path(__file__).parent
OUTSIDE = HERE.parents[2] / "shared" / "corpus" / "tickets"
FILES = sorted([*(HERE / "nasty").glob("*.md"), *OUTSIDE.rglob("*.md")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name[:40])
def test_there_and_back_gives_the_same_bytes(path: Path) -> None:
    data = path.read_bytes()
    document = read_document(data, path.name)
    assert document.encode() == data
    if document.findings:
        assert document.findings[0].position.line <= data.count(b"\n") + 1
        return
    for key, value in document.values.items():
        style = _style(document, key)
        if isinstance(value, str) and style not in ("|", ">"):
            other = "2001-01-01" if value[:1].isdigit() and not style else "other"
            changed = set_value(document, (key,), other)
            assert changed.values == {**document.values, key: other}
            assert set_value(changed, (key,), value).encode() == data


def _style(document: Document, key: str) -> str:
    """Return how a value is written; a text folded over several lines cannot be folded the same way again."""
    found = document.root.child(key) if document.root else None
    assert found is not None
    return found[1].style


@pytest.mark.parametrize(
    "path", [path for path in FILES if b": @" in path.read_bytes()[:400]], ids=lambda path: path.name[:40]
)
def test_an_unquoted_at_sign_is_found_on_its_line(path: Path) -> None:
    document = read_document(path.read_bytes(), path.name)
    assert document.findings[0].code == "T005"
    assert document.text.splitlines()[document.findings[0].position.line - 1].partition(": @")[1]


@pytest.mark.skipif(not OUTSIDE.is_dir(), reason="the collection is not part of the repository")
def test_every_broken_file_and_every_double_id_of_a_large_desk_is_reported(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """687 tickets of another tool, of which 21 are no YAML, and ten ids stand in two files or three."""
    (tmp_path / "tracker.yml").write_text(
        "desk: Corpus\nids: {prefix: BACK}\nstatuses: {to_do: {}, done: {open: false}}\ncommits: {status: done}\n"
    )
    shutil.copytree(OUTSIDE, tmp_path / "tickets")
    monkeypatch.chdir(tmp_path)
    findings = json.loads(run("validate", "--json").out)
    broken, ids = set(), defaultdict(set)
    for path in sorted((tmp_path / "tickets").rglob("*.md")):
        front = re.match(r"---\r?\n(.*?\n)---", path.read_text(encoding="utf-8"), re.DOTALL)
        try:
            values = yaml.safe_load(front[1]) if front else {}
        except (yaml.YAMLError, ValueError):
            broken.add(path.relative_to(tmp_path).as_posix())
        else:
            ids[values.get("id")].add(path.relative_to(tmp_path).as_posix())
    double = {path for name, paths in ids.items() if name and len(paths) > 1 for path in paths}
    assert len(broken) == 21
    assert len(double) == 20
    assert {finding["path"] for finding in findings if finding["code"] == "T005"} == broken
    assert {finding["path"] for finding in findings if finding["code"] == "T201"} >= double
