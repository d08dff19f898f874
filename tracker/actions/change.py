"""What an action wants to change. Actions are pure: they read a desk and return this; `land` writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.history.reason import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tracker.history.reason import Reason
    from tracker.history.receipt import Receipt
    from tracker.workspace import Workspace

    Plan = Callable[[Workspace], "Change"]
    """Reads a desk and returns what to change in it. It may be asked again, for a newer desk."""


class FileChange(NamedTuple):
    """A file's bytes before and after; None where there is no file."""

    before: bytes | None
    after: bytes | None


class Change(NamedTuple):
    """One change of a desk: all of its files, or none.

    Attributes:
        action: the verb, as the command is called.
        summary: one line for the history.
        tickets: the ids that it is about.
        files: what changes, by path relative to the desk's root.
        trailers: further trailers of the commit's message.
        reasons: why the rules decided what they did.
        receipts: the messages that it takes in.
    """

    action: str
    summary: str
    tickets: tuple[str, ...]
    files: Mapping[str, FileChange] = {}
    trailers: Mapping[str, str] = {}
    reasons: tuple[Reason, ...] = ()
    receipts: tuple[Receipt, ...] = ()

    @property
    def after(self) -> dict[str, bytes | None]:
        """The new bytes of each file; None where it goes."""
        return {path: edit.after for path, edit in self.files.items()}

    @property
    def fresh(self) -> set[str]:
        """The files that are new."""
        return {path for path, edit in self.files.items() if edit.before is None}

    @property
    def message(self) -> str:
        """The commit's message: the summary on one line, and trailers for programs."""
        tickets = [f"Ticket: {ticket}" for ticket in self.tickets]
        more = [f"{key}: {value}" for key, value in self.trailers.items()]
        told = [*(one.written() for one in self.reasons), *(one.written() for one in self.receipts)]
        lines = [one_line(self.summary), "", *tickets, f"{TRAILER}: {self.action}", *more, *told, ""]
        return "\n".join(lines)


class Way(NamedTuple):
    """How far a change goes: into the files only, into a commit, onto the remote, or nowhere."""

    commit: bool = False
    push: bool = False
    dry_run: bool = False


class Landed(NamedTuple):
    """What became of a change.

    Attributes:
        change: what was changed.
        commit: the commit's object name; empty where nothing was committed.
        remote: such as `origin/main`, where it was pushed to.
        behind: whether this clone does not show it yet.
        left: files here that do not show it: they could not be written, or hold other work.
    """

    change: Change
    commit: str = ""
    remote: str = ""
    behind: bool = False
    left: tuple[str, ...] = ()


TRAILER = "Tracker-Action"
UNDOES = "Undoes"
_LONGEST = 100


def one_line(text: str) -> str:
    """Return a text as one printable line of a reasonable length: it may be anybody's."""
    return printable(text, _LONGEST)


def followed(first: Change, second: Change) -> Change:
    """Return a change and one on top of it, planned as if the first were written, as one change."""
    files = dict(first.files)
    for path, edit in second.files.items():
        files[path] = FileChange(files[path].before if path in files else edit.before, edit.after)
    needed = {path: edit for path, edit in files.items() if edit.before != edit.after}
    tickets = tuple(dict.fromkeys([*first.tickets, *second.tickets]))
    reasons, receipts = (*first.reasons, *second.reasons), (*first.receipts, *second.receipts)
    return second._replace(tickets=tickets, files=needed, reasons=reasons, receipts=receipts)


def united(action: str, summary: str, changes: Iterable[Change]) -> Change:
    """Return several changes of different files as one."""
    all_changes = list(changes)
    tickets = dict.fromkeys(ticket for change in all_changes for ticket in change.tickets)
    files = {path: edit for change in all_changes for path, edit in change.files.items()}
    reasons = tuple(reason for change in all_changes for reason in change.reasons)
    return Change(action, summary, tuple(tickets), files, reasons=reasons)
