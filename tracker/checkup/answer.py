"""What a check has to say. A value, never an exception."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from tracker.errors import TrackerError


class State(StrEnum):
    """How it is with what was looked at: a problem keeps commands from working, advice makes work easier."""

    OK = "ok"
    ADVICE = "advice"
    PROBLEM = "problem"


class Answer(NamedTuple):
    """What was found, and what to do about it.

    Attributes:
        state: how it is.
        message: what was found, in the current language.
        hint: what to do, a command where there is one; empty where nothing has to be done.
    """

    state: State
    message: str
    hint: str = ""


class Checked(NamedTuple):
    """The answer of one check.

    Attributes:
        check: the check's stable name, for programs.
        label: the same for people.
        answer: what it says.
    """

    check: str
    label: str
    answer: Answer

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data, as `--json` prints it."""
        return {"check": self.check, **self.answer._asdict()}


def ok(message: str) -> Answer:
    """Return the answer that all is well."""
    return Answer(State.OK, message)


def advice(message: str, hint: str) -> Answer:
    """Return the answer that something could be better."""
    return Answer(State.ADVICE, message, hint)


def problem(message: str, hint: str = "") -> Answer:
    """Return the answer that something is broken."""
    return Answer(State.PROBLEM, message, hint)


def told(error: TrackerError) -> Answer:
    """Return what an error says, as an answer."""
    return problem(error.message, error.hint)
