"""From the commits of a branch, one after the other, to what happened to the tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.history.changes import TEXT, field_changes
from tracker.history.event import OF_COMMENTS, Event, Kind
from tracker.history.lives import Residence, moves
from tracker.history.reason import explained
from tracker.model.place import conversation_around, is_draft, is_ticket_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tracker.history.event import FileChange, Landing
    from tracker.history.lives import Move, Version
    from tracker.history.reason import Named

    Read = Callable[[str, str], Version]
    """Returns the version of a ticket by the object name of its content and the path of its file."""


class Story:
    """What is known of the tickets of a branch, up to a commit.

    Args:
        homes: where each ticket lives, by the path of its file; of one that is deleted, by `deleted(id)`.
        lives: how many lives there are, deleted ones included.
        read: returns a version of a ticket.

    Attributes:
        touched: the keys of homes that are not what they were before the last commit.
    """

    def __init__(self, homes: dict[str, Residence], lives: int, read: Read) -> None:
        self.homes = homes
        self.lives = lives
        self.touched: set[str] = set()
        self._read = read

    def tell(self, landing: Landing) -> list[Event]:
        """Return what happens in a commit, and know it from now on."""
        self.touched = set()
        tickets = [file for file in landing.files if is_ticket_place(file.path)]
        others = [file for file in landing.files if not is_ticket_place(file.path)]
        before = {file.path: self.homes[file.path] for file in tickets if file.path in self.homes}
        found = [event for move in moves(tickets, self._read) for event in self._move(move)]
        whole = {event.life for event in found if event.kind in (Kind.DELETED, Kind.RESTORED)}
        said = self._conversation(others, before)
        events = [*found, *(event for event in said if event.life not in whole)]
        return explained(events, landing.reasons, self._named(landing.files)) if landing.reasons else events

    def _named(self, files: Sequence[FileChange]) -> Named:
        """Return the tickets that these files are of, by their ids, and by aliases that are no ids."""
        ids, aliases = {}, {}
        for file in files:
            path = file.path if is_ticket_place(file.path) else f"{conversation_around(file.path)}.md"
            home = self.homes.get(path)
            if home:
                version = self._read(home.sound, path)
                ids[version.id] = home.life, version.values
                aliases.update(dict.fromkeys(version.aliases, ids[version.id]))
        return aliases | ids

    def _move(self, move: Move) -> Iterator[Event]:
        if move.after is None:
            yield from self._end(move)
        elif move.before is None:
            yield from self._begin(move.after)
        else:
            (old_file, old), (new_file, new) = move.before, move.after
            home = self._leave(old_file.path) or self._new_life(old.object)
            yield from _renaming(home.life, old_file.path, old, new_file.path, new)
            if new.values and not old.values:
                yield Event(home.life, Kind.MENDED)
            yield from self._change(home, new_file.path, old.id, new)

    def _begin(self, came: tuple[FileChange, Version]) -> Iterator[Event]:
        file, version = came
        earlier = self._leave(deleted(version.id))
        if earlier:
            yield Event(earlier.life, Kind.RESTORED)
            yield from self._change(earlier, file.path, version.id, version)
            return
        home = self._live(file.path, self._new_life(version.object))
        yield Event(home.life, Kind.CREATED, new=version.values.get("title"))
        if not version.values:
            yield Event(home.life, Kind.BROKEN)

    def _end(self, move: Move) -> Iterator[Event]:
        assert move.before is not None  # noqa: S101  # one of the two is there
        file, version = move.before
        home = self._leave(file.path)
        if home:
            self._live(deleted(version.id), home)
            yield Event(home.life, Kind.DELETED)

    def _change(self, home: Residence, path: str, former_id: str, new: Version) -> Iterator[Event]:
        """Tell what differs from what could last be read of a ticket; it lives at `path` from now on."""
        if not new.values:
            self._live(path, home)
            yield Event(home.life, Kind.BROKEN)
            return
        self._live(path, Residence(home.life, new.object))
        old = self._read(home.sound, path)
        for change in field_changes(old.values, new.values):
            known = change.field == "id" or (change.field == "aliases" and change.new == former_id)
            if not known:
                yield Event(home.life, Kind.CHANGED, *change)
        if old.body != new.body:
            yield Event(home.life, Kind.CHANGED, TEXT)

    def _live(self, key: str, home: Residence) -> Residence:
        self.homes[key] = home
        self.touched.add(key)
        return home

    def _leave(self, key: str) -> Residence | None:
        self.touched.add(key)
        return self.homes.pop(key, None)

    def _new_life(self, sound: str) -> Residence:
        self.lives += 1
        return Residence(self.lives, sound)

    def _conversation(self, files: Sequence[FileChange], before: dict[str, Residence]) -> Iterator[Event]:
        """Tell which comments and attachments came, changed or are gone; those that moved did neither."""
        homes = {file.path: self._home_around(file.path, before) for file in files}
        of = {path: home.life for path, home in homes.items() if home}
        came = {(of.get(file.path), _name(file), file.after) for file in files if not file.before}
        gone = {(of.get(file.path), _name(file), file.before) for file in files if not file.after}
        for file in files:
            moved = (of.get(file.path), _name(file), file.before or file.after) in came & gone
            stays = file.before and file.after
            if file.path in of and file.before != file.after and (stays or not moved):
                yield self._about(of[file.path], file)

    def _about(self, life: int, file: FileChange) -> Event:
        kind = _kind(file)
        if kind is not Kind.COMMENTED or file.after is None:
            return Event(life, kind, _name(file))
        values = self._read(file.after, file.path).values
        return Event(life, kind, _name(file), new={name: values.get(name) for name in OF_COMMENTS})

    def _home_around(self, path: str, before: dict[str, Residence]) -> Residence | None:
        place = f"{conversation_around(path)}.md"
        return self.homes.get(place) or before.get(place)


def deleted(ticket_id: str) -> str:
    """Return the key of the last home of a ticket that is deleted; no path begins so."""
    return f"#{ticket_id}"


def _renaming(life: int, old_path: str, old: Version, path: str, new: Version) -> Iterator[Event]:
    if is_draft(old_path) and not is_draft(path):
        yield Event(life, Kind.ACCEPTED, "id", old.id, new.id)
    elif old.id != new.id and old.values and new.values:
        yield Event(life, Kind.RENUMBERED, "id", old.id, new.id)


def _name(file: FileChange) -> str:
    return file.path.removeprefix(f"{conversation_around(file.path)}/")


def _kind(file: FileChange) -> Kind:
    attached = "/" in _name(file)
    if file.before and file.after:
        return Kind.REWRITTEN
    if file.after:
        return Kind.ATTACHED if attached else Kind.COMMENTED
    return Kind.DETACHED if attached else Kind.UNSAID
