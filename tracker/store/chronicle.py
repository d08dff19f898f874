"""What happened on a branch, kept: its landings, what happened in each, and where each ticket lives.

It knows one branch up to one commit; what a rewritten history no longer has, is taken back.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left, bisect_right
from datetime import UTC, datetime
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.history.event import Event, Kind, Landing
from tracker.history.lives import Residence
from tracker.history.reason import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tracker.store.pages import Pages

SCHEMA = 6
_LANDINGS, _LIVES, _HOMES = 256, 32, 256
"""So many landings and lives are in a page, and the homes are in so many pages."""
_HELD = 20_000
"""So many landings are held in memory before they are written."""
_PLAIN = 5
"""So much is kept of an event for which no reason is given."""


class Happened(NamedTuple):
    """An event, the landing that it came with, and the key of the ticket's home today."""

    event: Event
    landing: Landing
    home: str


class Chronicle:
    """What is known of a branch.

    Args:
        pages: what keeps it.
    """

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def tip(self, premises: Sequence[str]) -> str:
        """Return the commit up to which the history is known; empty where it was read on other premises."""
        about = self._pages.about
        return str(about["tip"]) if about.get("premises") == [*premises] else ""

    def begin(self, premises: Sequence[str]) -> None:
        """Forget all, and begin on these premises."""
        self._pages.clear()
        self._pages.about = {"premises": [*premises], "tip": "", "landings": 0, "lives": 0, "reasons": 0}

    def keep(self, tip: str) -> None:
        """Keep what was added, as all that is known up to a commit."""
        self._pages.about["tip"] = tip
        self._pages.keep()

    @property
    def lives(self) -> int:
        """How many lives of tickets there are."""
        return int(self._pages.about["lives"])

    @property
    def reasons(self) -> int:
        """How many reasons are given for what happened."""
        return int(self._pages.about.get("reasons", 0))

    def homes(self) -> dict[str, Residence]:
        """Return where each ticket lives."""
        pages = (self._pages.page(f"homes {number}") or {} for number in range(_HOMES))
        return {key: Residence(*home) for page in pages for key, home in page.items()}

    def add(
        self, landing: Landing, events: Sequence[Event], homes: Mapping[str, Residence | None], lives: int
    ) -> None:
        """Add a commit.

        Args:
            landing: the commit.
            events: what happened in it.
            homes: the homes that changed; None where nobody lives any more.
            lives: how many lives there are now.
        """
        about, number = self._pages.about, self._pages.about["landings"]
        former = {key: self._move(key, home) for key, home in homes.items()}
        for event in events:
            story = self._story(event.life)
            story["events"].append([number, event.kind, event.field, event.old, event.new, *event.reasons])
            about["reasons"] += len(event.reasons)
        when, whose = int(landing.time.timestamp()), dict.fromkeys(event.life for event in events)
        row = [landing.commit, when, landing.name, landing.email, landing.subject]
        page = self._pages.edit(f"landings {number // _LANDINGS}", [])
        page.append([*row, [*whose], about["lives"], former])
        about.update(landings=number + 1, lives=lives)
        if number % _HELD == _HELD - 1:
            self._pages.write()

    def take_back(self, commits: set[str]) -> str:
        """Forget the newest landings until one is among these commits; return it, empty if none is."""
        about = self._pages.about
        while about["landings"]:
            number = about["landings"] - 1
            page = self._pages.edit(f"landings {number // _LANDINGS}", [])
            if page[-1][0] in commits:
                return str(page[-1][0])
            *_row, whose, lives, former = page.pop()
            for key, home in former.items():
                self._move(key, Residence(*home) if home else None)
            for life in whose:
                story = self._story(life)
                while story["events"] and story["events"][-1][0] >= number:
                    about["reasons"] -= len(story["events"].pop()) - _PLAIN
            about.update(landings=number, lives=lives)
        return ""

    def home_at(self, place: str) -> Residence | None:
        """Return who lives in a place; None where nobody does."""
        home = (self._pages.page(_homes_page(place)) or {}).get(place)
        return Residence(*home) if home else None

    def of_home(self, place: str) -> Iterator[Happened]:
        """Yield what happened to the ticket that lives in a place, the newest first; nothing if none does."""
        home = self.home_at(place)
        return self.of_life(home.life) if home else iter(())

    def of_life(self, life: int) -> Iterator[Happened]:
        """Yield what happened to one ticket, the newest first."""
        story = self._read_story(life)
        for number, *event in reversed(story.get("events", [])):
            yield Happened(_event(life, event), _landing(self._row(number)), story["home"])

    def by_life(self) -> Iterator[list[Happened]]:
        """Yield what happened to each ticket, the newest first; what happened to one that is deleted, too."""
        yield from (list(self.of_life(life)) for life in range(1, self._pages.about.get("lives", 0) + 1))

    def with_reasons(self) -> Iterator[tuple[str, list[Event]]]:
        """Yield the home and the events, the newest first, of each ticket that has some with a reason."""
        for life in range(1, self.lives + 1) if self.reasons else ():
            story = self._read_story(life)
            told = story.get("events", [])
            if any(len(event) > _PLAIN for event in told):
                yield story["home"], [_event(life, event) for _number, *event in reversed(told)]

    @property
    def landings(self) -> int:
        """How many commits are known that touched tickets."""
        return int(self._pages.about.get("landings", 0))

    def commit(self, number: int) -> str:
        """Return the commit of a landing, counted from 0; empty where there are not so many."""
        return str(self._row(number)[0]) if 0 <= number < self.landings else ""

    def all(self, since: int = 0) -> Iterator[Happened]:
        """Yield what happened, the newest landings first; what happened in one is in its order.

        Args:
            since: the number of the first landing that counts.
        """
        for number in reversed(range(since, self.landings)):
            row = self._row(number)
            landing = _landing(row)
            for life in row[5]:
                story = self._read_story(life)
                told = story["events"]
                first = bisect_left(told, number, key=itemgetter(0))
                last = bisect_right(told, number, key=itemgetter(0))
                for _number, *event in told[first:last]:
                    yield Happened(_event(life, event), landing, story["home"])

    def _row(self, number: int) -> list[Any]:
        row: list[Any] = self._pages.page(f"landings {number // _LANDINGS}")[number % _LANDINGS]
        return row

    def _read_story(self, life: int) -> dict[str, Any]:
        story: dict[str, Any] = (self._pages.page(f"stories {life // _LIVES}") or {}).get(str(life), {})
        return story

    def _story(self, life: int) -> dict[str, Any]:
        page: dict[str, Any] = self._pages.edit(f"stories {life // _LIVES}", {})
        story: dict[str, Any] = page.setdefault(str(life), {"home": "", "events": []})
        return story

    def _move(self, key: str, home: Residence | None) -> list[Any] | None:
        """Write who lives at a key from now on; return who did."""
        page = self._pages.edit(_homes_page(key), {})
        former: list[Any] | None = page.pop(key, None)
        if home:
            page[key] = [*home]
            self._story(home.life)["home"] = key
        return former


def _homes_page(key: str) -> str:
    return f"homes {zlib.crc32(key.encode('utf-8', 'surrogatepass')) % _HOMES}"


def _landing(row: Sequence[Any]) -> Landing:
    commit, time, name, email, subject = row[:5]
    return Landing(commit, datetime.fromtimestamp(time, UTC), name, email, subject, ())


def _event(life: int, event: Sequence[Any]) -> Event:
    kind, field, old, new, *reasons = event
    return Event(life, Kind(kind), field, old, new, tuple(map(Reason._make, reasons)))
