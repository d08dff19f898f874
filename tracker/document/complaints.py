"""What can be wrong with front matter as YAML, in words for people who do not know YAML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tracker.translation import _

if TYPE_CHECKING:
    import yaml

_CLOSED = re.compile(
    r"""[ ]*+(?:- )?(?:[^\s:'"\[{]++:[ ])?[ ]*+(?:\[[^\]]*\]|\{[^}]*\}|"[^"]*"|'[^']*')[ ]*"""
)
"""A line up to the end of a value in brackets or quotes."""


class Complaint(NamedTuple):
    """One thing that is wrong.

    Attributes:
        place: the character where it stands.
        code: the rule's code.
        message: what is wrong; `{line}` stands for the line of `other`.
        hint: what to do.
        other: the character of an earlier place that the message names; None without one.
        field: the key concerned.
    """

    place: int
    code: str
    message: str
    hint: str = ""
    other: int | None = None
    field: str = ""


def duplicate_key(key: str, index: int, first: int) -> Complaint:
    """Return the complaint of a key that was there before."""
    message = _("“{key}” is already given on line {line}.").replace(
        "{key}", key.replace("{", "{{").replace("}", "}}")
    )
    return Complaint(index, "T006", message, _("Keep one of the two."), first, key)


def not_allowed(what: str, index: int) -> Complaint:
    """Return the complaint of a feature of YAML that front matter does not need."""
    message, hint = {
        "alias": (
            _("A value cannot begin with “*”: YAML takes that for an alias, which is not allowed here."),
            _("Write the value out, or put it in quotes."),
        ),
        "anchor": (
            _("A value cannot begin with “&”: YAML takes that for an anchor, which is not allowed here."),
            _("Put the value in quotes."),
        ),
        "tag": (
            _("A value cannot begin with “!”: YAML takes that for a tag, which is not allowed here."),
            _("Put the value in quotes."),
        ),
        "merge": (_("The merge key “<<” is not allowed here."), _("Write the values out.")),
        "documents": (
            _("A second YAML document begins here."),
            _("Remove the line that consists of three dots or hyphens."),
        ),
        "depth": (_("Values are nested too deeply here."), _("Use fewer levels.")),
        "key": (_("Here must be a key: a single word or text."), _("Write “key: value”.")),
        "top": (_("Here must be fields, each written as “key: value”."), _("Begin with “title: …”.")),
    }[what]
    return Complaint(index, "T007", message.replace("{", "{{"), hint)


def unprintable(match: re.Match[str]) -> Complaint:
    """Return the complaint of a control character."""
    message = _("There is a control character (U+{number:04X}), which front matter cannot hold.")
    return Complaint(match.start(), "T005", message.format(number=ord(match[0])), _("Remove it."))


def syntax_error(error: yaml.MarkedYAMLError, text: str) -> Complaint:
    """Tell an error of the YAML parser in our words, at the place that a person has to look at."""
    problem = str(error.problem or "")
    mark = error.problem_mark or error.context_mark
    context = str(error.context or "")
    from_context = (
        "could not find expected ':'",
        "found unexpected end of stream",
        "did not find expected ',' or",
    )
    if error.context_mark is not None and problem.startswith(from_context):
        mark = error.context_mark
    index = min(mark.index, len(text)) if mark else 0
    if problem.startswith("did not find expected <document start>"):
        return not_allowed("documents", index)
    message, hint = _words_at(text, index) or _words(problem, context)
    return Complaint(index, "T005", message.replace("{", "{{"), hint)


def _words_at(text: str, index: int) -> tuple[str, str] | None:
    """Return better words than the parser has, where the line itself says what is meant."""
    if text[index : index + 1] == "\t":
        return _("There is a tab where YAML wants spaces."), _("Indent with spaces.")
    before = text[text.rfind("\n", 0, index) + 1 : index]
    if _CLOSED.fullmatch(before):
        message = _("The value ends where its bracket or quotation mark is closed, but this line goes on.")
        return message, _("Put all of it in quotes, such as “'[URGENT] Printer: paper jam'”.")
    return None


def _words(problem: str, context: str) -> tuple[str, str]:
    in_quotes = _("Put the text in quotes, such as “'@omar'” or “'Printer: paper jam'”.")
    known = {
        "mapping values are not allowed": (
            _("A colon with a space after it cannot stand inside a text."),
            in_quotes,
        ),
        "could not find expected ':'": (_("This line is neither “key: value” nor an item of a list."), ""),
        "did not find expected key": (
            _("This line fits neither the indentation nor the quotes of the lines before it."),
            _("Indent it like its neighbours; put a text that contains quotes in quotes as a whole."),
        ),
        "did not find expected '-' indicator": (
            _("This line is not an item of the list before it."),
            _("Indent it like its neighbours, beginning with “- ”."),
        ),
        "found character that cannot start": (_("A value cannot begin with this character."), in_quotes),
        "found a tab character": (_("There is a tab where YAML wants spaces."), _("Indent with spaces.")),
        "found unexpected end of stream": (
            _("The quotation mark that opens here is never closed."),
            _("Write it once more at the end of the value."),
        ),
        "found unexpected document indicator": (_("A quotation mark is not closed before this line."), ""),
        "did not find expected ',' or": (
            _("The bracket that opens here is never closed, or a comma is missing."),
            in_quotes,
        ),
        "found unknown escape": (
            _("A backslash in double quotes means something else to YAML."),
            _("Use single quotes, or write the backslash twice."),
        ),
        "block sequence entries are not allowed": (
            _("A list cannot begin on the line of its key."),
            _("Begin each item on its own line, with “- ”."),
        ),
    }
    for start, words in known.items():
        if problem.startswith(start):
            return words
    return _("This is not valid YAML: {problem}.").format(problem=f"{problem} {context}".strip()), in_quotes
