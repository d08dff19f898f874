"""Where the time of a command goes."""

from __future__ import annotations

import cProfile
import io
import pstats
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MOST = 40


@contextmanager
def profiled(file: Path) -> Iterator[None]:
    """Write into a file where time goes meanwhile: as a table, or for programs if it is named `*.prof`.

    The table begins with the functions that took longest with all that they called.
    """
    profiler, started = cProfile.Profile(), time.perf_counter()
    profiler.enable()
    try:
        yield
    finally:
        profiler.disable()
        took = time.perf_counter() - started
        if file.suffix == ".prof":
            profiler.dump_stats(file)
        else:
            table = io.StringIO()
            pstats.Stats(profiler, stream=table).sort_stats("cumulative").print_stats(_MOST)
            file.write_text(
                f"{took:.3f} s, as measured while profiling\n{table.getvalue()}", encoding="utf-8"
            )
