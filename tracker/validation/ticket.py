"""The rules that look at one file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.finding import Finding
from tracker.model.fields import ALWAYS_REQUIRED, REQUIRED_OF_DRAFTS
from tracker.model.place import is_draft, is_ticket_place, ticket_place
from tracker.model.problem import Problem, ProblemKind
from tracker.model.ticket import Ticket
from tracker.translation import _
from tracker.validation.catalogue import LETTER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tracker.model.ticket import TicketReader
    from tracker.position import Position

    Locate = Callable[[Sequence[str | int], bool], Position]
    """Where the value (or, when true, the key) at a path of keys stands."""


def required_fields(path: str) -> tuple[str, ...]:
    """Return the fields that every ticket at `path` must have: a draft needs a title only."""
    return REQUIRED_OF_DRAFTS if is_draft(path) else ALWAYS_REQUIRED


def check_ticket(
    path: str, values: Mapping[str, Any], reader: TicketReader, locate: Locate
) -> tuple[Ticket, tuple[Finding, ...]]:
    """Return the ticket that a file's front matter makes, and what is wrong with it by itself.

    Args:
        path: the file, relative to the desk's root.
        values: its front matter.
        reader: reads tickets of this desk.
        locate: asked for a place only when something is wrong there.
    """
    if is_lone_comment(path, values):
        return Ticket(), (_lone_comment(path),)
    ticket, problems = reader.read(values, required_fields(path))
    findings = [*findings_of(path, problems, locate), *_misplaced(path, ticket, values, locate)]
    return ticket, tuple(findings)


def findings_of(path: str, problems: Iterable[Problem], locate: Locate) -> list[Finding]:
    """Turn what does not fit the model into findings with their places."""
    return [
        Finding(
            path=path,
            code=f"{LETTER}{problem.kind.value}",
            message=problem.message,
            position=locate(problem.keys, problem.kind is ProblemKind.KEY),
            hint=problem.hint,
            field=problem.field,
        )
        for problem in problems
    ]


def is_lone_comment(path: str, values: Mapping[str, Any]) -> bool:
    """Whether a file that is in no ticket's place is a comment whose ticket is not there."""
    return not is_ticket_place(path) and "author" in values and "title" not in values


def _lone_comment(path: str) -> Finding:
    ticket_id = path.split("/")[-2]
    message = _("This is a comment of {id}, which is not there.").format(id=ticket_id)
    return Finding(path, "T010", message, hint=_("Bring the ticket back, or remove its folder, too."))


def _misplaced(path: str, ticket: Ticket, values: Mapping[str, Any], locate: Locate) -> list[Finding]:
    if is_draft(path) or not ticket.id or ticket.created is None:
        return []
    place = ticket_place(ticket.id, values["created"])
    if place == path:
        return []
    message = _("This ticket belongs at {place}.").format(place=place)
    hint = _("Move the file there, or correct its id or “created”. A copy needs an id of its own.")
    return [Finding(path, "T009", message, locate(("id",), False), hint, "id")]  # the value's place
