"""The messages that came in at a desk, as this machine knows them: each with its one outcome."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.errors import UsageError
from tracker.store.spool import Spool, State
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tracker.store.record import Record
    from tracker.workspace.desk import Workspace

SPOOL = "TRACKER_SPOOL"
"""The variable of the environment that says where the spool is."""
_SETTING = "tracker.spool"
_FOLDER = "tracker-mail"


class Listed(NamedTuple):
    """A message of the spool: its identity, where it is, and what is known of it."""

    identity: str
    state: State
    record: Record

    def as_json(self) -> dict[str, Any]:
        """Return it as `--json` prints it."""
        return {"message": self.identity, "state": self.state.value, **self.record._asdict()}


def spool_of(workspace: Workspace, folder: Path | None = None) -> Spool:
    """Return where the messages of a desk lie on this machine.

    Args:
        workspace: the desk.
        folder: where; None for what the environment says, else Git's setting `tracker.spool`, else a
            folder in the Git directory.

    Raises:
        UsageError: the desk lies in no Git repository.
    """
    repository = workspace.repository
    if repository is None:
        raise UsageError(_("There is no Git repository here to commit to."), "git init")
    named = os.environ.get(SPOOL) or repository.setting(_SETTING)
    usual = repository.folder / f"{_FOLDER}{workspace.mark.removesuffix('-public')}"
    return Spool(folder or (repository.top / named if named else usual))


def listed(spool: Spool, *, everything: bool) -> Iterator[Listed]:
    """Yield the messages that somebody must look at, or all: those that wait first."""
    for state in State:
        if everything or state is not State.DONE:
            for identity in spool.identities(state):
                yield Listed(identity, state, spool.record(identity))
