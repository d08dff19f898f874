"""Objects are read in any order, expected or not."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import git
from tracker.store.command import ObjectReader

MISSING = "0" * 39 + "1"
SIZES = (0, 1, 300, 70_000, 200_000)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    top, contents = tmp_path_factory.mktemp("objects"), {}
    git(top, "init", "-q")
    for number, size in enumerate(SIZES):
        data = (f"{number}\n".encode() * size)[:size]
        (top / "file").write_bytes(data)
        contents[git(top, "hash-object", "-w", "file").strip()] = data
    return top, contents


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.lists(st.integers(0, len(SIZES)), max_size=8)), max_size=6))
def test_what_is_read_is_what_was_written(
    repository: tuple[Path, dict[str, bytes]], steps: list[tuple[bool, list[int]]]
) -> None:
    top, contents = repository
    names, most = [*contents, MISSING], 100_000
    reader = ObjectReader(top)
    for ahead, numbers in steps:
        chosen = [names[number] for number in numbers]
        if ahead:
            reader.expect(chosen, most)
            continue
        for name in chosen:
            if name == MISSING:
                with pytest.raises(ValueError, match=MISSING):
                    reader.read(name, most)
            else:
                assert reader.read(name, most) == contents[name][: most + 1]
                assert reader.size(name) == len(contents[name])
