"""Make a desk with faults, and say what must be found in it.

    python -m tests.validation.planting DIR [--tickets 400] [--faults 200] [--seed 1]

`tracker validate` in DIR must then find what this prints, and nothing else.
"""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.validation import faults_in_fields, faults_in_files
from tests.validation.bed import Bed, make_desk

if TYPE_CHECKING:
    from collections.abc import Callable

FAULTS: tuple[Callable[[Bed], None], ...] = (
    *(partial(faults_in_fields.plant, fault=fault) for fault in faults_in_fields.FAULTS),
    *faults_in_files.FAULTS,
)


def plant(bed: Bed, number: int) -> None:
    """Plant so many faults: one of each kind first, then any."""
    more = max(0, number - len(FAULTS))
    chosen = [*FAULTS, *bed.random.choices(FAULTS, k=more)]
    bed.random.shuffle(chosen)
    for fault in chosen:
        fault(bed)


def main() -> None:
    """Make the desk and print a line for each finding."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tickets", type=int, default=400)
    parser.add_argument("--faults", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    bed = make_desk(given.folder, given.tickets, given.seed)
    plant(bed, given.faults)
    for path, line, code in sorted(bed.expected.elements()):
        print(f"{path}:{line}: {code}".encode("utf-8", "backslashreplace").decode())  # noqa: T201  # it is a script


if __name__ == "__main__":
    main()
