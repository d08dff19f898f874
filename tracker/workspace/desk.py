"""One desk, opened once and lazily: its root, its configuration, its tickets, its clock.

What reads tickets takes longer to load than a look at the files whose findings are known, so that waits, too.
"""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from tracker.document import LARGEST_FILE, Document, read_document
from tracker.errors import (
    NoDeskError,
    RepositoryError,
    StorageError,
    UnknownTicketError,
)
from tracker.model.place import conversation_around
from tracker.position import START, Position
from tracker.query.lookup import by_name
from tracker.store.clone import DEEPEN
from tracker.store.index import Index
from tracker.store.layout import CONFIGURATION, Listing, TicketFile, find_at, scan
from tracker.store.overlay import Overlay
from tracker.store.repository import Repository
from tracker.store.tree import Revision, Tree, WorkTree
from tracker.translation import _
from tracker.workspace.history import paths_ever

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path, PurePosixPath

    from tracker.model.configuration import Configuration
    from tracker.model.entry import Comment, Entry
    from tracker.model.fields import TicketField
    from tracker.model.ticket import TicketReader
    from tracker.workspace.settings import Settings

_STAYING = ("configuration", "fields", "reader", "index", "paths_ever")
"""What a change of tickets leaves as it is."""


def root_around(folder: Path) -> Path | None:
    """Return the nearest folder, this one or above, that is a desk's: it has a `tracker.yml`."""
    return next((above for above in (folder, *folder.parents) if (above / CONFIGURATION).is_file()), None)


@dataclass(frozen=True, eq=False)
class Workspace:
    """A desk on disk, or in a commit.

    Attributes:
        root: the folder of `tracker.yml`; the repository itself where that is bare.
        use_index: whether what was read before may be taken from the index.
        revision: the commit that it is read from; None for the files on disk.
        beside: the same desk on disk, where the ids of files that are not committed must not be given either.
    """

    root: Path
    use_index: bool = True
    revision: Revision | None = None
    beside: Workspace | None = None

    @classmethod
    def open(cls, start: Path, *, use_index: bool = True) -> Workspace:
        """Return the desk in `start` or the nearest folder above that has a `tracker.yml`.

        Raises:
            NoDeskError: there is none.
        """
        here = start.resolve()
        root = root_around(here)
        if root:
            return cls(root, use_index)
        repository = Repository.around(here)
        head = repository.commit_at("HEAD") if repository and repository.bare else None
        if repository and head:
            return cls(repository.top, use_index).at(head)
        message = _("There is no desk here: neither {folder} nor a folder above has a tracker.yml.").format(
            folder=here
        )
        raise NoDeskError(
            message, _("Make one here with “tracker init”, or a demonstration with “tracker demo DIR”.")
        )

    def at(self, commit: str, *, beside: Workspace | None = None) -> Workspace:
        """Return the desk as a commit of this object name holds it.

        Args:
            commit: the object name.
            beside: the desk on disk, where ids must not be given that its files have.

        Raises:
            NoDeskError: the commit holds none.
        """
        desk = self._beside(
            Workspace(self.root, self.use_index, Revision(self.root, commit, self.prefix), beside)
        )
        if not desk.tree.exists(CONFIGURATION):
            message = _("The commit {commit} holds no tracker.yml.").format(commit=commit[:10])
            raise NoDeskError(message, _("Commit the desk first: git add -A && git commit"))
        return desk

    def judged_by(self, base: Workspace, commit: str | None) -> Workspace:
        """Return the desk as a commit (for None, the disk) holds it, with the configuration of another state.

        Its own `tracker.yml` need not be right, nor be there.
        """
        revision = Revision(self.root, commit, self.prefix) if commit else None
        desk = self._beside(Workspace(self.root, self.use_index, revision))
        desk.__dict__["configuration"] = base.configuration
        return desk

    def reread(self) -> Workspace:
        """Return the same desk, as its files are on disk now."""
        return self._beside(Workspace(self.root, self.use_index))

    def after(self, files: Mapping[str, bytes | None]) -> Workspace:
        """Return the desk as a change would make it, before anybody writes it.

        Args:
            files: the new bytes of tickets and comments, by path; None for those that go.
        """
        from tracker.workspace.reading import read_tickets

        desk = self._beside(Workspace(self.root, self.use_index, self.revision, self.beside))
        tree = Overlay(self.tree, files)
        homes = {f"{around}.md" if (around := conversation_around(path)) else path for path in files}
        changed = [file for path in homes if (file := find_at(tree, path))]
        entries = [entry for entry in self.entries if entry.path not in homes]
        read = read_tickets(tree, changed, self.reader, self.index)
        for entry in read:
            insort(entries, entry, key=lambda entry: entry.path.split("/"))
        same = {name: self.__dict__[name] for name in _STAYING if name in self.__dict__}
        desk.__dict__.update(same, tree=tree, entries=entries)
        if "taken_ids" in self.__dict__:  # an id that was taken stays so, whatever becomes of its ticket
            given = {entry.id for entry in read}
            names = given.union(*(entry.ticket.aliases for entry in read))
            desk.__dict__.update(given_ids=self.given_ids | given, taken_ids=self.taken_ids | names)
        return desk

    def _beside(self, other: Workspace) -> Workspace:
        """Let another state of this desk know the repository that this one knows: it is the same."""
        other.__dict__.update(repository=self.repository, prefix=self.prefix)
        return other

    @cached_property
    def tree(self) -> Tree:
        """Where its files are read from."""
        return self.revision or WorkTree(self.root)

    @cached_property
    def prefix(self) -> str:
        """The desk's folder in its repository; empty at its top."""
        if self.repository is None or self.repository.bare:
            return ""
        prefix = self.root.resolve().relative_to(self.repository.top.resolve()).as_posix()
        return "" if prefix == "." else prefix

    @property
    def has_index_of_its_own(self) -> bool:
        """Whether what is known of all its files may be kept: of old commits of a work tree, it is not."""
        bare = self.repository is not None and self.repository.bare
        if isinstance(self.tree, Overlay):
            return False
        return self.use_index and (self.revision is None or bare)

    @property
    def mark(self) -> str:
        """What tells things of this desk from those of another one in the same repository."""
        return (
            f"-{blake2b(self.prefix.encode('utf-8', 'surrogateescape'), digest_size=4).hexdigest()}"
            if self.prefix
            else ""
        )

    def in_repository(self, path: str) -> str:
        """Return a path of the desk relative to the top of its repository."""
        return f"{self.prefix}/{path}" if self.prefix else path

    @cached_property
    def configuration(self) -> Configuration:
        """What `tracker.yml` says, and the files that it includes.

        Raises:
            ConfigurationError: something in them is wrong; each with its line.
        """
        return self.settings.configuration()

    @property
    def settings(self) -> Settings:
        """The files of its configuration, as they are now."""
        from tracker.workspace.settings import read_settings

        return read_settings(
            self.tree.read(CONFIGURATION, LARGEST_FILE), lambda path: self.tree.read(path, LARGEST_FILE)
        )

    @property
    def setting_files(self) -> list[str]:
        """The files that its configuration is read from."""
        return [CONFIGURATION, *self.configuration.include]

    @cached_property
    def fields(self) -> dict[str, TicketField]:
        """The fields of this desk's tickets, in canonical order."""
        from tracker.model.fields import ticket_fields

        return ticket_fields(self.configuration)

    @cached_property
    def reader(self) -> TicketReader:
        """Reads this desk's tickets."""
        from tracker.model.ticket import TicketReader

        return TicketReader.of(self.configuration, self.fields)

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
        from tracker.workspace.reading import read_tickets

        return read_tickets(self.tree, self.files, self.reader, self.index)

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """The tickets by id and by each alias; where two claim one, the file of that name has it."""
        return by_name((entry, entry.id, entry.ticket.aliases, entry.at_home) for entry in self.entries)

    @cached_property
    def taken_ids(self) -> set[str]:
        """Every id that is or was in use: in the files, their aliases, and the history of this branch.

        Raises:
            RepositoryError: a part of the history is not here, so nobody knows which ids were used.
        """
        if self.repository and self.repository.shallow:
            message = _("This clone is shallow: which ids were used before cannot be seen.")
            raise RepositoryError(message, DEEPEN)
        return {*self.by_id, *self.given_ids}

    @cached_property
    def given_ids(self) -> set[str]:
        """Every id that a ticket has or had, by itself: no alias, which may say anything."""
        on_disk = self.beside.files if self.beside else ()
        named = {*(path.stem for path in self.paths_ever), *(file.name for file in on_disk)}
        return {*(entry.id for entry in self.entries), *named}

    @cached_property
    def paths_ever(self) -> set[PurePosixPath]:
        """Where tickets lie or lay, in the history of this branch; what is known of it is not read again."""
        return paths_ever(self)

    def find(self, typed: str) -> Entry:
        """Return the ticket that a person means by an id, an alias, or an unambiguous start of one.

        Raises:
            UnknownTicketError: none is meant, or more than one; it says when a deleted one is.
        """
        try:
            return self.find_present(typed)
        except UnknownTicketError as error:
            from tracker.workspace.deleted import find_deleted

            deleted = None if error.several else find_deleted(self, typed)
            if deleted is None:
                raise
            raise deleted.error() from None

    def find_present(self, typed: str) -> Entry:
        """Return the ticket that a person means, as `find` does, without a look at those that are deleted.

        Raises:
            UnknownTicketError: none is meant, or more than one.
        """
        from tracker.workspace.present import find_present

        return find_present(self, typed)

    @cached_property
    def linked_from(self) -> dict[str, list[tuple[str, Entry]]]:
        """The tickets that link to each, with the kind of the link, by the path of its file."""
        sources: dict[str, list[tuple[str, Entry]]] = {}
        for entry in self.entries:
            for link in entry.ticket.links:
                target = self.by_id.get(link.target)
                if target:
                    sources.setdefault(target.path, []).append((link.kind, entry))
        return sources

    def links_to(self, entry: Entry) -> list[tuple[str, Entry]]:
        """Return the tickets that link to this one, each with the kind of its link."""
        return self.linked_from.get(entry.path, [])

    @cached_property
    def tip(self) -> str | None:
        """The newest commit of what is read; None before the first."""
        if self.revision:
            return self.revision.commit
        return self.repository.commit_at("HEAD") if self.repository else None

    def now(self) -> datetime:
        """The present moment in the desk's time zone, to the second."""
        return datetime.now(self.configuration.zone).replace(microsecond=0)

    def document(self, path: str) -> Document:
        """Read a file of the desk as front matter and text."""
        return read_document(self.tree.read(path), path)

    def position(self, path: str, keys: Sequence[str | int]) -> Position:
        """Return where a value stands in a file of the desk; its start, where that cannot be read."""
        document = self._read_lately(path)
        return document.position(keys) if document else START

    @cached_property
    def _read_lately(self) -> Callable[[str], Document | None]:
        """Reads a file whose findings are asked for their places one after the other."""

        def read(path: str) -> Document | None:
            try:
                return read_document(self.tree.read(path, LARGEST_FILE), path)
            except StorageError:
                return None

        return lru_cache(maxsize=4)(read)

    def comments(self, entry: Entry) -> list[Comment]:
        """Return a ticket's conversation in order of time."""
        return self.conversation(entry.comments)

    def conversation(self, paths: Iterable[str]) -> list[Comment]:
        """Return the comments in some files, in order of time."""
        from tracker.workspace.reading import read_conversation_file

        zone = self.configuration.zone
        read = [read_conversation_file(self.tree, path, zone) for path in paths]
        oldest = datetime.min.replace(tzinfo=zone)
        return sorted(read, key=lambda comment: (comment.created or oldest, comment.path))

    @cached_property
    def listing(self) -> Listing:
        """All that lies below `tickets/`; no file is read."""
        return scan(self.tree)

    @property
    def files(self) -> list[TicketFile]:
        """Every file that is, or claims to be, a ticket."""
        return self.listing.files
