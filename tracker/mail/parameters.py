"""The parameters of Content-Type and Content-Disposition (RFC 2045 and 2231), as seen in the wild."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from tracker.mail.charset import decode
from tracker.mail.headers import words

# A semicolon may be missing; a run of blanks is tried once only.
_PARAMETER = re.compile(r'(?:;|(?<!\s)\s)\s*+([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*+)"?|([^;]*))', re.DOTALL)
_CONTINUED = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?", re.ASCII)


class Parameterised(NamedTuple):
    """A value such as `text/plain`, in lower case, with its parameters by their names in lower case."""

    value: str
    parameters: dict[str, str]


class _Piece(NamedTuple):
    number: int
    encoded: bool
    text: str


def read_parameters(field: str) -> Parameterised:
    """Read the value of a field that has parameters; never raises."""
    value = re.match(r"[^;\s]*", field)[0]  # type: ignore[index]  # matches nothing at least
    plain: dict[str, str] = {}
    pieces: dict[str, list[_Piece]] = {}
    for match in _PARAMETER.finditer(field, len(value)):
        quoted = match[2] is not None
        text = re.sub(r'\\([\\"])', r"\1", match[2]) if quoted else match[3].strip()
        name = _CONTINUED.fullmatch(match[1].lower())
        if name and (name[2] or name[3]):
            pieces.setdefault(name[1], []).append(_Piece(int(name[2] or 0), bool(name[3]), text))
        else:
            plain.setdefault(match[1].lower(), words(text))
    joined = {name: _joined(sorted(given, key=lambda piece: piece.number)) for name, given in pieces.items()}
    return Parameterised(value.lower(), plain | joined)


def _joined(pieces: list[_Piece]) -> str:
    """Return a value that was given in pieces, of which the first may name a charset and a language."""
    charset, first = "", pieces[0]
    if first.encoded and first.text.count("'") >= 2:  # noqa: PLR2004  # charset'language'text
        charset, _language, text = first.text.split("'", 2)
        pieces = [first._replace(text=text), *pieces[1:]]
    data = b"".join(unquote_to_bytes(text) if encoded else text.encode() for _number, encoded, text in pieces)
    return words(decode(data, charset))
