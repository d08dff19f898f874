"""Which messages a desk's history says were taken in; what is known of it is not read again."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from tracker.history.receipt import KEY, Receipt, read_receipts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.workspace.desk import Workspace

_UNTIL = "messages taken in, until"


def message_id_digest(message_id: str) -> str:
    """Return what a Message-ID (RFC 5322, 3.6.4) is known by: the history tells nobody who wrote to whom."""
    return blake2b(message_id.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def receipts(workspace: Workspace, names: Iterable[str]) -> dict[str, Receipt]:
    """Return the receipts of some messages, by their identities or by the digests of their Message-IDs.

    Several messages may have one Message-ID: the first of them counts.

    Raises:
        RepositoryError: a part of the history cannot be read.
    """
    repository, tip, wanted = workspace.repository, workspace.tip, list(names)
    if repository is None or tip is None:
        return {}
    key = f"{_UNTIL}{workspace.mark}"
    known = workspace.index.known([key]).get(key) or {}
    since, series = known.get("tip"), known.get("series")
    if not (since and series) or (since != tip and not repository.is_ancestor(since, tip)):
        since, series = None, tip
    fresh: dict[str, Receipt] = {}
    if since != tip:
        told = repository.messages(tip, since, f"^{KEY}", workspace.in_repository(""))
        for receipt in (one for message in told for one in read_receipts(message)):
            fresh[receipt.identity] = receipt
            if receipt.message_id:
                fresh.setdefault(receipt.message_id, receipt)
    kept = _kept(workspace, f"{series}{workspace.mark}", {*wanted, *fresh})
    found = {**fresh, **kept}
    if since != tip:
        learnt = {
            f"message {series}{workspace.mark} {name}": one for name, one in found.items() if name not in kept
        }
        workspace.index.learn({**learnt, key: {"tip": tip, "series": series}})
    return {name: found[name] for name in wanted if name in found}


def _kept(workspace: Workspace, series: str, names: Iterable[str]) -> dict[str, Receipt]:
    keys = {f"message {series} {name}": name for name in names}
    return {keys[key]: Receipt(*value) for key, value in workspace.index.known(keys).items()}
