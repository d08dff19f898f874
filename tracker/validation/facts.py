"""What rules look at: one ticket's file, a conversation, the folders, or the whole desk. Plain values."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.finding import Finding
from tracker.model.place import conversation_around, is_ticket_place
from tracker.position import Position, position_at
from tracker.validation.rule import OF_CONFIGURATION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from tracker.model.configuration import Configuration
    from tracker.model.entry import Comment, Entry
    from tracker.model.people import Person
    from tracker.model.ticket import Ticket, TicketReader

    Locate = Callable[[Sequence[str | int], bool], Position]
    """Where the value (or, when true, the key) at a path of keys stands in a file."""

    LocateIn = Callable[[Entry, Sequence[str | int]], Position]
    """Where the value at a path of keys stands in an entry's file."""

    Claim = tuple[Entry, tuple[str | int, ...]]
    """A ticket that has an id or alias, and the keys at which it says so."""


class TextFacts(NamedTuple):
    """A file with front matter, as text.

    Attributes:
        path: the file, relative to the desk's root.
        head: all that stands before the body, front matter included.
        body: the text under the front matter.
    """

    path: str
    head: str
    body: str

    def at(self, index: int) -> Position:
        """Return where the character at `index` of head and body together stands in the file."""
        inside = index - len(self.head)
        return self.in_body(inside) if inside >= 0 else self.in_head(index)

    def in_body(self, index: int) -> Position:
        """Return where the character at `index` of the body stands in the file."""
        head = self.head.removeprefix("\ufeff")
        return position_at(head + self.body, len(head) + index)

    def in_head(self, index: int) -> Position:
        """Return where the character at `index` of the head stands in the file."""
        bom = self.head.startswith("\ufeff")
        return position_at(self.head.removeprefix("\ufeff"), index - bom)


class TicketFacts(NamedTuple):
    """One ticket's file that can be read.

    Attributes:
        text: the file as text.
        values: its front matter as written.
        ticket: the values that fit.
        reader: what the desk knows of its fields.
        locate: asked for a place only when something is wrong there.
    """

    text: TextFacts
    values: Mapping[str, Any]
    ticket: Ticket
    reader: TicketReader
    locate: Locate

    @property
    def path(self) -> str:
        """The file, relative to the desk's root."""
        return self.text.path

    def finding(
        self, code: str, keys: Sequence[str | int], message: str, hint: str = "", *, key: bool = False
    ) -> Finding:
        """Return a finding at a value, or at its key."""
        field = ".".join(str(part) for part in keys)
        return Finding(self.path, code, message, self.locate(keys, key), hint, field)


class ConversationFacts(NamedTuple):
    """What lies beside a ticket.

    Attributes:
        path: the ticket's file.
        body: its text.
        comments: its comments in order of time.
        files: the size in bytes of each attachment, by its name.
        configuration: the desk's.
        locate: where the value at a path of keys stands in a comment's file.
    """

    path: str
    body: str
    comments: Sequence[Comment]
    files: Mapping[str, int]
    configuration: Configuration
    locate: Callable[[str, Sequence[str | int]], Position]


class DeskFacts:
    """All tickets of a desk, or all of them that some question is about."""

    def __init__(
        self, entries: Sequence[Entry], configuration: Configuration, now: datetime, locate: LocateIn
    ) -> None:
        self.entries = entries
        self.configuration = configuration
        self.now = now
        self.locate = locate

    @cached_property
    def owners(self) -> dict[str, list[Claim]]:
        """The tickets that claim each id and alias, with the keys where they do.

        A comment whose ticket is gone claims nothing, whatever its file is called.
        """
        owners: dict[str, list[Claim]] = {}
        for entry in self.entries:
            if conversation_around(entry.path):
                continue
            owners.setdefault(entry.id, []).append((entry, ("id",)))
            for position, alias in enumerate(entry.ticket.aliases):
                owners.setdefault(alias, []).append((entry, ("aliases", position)))
        return owners

    @cached_property
    def linking(self) -> list[Entry]:
        """The tickets that link to others: most do not."""
        return [entry for entry in self.entries if entry.ticket.links]

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """The ticket of each id and alias; of several, one where tickets lie, best the file of that name.

        Whoever looks at a part of a desk finds that file by its name, and need not look for the others.
        """

        def rank(claim: Claim) -> tuple[bool, bool]:
            entry, keys = claim
            return not is_ticket_place(entry.path), not (keys == ("id",) and entry.at_home)

        return {
            name: claims[0][0] if len(claims) == 1 else min(claims, key=rank)[0]
            for name, claims in self.owners.items()
        }

    def finding(
        self, code: str, entry: Entry, keys: Sequence[str | int], message: str, hint: str = ""
    ) -> Finding:
        """Return a finding at a value of a ticket."""
        return Finding(entry.path, code, message, self.locate(entry, keys), hint, str(keys[0]))


class Actor(NamedTuple):
    """Who proposes a change.

    Attributes:
        names: addresses of the commits' authors, or the name that the forge knows them by.
        people: the handles of the desk's people among them; empty for a stranger.
    """

    names: frozenset[str]
    people: frozenset[str]


class ChangeFacts(NamedTuple):
    """What a change does to a desk: from the state that it began with, to the one it proposes.

    Attributes:
        before: the tickets that it touches, as they were.
        after: the same, as they shall be, and those that are new.
        comments: each comment or attachment that it changes or removes, with whether it is still there.
        new_comments: the comments that it adds.
        settings: the files of the desk's configuration and templates that it touches.
        actor: who proposes it.
        configuration: the desk's before the change: a change is never judged by rules of its own.
        locate: where a value stands in a ticket or comment as it shall be, by path and keys.
    """

    before: Sequence[Entry]
    after: Sequence[Entry]
    comments: Mapping[str, bool]
    new_comments: Sequence[Comment]
    settings: Sequence[str]
    actor: Actor
    configuration: Configuration
    locate: Callable[[str, Sequence[str | int]], Position]

    def pairs(self) -> list[tuple[Entry, Entry]]:
        """Return each accepted ticket that the change touches and keeps, before and after."""
        by_alias = {alias: entry for entry in self.after for alias in entry.ticket.aliases}
        by_path = {entry.path: entry for entry in self.after}
        by_id = {entry.id: entry for entry in self.after}
        found = (
            (old, by_id.get(old.id) or by_path.get(old.path) or by_alias.get(old.id))
            for old in self.before
            if not old.draft
        )
        return [(old, new) for old, new in found if new is not None]

    def readable_pairs(self) -> list[tuple[Entry, Entry]]:
        """Return those pairs of which both files say something; what a broken one would say, nobody knows."""
        return [(old, new) for old, new in self.pairs() if old.values and new.values]

    def finding(
        self, code: str, entry: Entry, keys: Sequence[str | int], message: str, hint: str = ""
    ) -> Finding:
        """Return a finding at a value of a ticket as it shall be."""
        return Finding(entry.path, code, message, self.locate(entry.path, keys), hint, str(keys[0]))


class SettingsFacts(NamedTuple):
    """A configuration that can be used.

    Attributes:
        configuration: what it says.
        never: the keys of the queries of rules that no ticket can meet.
        shadowed: those of the queries of rules that are never asked, each with that of an earlier rule that
            takes all of their tickets.
        templates: the names of the ticket templates that can be used.
        now: the moment; aware.
        locate: the file in which a value stands, and where.
    """

    configuration: Configuration
    never: Sequence[Sequence[str | int]]
    shadowed: Sequence[tuple[Sequence[str | int], Sequence[str | int]]]
    templates: Sequence[str]
    now: datetime
    locate: Callable[[Sequence[str | int]], tuple[str, Position]]

    def is_active(self, person: Person) -> bool:
        """Whether a person works here today, where they are."""
        return person.is_active(self.configuration.today_of(person, self.now))

    def finding(self, code: str, keys: Sequence[str | int], message: str, hint: str = "") -> Finding:
        """Return a finding at a value."""
        path, position = self.locate(keys)
        field = ".".join(str(part) for part in keys)
        return Finding(path, OF_CONFIGURATION + code[1:], message, position, hint, field)
