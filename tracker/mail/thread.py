"""Which ticket a message is about: by our signature, by what it answers, by the id in its subject."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.mail.token import signed_tickets
from tracker.model.mention import ticket_pattern
from tracker.workspace.receipts import message_id_digest, receipts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tracker.mail.message import Message
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace


def ticket_of(
    workspace: Workspace,
    secret: bytes,
    message: Message,
    recipients: Iterable[str],
    lately: Mapping[str, str],
) -> Entry | None:
    """Return the ticket that a message is about, None where it is about none.

    That it is about it does not mean that its sender may say anything there.

    Args:
        workspace: the desk.
        secret: what signs its tokens.
        message: the message.
        recipients: the addresses that it was delivered to.
        lately: the tickets of messages that are taken in together with it, by the digests of their
            Message-IDs: the history does not have these yet.
    """
    for name in _names(workspace, secret, message, recipients, lately):
        entry = workspace.by_id.get(name) or workspace.by_id.get(_written_alike(workspace, name))
        if entry:
            return _survivor(workspace, entry)
    return None


def _survivor(workspace: Workspace, entry: Entry) -> Entry:
    """Return the ticket into which one was merged, and that which this was merged into, to the last one."""
    seen = {entry.path}
    while True:
        targets = [
            workspace.by_id.get(link.target) for link in entry.ticket.links if link.kind == "duplicates"
        ]
        into = next((one for one in targets if one and entry.id in one.ticket.aliases), None)
        if into is None or into.path in seen:
            return entry
        seen.add(into.path)
        entry = into


def _names(
    workspace: Workspace,
    secret: bytes,
    message: Message,
    recipients: Iterable[str],
    lately: Mapping[str, str],
) -> Iterator[str]:
    answered = [*message.in_reply_to, *reversed(message.references)]
    addresses = [*recipients, *(address.email for address in (*message.to, *message.cc))]
    yield from signed_tickets(secret, answered, addresses)
    digests = [message_id_digest(one) for one in answered]
    landed = {digest: receipt.ticket for digest, receipt in receipts(workspace, digests).items()}
    known = {**lately, **landed}
    yield from (known[digest] for digest in digests if digest in known)
    prefix = workspace.configuration.ids.prefix
    yield from re.findall(rf"\[({ticket_pattern(prefix)})\]", message.subject, re.IGNORECASE)


def _written_alike(workspace: Workspace, name: str) -> str:
    """Return an id as we write it: the prefix of an address may have lost its capitals on the way."""
    _prefix, _hyphen, rest = name.partition("-")
    return f"{workspace.configuration.ids.prefix}-{rest.lower()}"
