"""How far each mailbox was fetched: a file beside the spool for each, which may be lost.

Then all that is in the mailbox is fetched anew; what the spool or the history of the desk knows stays one
message.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tracker.store.files import write_files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def read_position(spool: Path, mailbox: str) -> Mapping[str, Any]:
    """Return what was written of a mailbox; nothing of one that was never fetched."""
    with suppress(OSError, ValueError):
        kept = json.loads((spool / _place(mailbox)).read_bytes())
        if isinstance(kept, dict):
            return kept
    return {}


def write_position(spool: Path, mailbox: str, position: Mapping[str, Any]) -> None:
    """Keep how far a mailbox was fetched.

    Raises:
        StorageError: the disk refuses.
    """
    write_files(spool, {_place(mailbox): json.dumps(position).encode()}, private=True)


def _place(mailbox: str) -> str:
    return f"positions/{mailbox}.json"
