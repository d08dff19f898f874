"""A ticket as other programs get it. What is here stays from version to version."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from tracker.viewer.visibility import is_hidden, shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tracker.query.conversation import Said
    from tracker.viewer.publish import Placed

SCHEMA = 1
"""Grows when something is renamed, is gone, or means something else; more may come at any time."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=str).encode


def record(ticket: Placed) -> dict[str, Any]:
    """Return a ticket. Nothing in it changes by itself from one day to the next."""
    publication, entry = ticket
    configuration = publication.workspace.configuration
    return {
        "id": entry.id,
        "aliases": list(entry.ticket.aliases),
        "desk": publication.prefix,
        "title": entry.title,
        "address": publication.address(entry),
        "open": configuration.is_open(entry.ticket.status),
        "draft": entry.draft,
        "broken": entry.broken,
        "updated": moment(publication.updated(entry)),
        "comments": len(entry.comments),
        "fields": fields(ticket),
    }


def whole_record(ticket: Placed) -> dict[str, Any]:
    """Return a ticket with its text, and with its conversation as the website shows it."""
    publication, entry = ticket
    workspace = publication.workspace
    return {
        "version": SCHEMA,
        **record(ticket),
        "text": "" if is_hidden(workspace, entry) else entry.body,
        "conversation": [_comment(said) for said in shown(workspace, publication.comments(entry))],
    }


def fields(ticket: Placed) -> Mapping[str, Any]:
    """Return the fields of a ticket as they are written; none of a comment that lost its ticket."""
    publication, entry = ticket
    return {} if is_hidden(publication.workspace, entry) else entry.values


def moment(time: datetime | None) -> str | None:
    """Return a moment by ISO 8601."""
    return time.isoformat(timespec="seconds") if time else None


def as_json(value: Any) -> str:
    """Return a value as JSON (RFC 8259); a number that has no end there becomes a text."""
    try:
        return _encode(value)
    except ValueError:
        return _encode(_finite(value))


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_finite(one) for one in value]
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _comment(said: Said) -> dict[str, Any]:
    comment, first = said.comment, (*said.earlier, said.comment)[0]
    return {
        "author": comment.author,
        "created": moment(first.created),
        "corrected": moment(comment.created) if said.earlier else None,
        "visibility": comment.visibility,
        "automatic": comment.automatic,
        "text": comment.body,
    }
