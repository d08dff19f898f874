"""The words of a query, with their places."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.query.problem import QueryError, Wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACES = " \t\r\n\u00a0"
_LONGEST = 4_000


class Token(NamedTuple):
    """A parenthesis, or a word.

    Attributes:
        text: what is meant: without the quotation marks.
        start: where it begins in the query.
        end: where it ends.
        literal: for each character of `text`, its place in the query and whether it was quoted.
    """

    text: str
    start: int
    end: int
    literal: tuple[tuple[int, bool], ...] = ()

    def plain(self, text: str) -> bool:
        """Whether this is a word of the language: not quoted."""
        return self.text.lower() == text and not any(quoted for _place, quoted in self.literal)

    def find(self, sign: str, start: int = 0) -> int:
        """Return where a sign stands that is not quoted; -1 if it does not."""
        place = self.text.find(sign, start)
        while place >= 0 and any(quoted for _place, quoted in self.literal[place : place + len(sign)]):
            place = self.text.find(sign, place + 1)
        return place

    def part(self, start: int, end: int | None = None) -> Token:
        """Return a part of the word, with its place."""
        end = len(self.text) if end is None else end
        places = self.literal[start:end]
        first = places[0][0] if places else (self.literal[start - 1][0] + 1 if start else self.start)
        return Token(self.text[start:end], first, places[-1][0] + 1 if places else first, places)


def tokens(text: str) -> Iterator[Token]:
    """Yield the words and parentheses of a query; within quotation marks, a backslash saves the next one.

    Raises:
        QueryError: a quotation mark is not closed, or the query is too long.
    """
    if len(text) > _LONGEST:
        raise QueryError(Wrong.LENGTH, text, _LONGEST, _LONGEST)
    place = 0
    while place < len(text):
        if text[place] in _SPACES:
            place += 1
        elif text[place] in "()" or (
            text[place] == "-" and text[place + 1 : place + 2] not in ("", *_SPACES, ")")
        ):
            yield Token(text[place], place, place + 1, ((place, False),))
            place += 1
        else:
            word = _word(text, place)
            yield word
            place = word.end


def _word(text: str, start: int) -> Token:
    found: list[tuple[str, int, bool]] = []
    place, opened = start, -1
    while place < len(text) and (opened >= 0 or text[place] not in f"{_SPACES}()"):
        sign = text[place]
        if sign == '"':
            opened = -1 if opened >= 0 else place
        else:
            if sign == "\\" and opened >= 0 and text[place + 1 : place + 2] in ('"', "\\"):
                place += 1
            found.append((text[place], place, opened >= 0))
        place += 1
    if opened >= 0:
        raise QueryError(Wrong.QUOTE, text, opened, len(text))
    places = tuple((at, quoted) for _sign, at, quoted in found)
    return Token("".join(sign for sign, _at, _quoted in found), start, place, places)
