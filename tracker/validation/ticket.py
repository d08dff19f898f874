"""The rules that look at one file: a ticket, or a comment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.finding import Finding
from tracker.model.fields import ALWAYS_REQUIRED, REQUIRED_OF_DRAFTS
from tracker.model.place import is_draft, is_ticket_place
from tracker.model.problem import Problem, ProblemKind
from tracker.model.ticket import empty_ticket
from tracker.validation.facts import TextFacts, TicketFacts
from tracker.validation.rule import LETTER
from tracker.validation.rules import (
    t009_place,
    t010_lone_comment,
    t015_conflict_in_text,
    t107_date_order,
    t108_text_limits,
    t109_field_order,
    t110_item_lines,
    t111_trailing_space,
    t112_moment_form,
    t114_exception,
    t116_draft_number,
    t117_hash_in_text,
    t211_secret,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracker.model.ticket import Ticket, TicketReader
    from tracker.validation.facts import Locate

_OF_TICKETS = (
    *(t009_place.check, t107_date_order.check, t108_text_limits.check, t109_field_order.check),
    *(t110_item_lines.check, t111_trailing_space.check, t112_moment_form.check, t114_exception.check),
    *(t116_draft_number.check, t117_hash_in_text.check),
)
_OF_TEXTS = (t015_conflict_in_text.check, t211_secret.check)


def required_fields(path: str) -> tuple[str, ...]:
    """Return the fields that every ticket at `path` must have: a draft needs a title only."""
    return REQUIRED_OF_DRAFTS if is_draft(path) else ALWAYS_REQUIRED


def check_ticket(
    text: TextFacts, values: Mapping[str, Any], reader: TicketReader, locate: Locate
) -> tuple[Ticket, list[Finding]]:
    """Return the ticket that a file's front matter makes, and what is wrong with it by itself.

    Args:
        text: the file.
        values: its front matter.
        reader: reads tickets of this desk.
        locate: asked for a place only when something is wrong there.
    """
    if t010_lone_comment.is_lone_comment(text.path, values):
        return empty_ticket(), [t010_lone_comment.lone_comment(text.path)]
    drafted = "id" not in values and not is_ticket_place(text.path)
    ticket, problems = reader.read(values, REQUIRED_OF_DRAFTS if drafted else required_fields(text.path))
    facts = TicketFacts(text, values, ticket, reader, locate)
    findings = findings_of(text.path, problems, locate)
    findings += [finding for check in _OF_TICKETS for finding in check(facts)]
    return ticket, findings + check_text(text)


def check_text(text: TextFacts) -> list[Finding]:
    """Return what is wrong with the text of a ticket or a comment."""
    return [finding for check in _OF_TEXTS for finding in check(text)]


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
