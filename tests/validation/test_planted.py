"""Two hundred faults in a demonstration desk: each is found, on its line, and nothing else is."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.conftest import git
from tests.validation import faults_in_changes
from tests.validation.bed import Bed, Found, make_desk
from tests.validation.planting import FAULTS, plant
from tracker.validation.catalogue import RULES

ONLY_WHERE_ROOT_IS_NOBODY = {"T014"}


def findings(desk: Path, *options: str) -> Counter[Found]:
    """Return what `tracker validate` finds, as a program of its own."""
    command = [sys.executable, "-m", "tracker", "-C", str(desk), "validate", "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = Counter((told["path"], told["line"], told["code"]) for told in json.loads(done.stdout))
    assert not done.stderr
    return found


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Bed:
    return make_desk(tmp_path_factory.mktemp("planted") / "desk", 400, 0)


def test_the_demonstration_is_clean(pristine: Bed) -> None:
    assert not findings(pristine.root)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_planted_fault_is_found_and_nothing_else(seed: int, tmp_path: Path) -> None:
    bed = make_desk(tmp_path / "desk", 400, seed)
    plant(bed, 220)
    assert sum(bed.expected.values()) >= 200
    found = findings(bed.root)
    assert bed.expected - found == Counter(), "not found"
    assert found - bed.expected == Counter(), "found, but not planted"


def test_every_rule_on_a_desk_is_planted(tmp_path: Path) -> None:
    bed = make_desk(tmp_path / "desk", 400, 4)
    plant(bed, len(FAULTS))
    planted = {code for _path, _line, code in bed.expected} | ONLY_WHERE_ROOT_IS_NOBODY
    assert planted == {rule.code for rule in RULES if rule.code < "T300"}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_fault_of_a_change_is_found_and_nothing_else(seed: int, tmp_path: Path) -> None:
    bed = make_desk(tmp_path / "desk", 60, seed)
    faults_in_changes.prepare(bed)
    git(bed.root, "add", "-A")
    git(bed.root, "-c", "user.name=Omar", "-c", "user.email=omar.haddad@example.org", "commit", "-qm", "Base")
    chosen = [*faults_in_changes.FAULTS]
    Random(seed).shuffle(chosen)
    for fault in chosen:
        fault(bed)
    git(bed.root, "add", "-A")
    git(bed.root, "-c", "user.name=Eve", "-c", "user.email=eve@example.org", "commit", "-qm", "Change")
    rules = {code for _path, _line, code in bed.expected if code > "T300"}
    assert rules == {rule.code for rule in RULES if "T300" < rule.code < "T400"}
    assert findings(bed.root, "--base", "HEAD~1", "--at", "HEAD") == bed.expected
    assert findings(bed.root, "--base", "HEAD~1") == bed.expected
    as_person = findings(bed.root, "--base", "HEAD~1", "--actor", "omar")
    spoken = {key: count for key, count in bed.expected.items() if key[2] in ("T306", "T307", "T308")}
    assert as_person == bed.expected - Counter(spoken), "one of the desk's people may"
