"""How much of everything a message may have. All is counted on raw bytes, before anything is decoded.

A message beyond a limit is refused as a whole, so that it can be set aside where a person sees it. Only a
header that is too long is cut instead: the words of a message are worth more than the ten-thousandth
address in its `To:`.
"""

from __future__ import annotations

from tracker.errors import RefusedMailError
from tracker.translation import _

LARGEST_MESSAGE = 50 << 20
LARGEST_TEXT = 256 << 10
LONGEST_HEADER = 16 << 10
_LARGEST_HEADERS = 2 << 20
_MOST_HEADERS = 1_000
_MOST_PARTS = 1_000
_DEEPEST = 50
MIB = 1 << 20


def check_size(size: int, largest: int) -> None:
    """Raise RefusedMailError when a message has more bytes than `largest`."""
    if size > largest:
        message = _("The message has {size:.1f} MiB; at most {largest:g} are read.")
        raise RefusedMailError(message.format(size=size / MIB, largest=largest / MIB), _hint())


def check_headers(size: int, number: int) -> None:
    """Raise RefusedMailError when the header of one part has too many bytes or too many fields."""
    if size > _LARGEST_HEADERS:
        message = _("The header of the message, or of one of its parts, has more than {largest:g} MiB.")
        raise RefusedMailError(message.format(largest=_LARGEST_HEADERS / MIB), _hint())
    if number > _MOST_HEADERS:
        message = _("The header of the message, or of one of its parts, has more than {most} fields.")
        raise RefusedMailError(message.format(most=_MOST_HEADERS), _hint())


def check_parts(number: int, depth: int) -> None:
    """Raise RefusedMailError when a message has too many parts, or they are nested too deeply."""
    if number > _MOST_PARTS:
        raise RefusedMailError(_("The message has more than {most} parts.").format(most=_MOST_PARTS), _hint())
    if depth > _DEEPEST:
        message = _("The parts of the message are nested more than {deepest} levels deep.")
        raise RefusedMailError(message.format(deepest=_DEEPEST), _hint())


def _hint() -> str:
    return _("Look at the raw message: no program for mail writes such a one by itself.")
