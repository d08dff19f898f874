"""What happened to tickets that somebody may want to know, from the commits of the branch since another."""

from __future__ import annotations

from enum import StrEnum
from itertools import groupby, takewhile
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from tracker.history.event import Kind
from tracker.mail.correspondent import addresses_of
from tracker.mail.notices.landed import Landed, messages_of_programs
from tracker.model.place import is_ticket_place
from tracker.store.log import first_parents
from tracker.workspace.courses import refuse_shallow
from tracker.workspace.timeline import told
from tracker.workspace.touched import look_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tracker.history.event import Landing
    from tracker.model.configuration import Configuration
    from tracker.model.entry import Comment, Entry
    from tracker.service_levels.reading import Reading
    from tracker.store.chronicle import Chronicle, Happened
    from tracker.workspace import Workspace

_MESSAGES = frozenset(("mail", "message"))
"""Under which names a comment says which message it was made of."""


class What(StrEnum):
    """What somebody can be told of; each is a setting of `mail.notices`."""

    RECEIPT = "receipt"
    ASSIGNMENT = "assignment"
    COMMENT = "comment"
    INTERNAL = "internal"
    TRANSITION = "transition"
    WARNING = "warning"
    DIGEST = "digest"


class Turn(StrEnum):
    """What a change of status means to whoever asked."""

    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REOPENED = "reopened"


class Happening(NamedTuple):
    """One thing that happened to a ticket.

    Attributes:
        what: which kind of thing.
        doers: the addresses, in lower case, of those who did it.
        comment: what was said; None where nothing was.
        turn: what a change of status means.
        reading: what a clock says.
    """

    what: What
    doers: frozenset[str] = frozenset()
    comment: Comment | None = None
    turn: Turn | None = None
    reading: Reading | None = None


class Occasion(NamedTuple):
    """What happened to a ticket at once.

    Attributes:
        entry: the ticket as it is now.
        key: what tells it from every other occasion, however often it is found.
        happenings: what happened.
    """

    entry: Entry
    key: str
    happenings: tuple[Happening, ...]


def occasions(desk: Workspace, since: str) -> list[Occasion]:
    """Return what happened to the tickets of a desk since a commit, the oldest first.

    What does not hold any longer is left out, and what held before: somebody may have merged the branch into
    another one and back.

    Raises:
        RepositoryError: a part of the history is not in this clone.
    """
    repository, tip = desk.repository, desk.tip
    if repository is None or tip is None or tip == since:
        return []
    refuse_shallow(desk)
    fresh = set(first_parents(repository, tip, since))
    programs = messages_of_programs(repository, tip, since)
    happened = told(desk, lambda chronicle: _by_home(chronicle, fresh))
    before = {entry.path: entry for entry in look_at(desk.judged_by(desk, since), happened).entries}
    found = [
        (landing.time, occasion)
        for entry in look_at(desk, happened).entries
        if entry.values
        for landing, occasion in _of_ticket(
            desk, entry, before.get(entry.path), happened[entry.path], programs
        )
    ]
    return [occasion for _time, occasion in sorted(found, key=itemgetter(0))]


def _by_home(chronicle: Chronicle, fresh: set[str]) -> dict[str, list[Happened]]:
    """Return what happened in the newest commits by the files of the tickets, the oldest first."""
    found: dict[str, list[Happened]] = {}
    for one in takewhile(lambda happened: happened.landing.commit in fresh, chronicle.all()):
        if is_ticket_place(one.home):
            found.setdefault(one.home, []).append(one)
    return {home: some[::-1] for home, some in found.items()}


def _of_ticket(
    desk: Workspace,
    entry: Entry,
    before: Entry | None,
    story: Sequence[Happened],
    programs: Mapping[str, str],
) -> Iterator[tuple[Landing, Occasion]]:
    last = {one.event.field: one.landing.commit for one in story if one.event.kind is Kind.CHANGED}
    for commit, group in groupby(story, lambda one: one.landing.commit):
        some = list(group)
        landed, kinds = Landed(some[0].landing, programs.get(commit, "")), {one.event.kind for one in some}
        said = _said(desk, entry, before, some)
        comments = [one for one in said if not landed.is_old(entry, one.created)]
        doers = _doers(desk.configuration, landed, comments)
        new = Kind.CREATED in kinds and before is None
        found = [
            *(_received(desk, entry, landed) if new else ()),
            *(_given(entry, before, doers) if _is_given(entry, landed, last, new=new) else ()),
            *(_turned(desk.configuration, before, some, doers) if last.get("status") == commit else ()),
            *(_told(desk.configuration, landed, comment) for comment in comments),
        ]
        if found:
            yield landed.landing, Occasion(entry, f"{entry.id} {commit}", tuple(found))


def _is_given(entry: Entry, landed: Landed, last: Mapping[str, str], *, new: bool) -> bool:
    """Whether a commit is the last that gave a ticket to somebody, and did not import it."""
    commit = landed.landing.commit
    return last.get("assignee", commit if new else "") == commit and not landed.imported(entry)


def _received(desk: Workspace, entry: Entry, landed: Landed) -> Iterator[Happening]:
    """Yield that a request came in, unless nobody waits for an answer to it."""
    automatic = entry.values.get("automatic") or entry.ticket.source.get("automatic")
    old = landed.is_old(entry, entry.ticket.created)
    if not (automatic or old) and desk.configuration.is_open(entry.ticket.status):
        yield Happening(What.RECEIPT, _doers(desk.configuration, landed))


def _given(entry: Entry, before: Entry | None, doers: frozenset[str]) -> Iterator[Happening]:
    if entry.ticket.assignee and entry.ticket.assignee != (before and before.ticket.assignee):
        yield Happening(What.ASSIGNMENT, doers)


def _turned(
    configuration: Configuration, before: Entry | None, some: Iterable[Happened], doers: frozenset[str]
) -> Iterator[Happening]:
    """Yield what the last change of a ticket's status means to whoever asked, if it means anything."""
    for one in some:
        event = one.event
        if event.kind is Kind.CHANGED and event.field == "status":
            held = before is not None and before.ticket.status == event.new
            turn = turn_of(configuration, str(event.old), str(event.new))
            if turn and not held:
                yield Happening(What.TRANSITION, doers, turn=turn)


def turn_of(configuration: Configuration, old: str, new: str) -> Turn | None:
    """Return what a change of status means to whoever asked; None where it is the desk's own affair."""
    was, now = configuration.is_open(old), configuration.is_open(new)
    if not now:
        return Turn.RESOLVED if was else Turn.CLOSED
    if not was:
        return Turn.REOPENED
    return Turn.WAITING if not configuration.runs_clocks(new) else None


def _said(desk: Workspace, entry: Entry, before: Entry | None, some: Iterable[Happened]) -> list[Comment]:
    """Return the comments that came, and are still there; none that an automatic mail became."""
    names = {one.event.field for one in some if one.event.kind is Kind.COMMENTED}
    known = set(before.comments if before else ())
    gone = {_stamp(path) for path in known.difference(entry.comments)}  # a comment may get another name
    fresh = (path for path in entry.comments if path not in known and _stamp(path) not in gone)
    came = [path for path in fresh if path.rpartition("/")[2] in names]
    return [one for one in desk.conversation(came) if not (one.automatic and _mailed(desk, one))]


def _stamp(path: str) -> str:
    """Return what the name of a comment's file says of its moment."""
    return path.rpartition("/")[2].partition("Z-")[0]


def _mailed(desk: Workspace, comment: Comment) -> bool:
    source = desk.document(comment.path).values.get("source")
    return isinstance(source, dict) and not _MESSAGES.isdisjoint(source)


def _told(configuration: Configuration, landed: Landed, comment: Comment) -> Happening:
    what = What.COMMENT if comment.visibility == "public" else What.INTERNAL
    return Happening(what, _doers(configuration, landed, [comment]), comment=comment)


def _doers(configuration: Configuration, landed: Landed, comments: Iterable[Comment] = ()) -> frozenset[str]:
    """Return the addresses of whoever committed, and of those who say something in it."""
    authors = [one.author for one in comments if not (landed.message and one.automatic)]
    return addresses_of(configuration, filter(None, [landed.doer, *authors]))
