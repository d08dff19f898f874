"""Doing many independent things on all processors, where that is worth the start of processes."""

from __future__ import annotations

import gc
import os
import sys
import threading
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

_FEWEST = 500
_PIECE = 20
_work: tuple[Callable[..., Any], Sequence[Any]] | None = None


def in_background(do: Callable[[], _Result], *, worthwhile: bool) -> Callable[[], _Result]:
    """Start `do()` in a process of its own, and return what waits for its result; or does it then.

    Args:
        do: what to do; only its result travels between the processes.
        worthwhile: whether it takes longer than the start of a process.
    """
    if not worthwhile or _processors() == 1:
        return do
    import multiprocessing

    pool = multiprocessing.get_context("fork").Pool(1, _prepare, (do, [None]))
    result = pool.apply_async(_zero)

    def wait() -> _Result:
        with pool:
            got: _Result = result.get()
            return got

    return wait


def in_parallel(do: Callable[[_Task], _Result], tasks: Sequence[_Task]) -> list[_Result]:
    """Return `do(task)` for each task, in order.

    Processes are forked, so that tasks may hold anything and only results travel between them. Where
    the system cannot fork, or other threads are running (a fork would copy their locks), it is all
    done here, one after the other.
    """
    if len(tasks) < _FEWEST or _processors() == 1:
        return [do(task) for task in tasks]
    import multiprocessing

    gc.freeze()
    try:
        with multiprocessing.get_context("fork").Pool(_processors(), _prepare, (do, tasks)) as pool:
            return pool.map(_one, range(len(tasks)), _PIECE)
    finally:
        gc.unfreeze()


def _processors() -> int:
    """Return how many processors may be used by forking."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" and threading.active_count() == 1 else 1


def _prepare(do: Callable[..., Any], tasks: Sequence[Any]) -> None:
    global _work  # noqa: PLW0603  # what the functions that are called by name find in a forked process
    _work = (do, tasks)


def _one(place: int) -> Any:
    assert _work is not None  # noqa: S101  # prepared when the process began
    do, tasks = _work
    return do(tasks[place])


def _zero() -> Any:
    assert _work is not None  # noqa: S101  # prepared when the process began
    return _work[0]()
