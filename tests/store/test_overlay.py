"""Files as they would be after a change are as they are once it is written."""

from collections.abc import Mapping
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.errors import StorageError
from tracker.store.overlay import Overlay
from tracker.store.tree import Tree, WorkTree

NAMES, DEPTH = ("a", "b", "c.md"), 3
Files = Mapping[str, bytes | None]
paths = st.lists(st.sampled_from(NAMES), min_size=1, max_size=DEPTH).map("/".join)
CHANGES = st.lists(
    st.dictionaries(paths, st.none() | st.binary(max_size=3), max_size=5), min_size=1, max_size=4
)


def write(root: Path, files: Files) -> None:
    """Write files; as in Git, a folder goes with the last file in it."""
    for path, data in files.items():
        if data is None and (root / path).is_file():
            (root / path).unlink()
            for above in (root / path).relative_to(root).parents[:-1]:
                if not any((root / above).iterdir()):
                    (root / above).rmdir()
    for path, data in files.items():
        if data is not None:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)


def possible(held: dict[str, bytes], wanted: Files) -> dict[str, bytes | None]:
    """Return those of some changes that can be made to files: nothing is both a file and a folder."""
    found: dict[str, bytes | None] = {}
    for path, data in wanted.items():
        if data is None and path in held:
            del held[path]
            found[path] = None
        elif data is not None and not any(
            other.startswith(f"{path}/") or path.startswith(f"{other}/") for other in held
        ):
            found[path] = held[path] = data
    return found


def told(tree: Tree) -> dict[str, object]:
    """Return all that a tree says of every place."""
    places = [""]
    for depth in range(DEPTH):
        places += ["/".join(parts) for parts in product(NAMES, repeat=depth + 1)]
    return {
        place: (
            [(child.name, child.kind) for child in tree.children(place)],
            tree.names(place),
            tree.exists(place),
            tree.size(place),
            (child := tree.child(place)) and (child.name, child.kind),
            _bytes(tree, place),
        )
        for place in places
    }


def _bytes(tree: Tree, path: str) -> bytes | None:
    try:
        return tree.read(path)
    except StorageError:
        return None


@given(CHANGES)
@example([{"a/b/c.md": b"x"}, {"a/b/c.md": None}])
@example([{"a": b"x"}, {"a": None, "a/b": b"y"}])
@example([{"a/b": b"x"}, {"a/b": None, "a": b"y"}])
@example([{"a/b": b"x", "a/c.md": b"y"}, {"a/b": None}, {"a/c.md": None}, {"a/b/c.md": b"z"}])
def test_what_is_overlaid_is_what_would_be_written(steps: list[Files]) -> None:
    with TemporaryDirectory() as folder:
        root, held = Path(folder), dict[str, bytes]()
        (root / "tracker.yml").touch()
        before, *after = [possible(held, step) for step in steps]
        write(root, before)
        tree: Tree = WorkTree(root)
        for change in after:
            tree = Overlay(tree, change)
        seen = told(tree)
        for change in after:
            write(root, change)
        assert seen == told(WorkTree(root))


def test_a_thousand_changes_one_on_top_of_the_other_are_one(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    tree: Tree = WorkTree(tmp_path)
    for number in range(2_000):
        tree = Overlay(tree, {f"b/{number}": b"y"})
    assert (tree.read("a"), tree.read("b/0"), len(tree.names("b"))) == (b"x", b"y", 2_000)
    with pytest.raises(StorageError):
        tree.read("b")
