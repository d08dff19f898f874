"""One desk, opened once and lazily: its root, its configuration, its tickets, its clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from tracker import __version__
from tracker.document import Document, read_document, read_yaml
from tracker.errors import ConfigurationError, NoDeskError, StorageError
from tracker.finding import Finding
from tracker.model.comment import read_comment
from tracker.model.configuration import Configuration
from tracker.model.entry import Comment, Entry
from tracker.model.fields import TicketField, ticket_fields
from tracker.model.place import TICKETS
from tracker.model.reading import read_configuration
from tracker.model.ticket import Ticket, TicketReader, ticket_type
from tracker.query.lookup import look_up
from tracker.store.files import read_bytes
from tracker.store.index import Index, content_key
from tracker.store.layout import CONFIGURATION, Obstacle, TicketFile, scan
from tracker.store.repository import Repository
from tracker.translation import _
from tracker.validation.desk import check_desk
from tracker.validation.ticket import check_ticket, findings_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tracker.position import Position


@dataclass(frozen=True, eq=False)
class Workspace:
    """A desk on disk.

    Attributes:
        root: the folder of `tracker.yml`.
        use_index: whether what was read before may be taken from the index.
    """

    root: Path
    use_index: bool = True

    @classmethod
    def open(cls, start: Path, *, use_index: bool = True) -> Workspace:
        """Return the desk in `start` or the nearest folder above that has a `tracker.yml`.

        Raises:
            NoDeskError: there is none.
        """
        here = start.resolve()
        for folder in (here, *here.parents):
            if (folder / CONFIGURATION).is_file():
                return cls(folder, use_index)
        message = _("There is no desk here: neither {folder} nor a folder above has a tracker.yml.").format(
            folder=here
        )
        raise NoDeskError(
            message, _("Make one here with “tracker init”, or a demonstration with “tracker demo DIR”.")
        )

    @cached_property
    def configuration(self) -> Configuration:
        """What `tracker.yml` says.

        Raises:
            ConfigurationError: something in it is wrong; each with its line.
        """
        document = read_yaml(read_bytes(self.root / CONFIGURATION), CONFIGURATION)
        if document.findings:
            raise ConfigurationError(document.findings)
        read = read_configuration(document.values)
        if isinstance(read, Configuration):
            return read
        findings = findings_of(CONFIGURATION, read, lambda keys, key: document.position(keys, key=key))
        raise ConfigurationError([_as_configuration(finding) for finding in findings])

    @cached_property
    def fields(self) -> dict[str, TicketField]:
        """The fields of this desk's tickets, in canonical order."""
        return ticket_fields(self.configuration)

    @cached_property
    def reader(self) -> TicketReader:
        """Reads this desk's tickets."""
        return TicketReader(self.fields, ticket_type(self.configuration, self.fields))

    @cached_property
    def repository(self) -> Repository | None:
        """The Git repository around the desk, None where there is none."""
        return Repository.around(self.root)

    @cached_property
    def index(self) -> Index:
        """What was read before, from files of the same bytes."""
        known = self.use_index and self.repository
        return Index(known.folder / "tracker" if known else None)

    @cached_property
    def entries(self) -> list[Entry]:
        """Every ticket file of the desk, broken ones included, in order of path."""
        return self._read_entries(list(scan(self.root)))

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """The tickets by id and by each alias; where two claim one, the first by path has it."""
        found: dict[str, Entry] = {}
        for entry in self.entries:
            found.setdefault(entry.id, entry)
        for entry in self.entries:
            for alias in entry.ticket.aliases:
                found.setdefault(alias, entry)
        return found

    @cached_property
    def taken_ids(self) -> set[str]:
        """Every id that is or ever was in use: in the files, in their aliases, and in Git on any ref."""
        taken = set(self.by_id)
        if self.repository:
            paths = self.repository.paths_ever(self.root.resolve() / TICKETS)
            taken.update(PurePosixPath(path).stem for path in paths)
        return taken

    def find(self, typed: str) -> Entry:
        """Return the ticket that a person means by an id, an alias, or an unambiguous start of one.

        Raises:
            UnknownTicketError: none is meant, or more than one.
        """
        return self.by_id[look_up(typed, self.by_id, self.configuration.ids.prefix)]

    @cached_property
    def _sources(self) -> dict[str, list[tuple[str, Entry]]]:
        sources: dict[str, list[tuple[str, Entry]]] = {}
        for entry in self.entries:
            for link in entry.ticket.links:
                target = self.by_id.get(link.target)
                if target:
                    sources.setdefault(target.path, []).append((link.kind, entry))
        return sources

    def links_to(self, entry: Entry) -> list[tuple[str, Entry]]:
        """Return the tickets that link to this one, each with the kind of its link."""
        return self._sources.get(entry.path, [])

    def now(self) -> datetime:
        """The present moment in the desk's time zone, to the second."""
        return datetime.now(self.configuration.zone).replace(microsecond=0)

    def document(self, path: str) -> Document:
        """Read a file of the desk as front matter and text."""
        return read_document(read_bytes(self.root / path), path)

    def findings(self) -> list[Finding]:
        """Return all that is wrong with the desk's tickets and conversations, in order."""
        found = [finding for entry in self.entries for finding in entry.findings]
        found += [
            finding
            for entry in self.entries
            for comment in self.comments(entry)
            for finding in comment.findings
        ]
        found += check_desk(self.entries, lambda entry, keys: self._locate(entry.path, keys))
        return sorted(found, key=lambda finding: finding.sort_key)

    def comments(self, entry: Entry) -> list[Comment]:
        """Return a ticket's conversation in order of time."""
        read = [self._read_comment(path) for path, _size, _time in entry.comments]
        oldest = datetime.min.replace(tzinfo=self.configuration.zone)
        return sorted(read, key=lambda comment: (comment.created or oldest, comment.path))

    def _locate(self, path: str, keys: Sequence[str | int]) -> Position:
        return self.document(path).position(keys)

    def _read_entries(self, files: Sequence[TicketFile]) -> list[Entry]:
        contents = {file.path: self._content(file) for file in files}
        keys = {
            path: content_key(__version__, data) for path, data in contents.items() if isinstance(data, bytes)
        }
        known = self.index.known(keys.values())
        learnt: dict[str, Any] = {}
        entries = []
        for file in files:
            data = contents[file.path]
            if isinstance(data, Finding):
                entries.append(Entry(file.path, Ticket(), {}, "", (data,), file.comments))
                continue
            key = keys[file.path]
            entry, new = self._read_entry(file, data, key, known.get(key))
            entries.append(entry)
            if new:
                learnt[key] = new
        self.index.learn(learnt)
        return entries

    def _read_entry(self, file: TicketFile, data: bytes, key: str, known: Any) -> tuple[Entry, Any]:
        """Return a file's entry and, where its bytes are new and sound, what to remember of them."""
        document = None
        if known is None:
            document = read_document(data, file.path)
            if document.findings:
                return Entry(file.path, Ticket(), {}, "", document.findings, file.comments, key), None
            values, body = document.values, document.body
        else:
            values, body = known["values"], data[known["body"] :].decode()

        def locate(keys: Sequence[str | int], key: bool) -> Position:
            return (document or read_document(data, file.path)).position(keys, key=key)

        ticket, findings = check_ticket(file.path, values, self.reader, locate)
        entry = Entry(file.path, ticket, values, body, findings, file.comments, key)
        body_start = len(data) - len(body.encode())
        return entry, None if document is None else {"values": values, "body": body_start}

    def _content(self, file: TicketFile) -> bytes | Finding:
        if file.obstacle is not None:
            return _obstacle_finding(file.path, file.obstacle)
        try:
            return read_bytes(self.root / file.path)
        except StorageError as error:
            return Finding(file.path, "T001", error.message)

    def _read_comment(self, path: str) -> Comment:
        document = self.document(path)
        fields, problems = read_comment(document.values, self.configuration.zone)
        findings = document.findings or tuple(
            findings_of(path, problems, lambda keys, key: document.position(keys, key=key))
        )
        visibility = "internal" if document.findings else fields.visibility
        return Comment(path, fields.author, fields.created, visibility, document.body, findings)


def _as_configuration(finding: Finding) -> Finding:
    return Finding(
        finding.path, "C" + finding.code[1:], finding.message, finding.position, finding.hint, finding.field
    )


def _obstacle_finding(path: str, obstacle: Obstacle) -> Finding:
    match obstacle:
        case Obstacle.LINK:
            message = _("This is a symbolic link, which is never followed.")
            return Finding(path, "T001", message, hint=_("Put the file itself here, or remove the link."))
        case Obstacle.SPECIAL:
            return Finding(path, "T001", _("This is not an ordinary file."), hint=_("Remove it."))
        case Obstacle.LARGE:
            message = _("This file is larger than 1 MiB, so it was not read.")
            return Finding(path, "T002", message, hint=_("Put long material into an attachment."))
