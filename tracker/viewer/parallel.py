"""Doing many independent things on all processors, where that is worth the start of processes."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

_FEWEST = 500
_PIECE = 100
_work: tuple[Callable[[Any], Any], Sequence[Any]] | None = None


def in_parallel(do: Callable[[_Task], _Result], tasks: Sequence[_Task]) -> list[_Result]:
    """Return `do(task)` for each task, in order.

    Processes are forked, so that tasks may hold anything and only results travel between them. Where
    the system cannot fork, or other threads are running (a fork would copy their locks), it is all
    done here, one after the other.
    """
    global _work  # noqa: PLW0603  # what forked processes find in their copy of this one
    processors = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    if processors == 1 or len(tasks) < _FEWEST or threading.active_count() > 1:
        return [do(task) for task in tasks]
    _work = (do, tasks)
    gc.freeze()
    try:
        with multiprocessing.get_context("fork").Pool(processors) as pool:
            return pool.map(_one, range(len(tasks)), _PIECE)
    finally:
        gc.unfreeze()
        _work = None


def _one(place: int) -> Any:
    assert _work is not None  # noqa: S101  # set before the fork
    do, tasks = _work
    return do(tasks[place])
