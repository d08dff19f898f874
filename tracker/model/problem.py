"""What does not fit a model, and the words for it: pydantic's errors, told to a person.

A problem knows the keys that lead to a value but not where that value stands in a file; whoever has
the document turns it into a finding.
"""

from __future__ import annotations

import difflib
import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails


_QUOTED = re.compile(r"'([^']*)'")
_WHOLE = re.compile(r"\^\(\?:(.*)\)\$", re.DOTALL)


class ProblemKind(StrEnum):
    """The kinds of problem; the value is the number in a rule's code, after its letter."""

    MISSING = "101"
    FORM = "102"
    VALUE = "103"
    DATE = "104"
    PATTERN = "105"
    KEY = "106"
    ADDRESS = "113"


class Problem(NamedTuple):
    """One thing that does not fit.

    Attributes:
        kind: which sort of problem it is.
        keys: the path to the value, such as `("requester", "email")`.
        message: what is wrong, in the current language.
        hint: what would be right; may be empty.
    """

    kind: ProblemKind
    keys: tuple[str | int, ...]
    message: str
    hint: str = ""

    @property
    def field(self) -> str:
        """The keys as people write them: `requester.email`, `labels.2`."""
        return ".".join(str(key) for key in self.keys)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that `word` most likely means, None where nothing comes near."""
    by_lower = {candidate.lower(): candidate for candidate in known}
    matches = difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[matches[0]] if matches else None


def allowed_values(known: Iterable[str], wrong: str = "") -> str:
    """Return a hint that names the nearest known value, or lists what is allowed; empty where nothing is."""
    values = list(known)
    if not values:
        return ""
    guess = nearest(wrong, values) if wrong else None
    shown = ", ".join(values[:12]) + (", …" if len(values) > 12 else "")  # noqa: PLR2004  # what fits two lines
    if guess:
        return _("Did you mean “{guess}”? Allowed: {values}.").format(guess=guess, values=shown)
    return _("Allowed: {values}.").format(values=shown)


def unknown_value(keys: tuple[str | int, ...], value: object, known: Iterable[str]) -> Problem:
    """Return the problem of a value that is not one of the known ones."""
    field = Problem(ProblemKind.VALUE, keys, "").field
    message = _("“{value}” is not a known value of {field}.").format(value=value, field=field)
    return Problem(ProblemKind.VALUE, keys, message, allowed_values(known, str(value)))


def unknown_key(keys: tuple[str | int, ...], known: Iterable[str]) -> Problem:
    """Return the problem of a key that means nothing here."""
    wrong, choices = str(keys[-1]), list(known)
    return Problem(
        ProblemKind.KEY, keys, _("Unknown key “{key}”.").format(key=wrong), allowed_values(choices, wrong)
    )


def explain(error: ErrorDetails, known_keys: Iterable[str] = ()) -> Problem:
    """Tell an error of pydantic's in our words.

    Args:
        error: one of `ValidationError.errors()`.
        known_keys: the keys allowed where an unknown one was found.
    """
    keys = tuple(key for key in error["loc"] if key != "[key]")
    field = Problem(ProblemKind.FORM, keys, "").field
    context = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return missing(keys)
        case "extra_forbidden":
            return unknown_key(keys, known_keys)
        case "literal_error":
            return _unknown_choice(keys, error["input"], context["expected"])
        case "tracker_date":
            return Problem(ProblemKind.DATE, keys, error["msg"], context.get("hint", ""))
        case "tracker_value":
            return Problem(ProblemKind.VALUE, keys, error["msg"], context.get("hint", ""))
        case "string_pattern_mismatch" | "tracker_pattern" | "tracker_address":
            message = _("“{value}” does not have the form of {field}.").format(
                value=error["input"], field=field
            )
            address = error["type"] == "tracker_address" or field.endswith("email")
            hint = context.get("hint", "") or _pattern_hint("email" if address else field, context)
            return Problem(ProblemKind.ADDRESS if address else ProblemKind.PATTERN, keys, message, hint)
        case kind:
            return Problem(ProblemKind.FORM, keys, _wrong_form(field, kind, **context))


def _unknown_choice(keys: tuple[str | int, ...], value: object, expected: str) -> Problem:
    texts = _QUOTED.findall(expected)
    if texts and not isinstance(value, str):
        field = Problem(ProblemKind.FORM, keys, "").field
        return Problem(ProblemKind.FORM, keys, _wrong_form(field, "string_type"))
    return unknown_value(keys, value, texts or [expected])


def missing(keys: tuple[str | int, ...], because: str = "") -> Problem:
    """Return the problem of a value that must be there; `because` says under which condition."""
    field = Problem(ProblemKind.MISSING, keys, "").field
    return Problem(ProblemKind.MISSING, keys, _("{field} is missing.").format(field=field), because)


def _pattern_hint(field: str, context: dict[str, object]) -> str:
    hints = {
        "email": _("Write an address such as name@example.org."),
        "mail.address": _("Write an address such as help@example.org."),
        "where": _("Write an address such as help@example.org."),
        "ticket": _("Write an id such as HD-42."),
        "url": _("Write an address such as https://github.com/example/help-desk."),
    }
    for ending, hint in hints.items():
        if field.endswith(ending):
            return hint
    if field.startswith("mail.mailboxes") and field.endswith(".after"):
        return _("Write keep, seen or delete, or where to, such as “move to Done”.")
    if field.startswith("include"):
        return _("Write the path of a file in settings/, such as settings/people.yml.")
    if field.startswith("directory"):
        return _("Write an address such as lea.martin@example.org, or a domain such as “@example.org”.")
    if "pattern" not in context:
        return ""
    pattern = str(context["pattern"])
    own = _WHOLE.fullmatch(
        pattern
    )  # a desk's own field: the desk knows its pattern without what is around it
    return _("It must match {pattern}").format(pattern=own[1] if own else pattern)


def _wrong_form(field: str, kind: str, **context: object) -> str:
    return _("{field} must be {form}.").format(field=field, form=_form(kind).format(**context))


def _form(kind: str) -> str:
    """Name the form that a value should have, for one of pydantic's error types."""
    forms = {
        "bool_parsing": _("yes or no"),
        "bool_type": _("yes or no"),
        "dict_type": _("a mapping of keys to values"),
        "model_type": _("a mapping of keys to values"),
        "model_attributes_type": _("a mapping of keys to values"),
        "int_parsing": _("a whole number"),
        "float_parsing": _("a number such as 12 or 3.5"),
        "greater_than": _("more than {gt}"),
        "greater_than_equal": _("at least {ge}"),
        "less_than_equal": _("at most {le}"),
        "list_type": _("a list, one item a line, each beginning with “- ”"),
        "tuple_type": _("a list, one item a line, each beginning with “- ”"),
        "string_type": _("a single text"),
        "string_too_short": _("a text that is not empty"),
        "string_too_long": _("a text of at most {max_length} characters"),
        "too_short": _("something that is not empty"),
        "datetime_from_date_parsing": _("a date with a time, such as 2026-11-24T09:12:00+01:00"),
        "datetime_parsing": _("a date with a time, such as 2026-11-24T09:12:00+01:00"),
        "tracker_number": _("a number such as 12 or 3.5"),
        "tracker_text": _("a text of one line"),
    }
    return forms.get(kind, _("written in another form"))
