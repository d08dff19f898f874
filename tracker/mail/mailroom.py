"""Where the mail of a desk comes in on this machine: its spool, its secret, and how far its changes go."""

from __future__ import annotations

import os
import secrets
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.change import Way
from tracker.errors import StorageError
from tracker.mail.deciding import Tally
from tracker.store.files import read_bytes, write_files
from tracker.store.record import Outcome
from tracker.store.spool import Spool, State
from tracker.translation import _
from tracker.workspace.messages import spool_of

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.store.record import Record
    from tracker.workspace import Workspace

SECRET = "TRACKER_MAIL_SECRET"  # noqa: S105  # the name of a variable
"""The variable of the environment that says what the secret is."""
_HOUR = timedelta(hours=1)
_COUNTED = (Outcome.CREATED, Outcome.APPENDED)
_SHORTEST = 16


class Mailroom(NamedTuple):
    """Where the mail of a desk comes in.

    Attributes:
        workspace: the desk.
        spool: its messages on this machine.
        way: how far a change goes.
    """

    workspace: Workspace
    spool: Spool
    way: Way

    @property
    def secret(self) -> bytes:
        """What signs the desk's tokens: of the environment, else of a file that is made once.

        Raises:
            StorageError: it cannot be kept, or is too short.
        """
        given = os.environ.get(SECRET, "").encode()
        if not given:
            place = self.spool.folder / "secret"
            if not place.exists():
                _keep(self.spool.folder, secrets.token_hex(32).encode())
            given = read_bytes(place).strip()
        if len(given) < _SHORTEST:
            message = _("The secret that signs the desk’s mail is too short.")
            hint = _("Give {name} at least {number} characters, or remove it: one is made then.")
            raise StorageError(message, hint.format(name=SECRET, number=_SHORTEST))
        return given

    def again(self) -> Mailroom:
        """Return it with the desk as its files are now, for a program that keeps running."""
        return self._replace(workspace=self.workspace.reread())

    def clean(self) -> int:
        """Remove the messages that were done longer ago than the desk keeps them; return how many."""
        return self.spool.clean(datetime.now(UTC) - self.workspace.configuration.mail.keep)

    def tally(self, known: dict[str, Record]) -> Tally:
        """Return how much was taken in within the last hour.

        Args:
            known: the records of messages that were counted before, so that none is read twice; it has
                those of the others afterwards.
        """
        since = datetime.now(UTC) - _HOUR
        lately = [*self.spool.changed_since(State.DONE, since)]
        for identity in lately:
            if identity not in known:
                known[identity] = self.spool.record(identity)
        counted = [known[identity] for identity in lately if known[identity].outcome in _COUNTED]
        return Tally(
            Counter((record.author.lower(), record.verified) for record in counted),
            Counter(record.ticket for record in counted),
        )


def open_mailroom(workspace: Workspace, folder: Path | None = None) -> Mailroom:
    """Return where the mail of a desk comes in: for its owner only, whatever the umask.

    Args:
        workspace: the desk.
        folder: its spool; None for the usual one.

    Raises:
        UsageError: the desk lies in no Git repository.
    """
    spool = spool_of(workspace, folder)
    with suppress(OSError):  # what needs it tells, and a look into it needs none
        spool.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    pushes = bool(workspace.repository and workspace.repository.remotes())
    return Mailroom(workspace, spool, Way(commit=not pushes, push=pushes))


def _keep(folder: Path, secret: bytes) -> None:
    """Put a secret into its file, unless another process was faster."""
    try:
        write_files(folder, {"secret": secret}, fresh={"secret"}, private=True)
    except StorageError:
        if not (folder / "secret").exists():
            raise
