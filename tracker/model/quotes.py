"""Which part of a message is only repeated: what it quotes at its end, and its signature.

Sources: RFC 3676, section 4.3, for `-- `; for the line above a quotation, and for the header fields that
Outlook puts above what it does not mark as quoted, what mail programs write.
"""

from __future__ import annotations

import re
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING, Literal, NamedTuple

from tracker.model.mention import without_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
"""Not as Python splits lines: code may hold what it takes for their ends."""
LONG = 4
"""So many quoted lines are folded: fewer take no more room than what stands for them."""
_LONGEST_SIGNATURE, _LONGEST_INTRODUCTION = 12, 4
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_BEGINS = re.compile(r"(?:On|Le|Am|El|Il|Em|Op|Den|Dnia|W dniu|\d{4}-\d\d-\d\d)\b")
_NAMES = re.compile(r"\b(?:wrote|écrit|schrieb|escribió|scritto|escreveu|schreef|napisał\w*)\b|@|\d:\d\d")
_FIELD = r"^[*_]{0,2}(?:%s)\s?:"
_FROM = re.compile(_FIELD % "From|De|Von|Da|Van|Fra|Från|Od|Lähettäjä|От|Від|发件人|差出人", re.MULTILINE)
_SENT = re.compile(
    _FIELD % "Sent|Date|Envoyé|Gesendet|Datum|Inviato|Data|Enviado(?: el)?|Enviada|Fecha|Verzonden|Sendt|Dato"
    "|Skickat|Wysłano|Lähetetty|Отправлено|Дата|Надіслано|发送时间|送信日時",
    re.MULTILINE,
)
_SUBJECT = re.compile(
    _FIELD % "Subject|Objet|Betreff|Oggetto|Asunto|Assunto|Onderwerp|Emne|Ämne|Temat|Aihe|Тема|主题|件名",
    re.MULTILINE,
)
_RULE = re.compile(r"^[\s\\]*(?:[-_*]\s*){3,}(?:(?P<words>\w.*\w)\s*-{3,}\s*)?$")
_PASSED_ON = re.compile(
    r"forward|weitergeleitet|transféré|inoltrat|reenvia|encaminhad|doorgestuurd", re.IGNORECASE
)
_LONGEST_RULE, _MOST_FIELDS = 200, 12
"""In characters, and in lines: so much may stand above what is repeated."""

Kind = Literal["text", "quote", "signature"]


class Part(NamedTuple):
    """A part of a message, which may be shown folded.

    Attributes:
        kind: what it is.
        text: as it stands there.
        lines: how many it has of its kind.
        marked: whether what it quotes is marked as that, so that no word of the writer's is in it.
    """

    kind: Kind
    text: str
    lines: int = 0
    marked: bool = False


def parts(text: str) -> list[Part]:
    """Return the parts of a message in Markdown, in order; together they are the message."""
    if "\n>" not in text and "\n--" not in text and not _FROM.search(text):
        return [Part("text", text)]
    lines, plain = _LINE.findall(text), _LINE.findall(without_code(text))
    found: list[Part] = []
    for start, part in _folded(lines, plain):
        found.insert(0, part._replace(text="".join(lines[start:])))
        del lines[start:], plain[start:]
    rest = "".join(plain)
    if not rest.strip() or _FENCE.search(rest):  # all of it, or code that nothing closes
        return [Part("text", text)]
    return [Part("text", "".join(lines)), *found]


def _folded(lines: Sequence[str], plain: Sequence[str]) -> Iterator[tuple[int, Part]]:
    """Yield where what is folded begins, from the end; who asks takes it away before the next one."""
    signed = False
    start = _repeated(plain)
    if start is not None:
        yield start, Part("quote", "", sum(bool(line.strip()) for line in plain[start:]))
    for _end in range(2):
        start = None if signed else _signature(plain)
        if start is not None:
            signed = True
            yield start, Part("signature", "", len(lines) - start - 1)
        start, number = _quotation(lines, plain)
        if number < LONG:
            return
        yield _introduction(lines, start), Part("quote", "", number, marked=True)


def _repeated(plain: Sequence[str]) -> int | None:
    """Return where a message begins that is repeated below its header, as Outlook does it.

    What somebody passed on is what they want to be read.
    """
    for place, line in enumerate(plain):
        if not _FROM.match(line):
            continue
        block = "".join(takewhile(str.strip, plain[place : place + _MOST_FIELDS]))
        if _SENT.search(block) and _SUBJECT.search(block):
            above = [*dropwhile(lambda one: not one.strip(), reversed(plain[:place]))]
            rule = _RULE.match(above[0][:_LONGEST_RULE]) if above else None
            passed_on = rule and _PASSED_ON.search(rule["words"] or "")
            return None if passed_on else (len(above) - 1 if rule else place)
    return None


def _signature(plain: Sequence[str]) -> int | None:
    """Return where the signature at the end begins; two hyphens without a space may underline a title."""
    for place in range(len(plain) - 1, max(0, len(plain) - 2 - _LONGEST_SIGNATURE), -1):
        line = plain[place].rstrip("\r\n")
        if line == "-- " or (line == "--" and not plain[place - 1].strip()):
            return place if "".join(plain[place + 1 :]).strip() else None
        if line.startswith(">"):
            return None
    return None


def _quotation(lines: Sequence[str], plain: Sequence[str]) -> tuple[int, int]:
    """Return where the quotation at the end begins, and how many lines it has."""
    start, number = len(lines), 0
    for place in range(len(lines) - 1, -1, -1):
        if plain[place].startswith(">"):
            start, number = place, number + 1
        elif lines[place].strip():
            break
    return start, number


def _introduction(lines: Sequence[str], start: int) -> int:
    """Return where a quotation begins with the line above it, which may be broken, that says whose it is."""
    end = start
    while end and not lines[end - 1].strip():
        end -= 1
    if not end or not lines[end - 1].rstrip().endswith(":"):
        return start
    for first in range(end - 1, max(-1, end - 1 - _LONGEST_INTRODUCTION), -1):
        if not lines[first].strip():
            break
        if _BEGINS.match(lines[first]) and _NAMES.search("".join(lines[first:end])):
            return first
    return end - 1 if _NAMES.search(lines[end - 1]) else start
