"""Programs that keep running until somebody asks them to end."""

from __future__ import annotations

import select
import signal
import socket
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Collection
    from types import FrameType, TracebackType

_ASKING = (signal.SIGTERM, signal.SIGINT)
_FIRST, _LONGEST = 5, 600


class Stop:
    """Whether somebody has asked this program to end, by SIGTERM or SIGINT: what is at hand is done first.

    Within the block, these signals end nothing else.
    """

    def __enter__(self) -> Self:
        self.is_asked = False
        self._woken, self._waking = socket.socketpair()
        self._woken.setblocking(False)
        self._waking.setblocking(False)
        self._descriptor = signal.set_wakeup_fd(self._waking.fileno())
        self._before = {one: signal.signal(one, self._note) for one in _ASKING}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for one, handler in self._before.items():
            signal.signal(one, handler)
        signal.set_wakeup_fd(self._descriptor)
        self._woken.close()
        self._waking.close()

    def _note(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002  # Python's signature
        self.is_asked = True

    def wait(self, seconds: float, sockets: Collection[socket.socket] = ()) -> list[socket.socket]:
        """Wait until somebody asks, something can be read, or so many seconds have passed.

        Returns:
            Those of the sockets that can be read from.
        """
        if self.is_asked:
            return []
        ready = select.select([self._woken, *sockets], [], [], max(seconds, 0))[0]
        return [one for one in ready if one is not self._woken]


def pause_after(failures: int) -> float:
    """Return how long to wait in seconds before the next attempt, after so many have failed in a row."""
    return min(_FIRST * 2.0 ** (failures - 1), _LONGEST) if failures else 0.0
