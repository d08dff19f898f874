"""One desk, opened once and lazily: its root, its configuration, its tickets, its clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from tracker.document import Document, read_document, read_yaml
from tracker.errors import ConfigurationError, NoDeskError
from tracker.finding import Finding
from tracker.model.configuration import Configuration
from tracker.model.fields import TicketField, ticket_fields
from tracker.model.place import TICKETS
from tracker.model.reading import read_configuration
from tracker.model.ticket import TicketReader, ticket_type
from tracker.parallel import in_background
from tracker.query.lookup import look_up
from tracker.store.files import read_bytes
from tracker.store.index import Index
from tracker.store.layout import CONFIGURATION, TicketFile, scan
from tracker.store.repository import Repository
from tracker.translation import _
from tracker.validation.desk import check_desk
from tracker.validation.ticket import findings_of
from tracker.workspace.reading import read_conversation_file, read_tickets

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.model.entry import Comment, Entry


_MANY = 2_000


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
            raise ConfigurationError([_as_configuration(finding) for finding in document.findings])
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
        return read_tickets(self.root, self._files, self.reader, self.index)

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """The tickets by id and by each alias; where two claim one, the file of that name has it."""
        found: dict[str, Entry] = {}
        for entry in sorted(self.entries, key=lambda entry: not entry.at_home):
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
        of_comments = in_background(self._findings_of_comments, worthwhile=self._many_comments)
        found = [finding for entry in self.entries for finding in entry.findings]
        found += check_desk(self.entries, lambda entry, keys: self.document(entry.path).position(keys))
        return sorted([*found, *of_comments()], key=lambda finding: finding.sort_key)

    def comments(self, entry: Entry) -> list[Comment]:
        """Return a ticket's conversation in order of time."""
        zone = self.configuration.zone
        read = [read_conversation_file(self.root, path, zone) for path in entry.comments]
        oldest = datetime.min.replace(tzinfo=zone)
        return sorted(read, key=lambda comment: (comment.created or oldest, comment.path))

    @cached_property
    def _files(self) -> list[TicketFile]:
        return list(scan(self.root))

    @property
    def _many_comments(self) -> bool:
        return sum(len(file.comments) for file in self._files) > _MANY

    def _findings_of_comments(self) -> list[Finding]:
        zone = self.configuration.zone
        paths = [path for file in self._files for path in file.comments]
        return [
            finding for path in paths for finding in read_conversation_file(self.root, path, zone).findings
        ]


def _as_configuration(finding: Finding) -> Finding:
    return Finding(
        finding.path, "C" + finding.code[1:], finding.message, finding.position, finding.hint, finding.field
    )
