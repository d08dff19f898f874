"""What the desk writes by itself, to whom, and by which server."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from tracker.model.address import WEB_ADDRESS
from tracker.model.mailbox import ServerName
from tracker.model.section import Section, listed

Readers = Annotated[list[Literal["requester", "assignee", "watchers", "dispatcher"]], BeforeValidator(listed)]
_SECURE = r"^https://[A-Za-z0-9.\[\]:-]+(/[A-Za-z0-9._~%+/-]*)?$"


class Notices(Section):
    """Who is told of what; nobody, where a list is empty. What is internal goes to the desk's people only."""

    receipt: Readers = Field(["requester"], description="That a request came in.")
    assignment: Readers = Field(["assignee"], description="That a ticket was given to somebody.")
    comment: Readers = Field(["requester", "assignee", "watchers"], description="What was said publicly.")
    internal: Readers = Field(["assignee", "watchers"], description="What was said internally.")
    transition: Readers = Field(
        ["requester", "watchers"], description="That a ticket waits, is resolved, closed or opened again."
    )
    warning: Readers = Field(["assignee"], description="That a service level is in danger, or missed.")
    digest: Readers = Field(["dispatcher"], description="What nobody has taken care of, once a day.")
    digest_at: Annotated[int, Field(ge=0, le=23)] = Field(
        7, description="The hour from which on the digest is sent, in the desk's time zone."
    )
    most: Annotated[int, Field(ge=1)] = Field(
        60, description="So many to one address in an hour; what exceeds them waits."
    )
    website: Annotated[str, StringConstraints(pattern=WEB_ADDRESS)] | None = Field(
        None, description="The address of the desk's website, so that notices lead there."
    )
    unsubscribe: Annotated[str, StringConstraints(pattern=_SECURE)] | None = Field(
        None, description="Where a service takes one-click unsubscriptions (RFC 8058); else a mail does."
    )


class Smtp(Section):
    """The server that sends mail (RFC 6409). Its password is never in tracker.yml."""

    host: ServerName
    port: Annotated[int, Field(ge=1, le=65_535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
