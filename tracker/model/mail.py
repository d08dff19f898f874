"""How the desk is written to, and what it does with what comes in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from tracker.model.mailbox import Mailbox, ServerName, WrittenTo
from tracker.model.notices import Notices, Smtp
from tracker.model.rules import Span
from tracker.model.section import Handle, Section, listed
from tracker.model.values import Address

if TYPE_CHECKING:
    from collections.abc import Iterable

FieldName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,76}$")]


class Destination(Section):
    """What is known of a ticket by the address that it was sent to."""

    team: str | None = None
    location: str | None = None
    category: str | None = None
    department: str | None = None
    type: str | None = None
    priority: str | None = None
    template: Handle | None = Field(None, description="The ticket template that it starts from.")


class Limits(Section):
    """How much mail becomes tickets and comments by itself; what exceeds it waits for a person."""

    sender: Annotated[int, Field(ge=1)] = Field(30, description="From one sender in an hour.")
    ticket: Annotated[int, Field(ge=1)] = Field(60, description="To one ticket in an hour.")
    size: Annotated[float, Field(gt=0, le=1024)] = Field(
        40, description="In MiB; a larger message is set aside."
    )


class Mail(Section):
    """How the desk is written to, and what it does with what comes in."""

    address: Address | None = Field(None, description="Where people write to; forms can send there.")
    addresses: dict[WrittenTo, Destination] = Field(
        default_factory=dict,
        description="Further addresses, such as helpdesk+lyon@example.org, and what they tell of a ticket.",
    )
    verified_by: Annotated[list[ServerName], BeforeValidator(listed)] = Field(
        default_factory=list,
        description="The receiving servers whose Authentication-Results are believed, by the names in these.",
    )
    strangers: Literal["link", "hold"] = Field(
        "link",
        description="What a reply of somebody becomes who has no part in the ticket: a linked one, or held.",
    )
    copies: Literal["ignore", "watch"] = Field(
        "ignore",
        description="Whether those watch whom a verified sender of the desk or the directory names.",
    )
    automatic: Literal["suppress", "hold", "file"] = Field(
        "suppress", description="What automatic mail becomes that belongs to no ticket."
    )
    forged: Literal["hold", "file"] = Field(
        "hold", description="What mail becomes of which a receiving server says that its sender is forged."
    )
    grace: Span = Field(
        timedelta(days=14), description="A later reply to a closed ticket becomes one that follows it."
    )
    limits: Limits = Field(default_factory=Limits)
    mailboxes: dict[Handle, Mailbox] = Field(
        default_factory=dict, description="Where “tracker mail fetch” looks for mail."
    )
    delivered_to: Annotated[list[FieldName], BeforeValidator(listed)] = Field(
        default_factory=list,
        description="The header fields in which the desk’s own server says to whom it delivered a message.",
    )
    keep: Span = Field(
        timedelta(days=30), description="So long messages that are done stay in the spool, to be looked at."
    )
    notices: Notices = Field(default_factory=Notices)
    smtp: Smtp | None = Field(None, description="The server that sends the desk's mail.")

    def destination(self, *sent_to: Iterable[str]) -> tuple[str, Destination | None]:
        """Return which address of the desk a message was sent to, and what that tells of a ticket.

        Of several it is the first of `addresses`, in whatever order they came.

        Args:
            sent_to: the addresses of the envelope, then those that the message names: the first count that
                have one of the desk's.
        """
        ours = [*self.addresses, (self.address or "").lower()]
        for addresses in sent_to:
            given = (one.lower() for one in addresses)
            found = {one if one in self.addresses else without_tag(one) for one in given} & {*ours}
            if found:
                address = min(found, key=ours.index)
                return address, self.addresses.get(address)
        return "", None

    def is_own(self, address: str) -> bool:
        """Whether an address is the desk's, perhaps with something after a plus sign."""
        return not self.own.isdisjoint((address.lower(), without_tag(address.lower())))

    @property
    def own(self) -> frozenset[str]:
        """All addresses of the desk, in lower case."""
        return frozenset({*self.addresses, *([self.address.lower()] if self.address else [])})


def without_tag(address: str) -> str:
    """Return an address without what stands after a plus sign in its first part (RFC 5233, subaddress)."""
    local, _at, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
