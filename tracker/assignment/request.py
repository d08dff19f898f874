"""What an assignment is decided by: a ticket, a rule, and the people at a moment; and what is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from tracker.model.people import Person, Team
    from tracker.model.rules import AssignmentRule


class Request(NamedTuple):
    """A ticket that somebody is to be given.

    Attributes:
        id: the ticket's id.
        work: `onsite`, `remote`, `triage`, or empty where it does not say.
        location: where it is; empty where it does not say.
        team: whose it is; empty where it does not say.
        weight: how much it weighs; nothing while it waits for somebody else.
    """

    id: str
    work: str = ""
    location: str = ""
    team: str = ""
    weight: float = 1


class Rule(NamedTuple):
    """A rule, and whether it is about a ticket.

    Attributes:
        number: its place among the rules, from 1.
        terms: what it says.
        applies: whether it is about the ticket in question.
    """

    number: int
    terms: AssignmentRule
    applies: bool

    @property
    def name(self) -> str:
        """Its name, else its number."""
        return self.terms.name or str(self.number)

    def signed(self, why: str) -> str:
        """Return a reason with the name of the rule, where it has one."""
        if not self.terms.name:
            return why
        return _("{why} (rule “{rule}”)").format(why=why, rule=self.terms.name)


class Staff(NamedTuple):
    """The people of a desk at a moment.

    Attributes:
        people: by handle.
        teams: by name.
        dispatcher: the people and teams that catalogue what the rules cannot place.
        weighed: whether tickets count by their weight, not by their number.
        stand_in: whether delegates are given what is for those who are away.
        today: the day where a person is.
        at_work: whether somebody works at this hour, by handle.
    """

    people: Mapping[str, Person]
    teams: Mapping[str, Team]
    dispatcher: Sequence[str]
    weighed: bool
    stand_in: bool
    today: Callable[[Person], date]
    at_work: Callable[[str], bool]


class Decision(NamedTuple):
    """Who is given a ticket, and why.

    Attributes:
        id: the ticket's id.
        assignee: a person's handle; None for nobody.
        team: the team whose it is from now on; empty for no change.
        rule: the name of the rule; empty where none decided.
        why: the reason in words, in the current language.
    """

    id: str
    assignee: str | None
    team: str
    rule: str
    why: str
