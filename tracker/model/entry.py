"""A ticket as the desk knows it: its file, what it says, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.finding import Finding, Severity
from tracker.model.place import is_draft

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tracker.model.ticket import Ticket


class Entry(NamedTuple):
    """One ticket file, whatever its state: nothing that lies in `tickets/` disappears.

    Attributes:
        path: the file, relative to the desk's root.
        ticket: the values that fit; empty ones where the file cannot be read.
        values: the front matter as written.
        body: the text under the front matter.
        findings: what is wrong with this file by itself.
        comments: the files of its conversation, in order of time.
        digest: a digest of the file's bytes; empty where it was not opened.
    """

    path: str
    ticket: Ticket
    values: Mapping[str, Any]
    body: str
    findings: tuple[Finding, ...] = ()
    comments: tuple[str, ...] = ()
    digest: str = ""

    @property
    def id(self) -> str:
        """The ticket's id, else the name of its file."""
        return self.ticket.id or self._stem

    @property
    def at_home(self) -> bool:
        """Whether its file is named after its id."""
        return self._stem == self.id

    @property
    def _stem(self) -> str:
        name = self.path.rpartition("/")[2]
        return name.removesuffix(".md") if name.endswith(".md") else self.path

    @property
    def title(self) -> str:
        """The ticket's title, else the name of its file."""
        return self.ticket.title or self.path.rpartition("/")[2]

    @property
    def draft(self) -> bool:
        """Whether it waits to be accepted."""
        return is_draft(self.path)

    @property
    def internal(self) -> bool:
        """Whether it is for the desk's people only: it says so, or something that nobody understands.

        Of a file that cannot be read, its text may say so.
        """
        if self.values:
            return self.values.get("visibility") not in (None, "public")
        return bool(self.findings) and "visibility" in self.body.casefold()

    @property
    def broken(self) -> bool:
        """Whether something is wrong that must be put right."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


class Comment(NamedTuple):
    """One comment of a conversation.

    Attributes:
        path: its file, relative to the desk's root.
        author: a person's handle, or an address; empty where the file does not say.
        created: when it was written; None where the file does not say.
        visibility: `public` or `internal`; what cannot be read, or says anything else, counts as internal.
        body: its text in Markdown.
        findings: what is wrong with the file.
        supersedes: the name of the file that it corrects; empty for none.
        attachments: the files of the conversation that belong to it.
        automatic: what made it; empty where a person wrote it.
    """

    path: str
    author: str
    created: datetime | None
    visibility: str
    body: str
    findings: tuple[Finding, ...] = ()
    supersedes: str = ""
    attachments: tuple[str, ...] = ()
    automatic: str = ""

    def names(self, file: str) -> bool:
        """Whether its text, or its list of attachments, names a file."""
        return file in self.body or any(item.rpartition("/")[2] == file for item in self.attachments)

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.path.rpartition("/")[2]
