"""Where mail is fetched from.

Neither passwords and tokens nor the commands that print them stand in tracker.yml, but in the environment
and in Git's settings of the machine that fetches: a pull request may propose another tracker.yml, and must
neither show a secret nor have a command run.
"""

from __future__ import annotations

from datetime import date
from ipaddress import ip_address
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from tracker.model.section import Section
from tracker.model.values import LONGEST_ADDRESS
from tracker.translation import _

HOST = r"^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$"
ServerName = Annotated[str, StringConstraints(pattern=HOST, to_lower=True)]
WrittenTo = Annotated[
    str, StringConstraints(pattern=r"^[^@\s<>]+@[^@\s<>]+$", to_lower=True, max_length=LONGEST_ADDRESS)
]
Line = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]+$", max_length=500)]
_MOVE = "move to "


def is_this_machine(host: str) -> bool:
    """Whether a server's name or address is certainly that of this very machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:  # a name, which may be anybody's, whatever it begins with
        return False


class Mailbox(Section):
    """A mailbox on a server (IMAP), a Maildir, or a folder of .eml files."""

    host: ServerName | None = Field(None, description="The server of a mailbox (IMAP).")
    port: Annotated[int, Field(ge=1, le=65_535)] | None = Field(
        None, description="Left out: 993, or 143 without tls."
    )
    security: Literal["tls", "starttls", "none"] = Field(
        "tls", description="“none” is for a server on the same machine."
    )
    user: Line | None = None
    folder: Line = Field("INBOX", description="The folder on the server.")
    maildir: Line | None = Field(None, description="A Maildir on this machine instead.")
    files: Line | None = Field(None, description="A folder of .eml files on this machine instead.")
    address: WrittenTo | None = Field(
        None, description="The desk’s address whose mailbox it is: what lies there was sent to it."
    )
    since: date | None = Field(None, description="What came in before this day is left alone.")
    after: Annotated[str, StringConstraints(pattern=rf"^(keep|seen|delete|{_MOVE}[^\x00-\x1f\x7f]+)$")] = (
        Field(
            "keep",
            description="What becomes of a message there once it is safe: seen, delete, or move to FOLDER.",
        )
    )

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if sum(place is not None for place in (self.host, self.maildir, self.files)) != 1:
            message = _("A mailbox is either on a host, or a maildir, or a folder of files.")
            raise PydanticCustomError("tracker_value", "{message}", {"message": message})
        if self.host and not self.user:
            message = _("A mailbox on a host needs a user.")
            raise PydanticCustomError("tracker_value", "{message}", {"message": message})
        return self

    @property
    def move_to(self) -> str:
        """The folder to which a message is moved once it is safe; empty for none."""
        return self.after.removeprefix(_MOVE) if self.after.startswith(_MOVE) else ""

    @property
    def is_loopback(self) -> bool:
        """Whether its server is this machine."""
        return self.host is not None and is_this_machine(self.host)
