"""What tells one mail from every other, and the same mail from itself on another way.

Message-IDs do not: programs reuse them, and some mail has none. So a mail is known by all that its writer's
program wrote: what is said, to whom, when and how. Those who carry and keep it write fields of their own into
it, which differ in each copy, and nobody can list their names.
"""

from __future__ import annotations

import hashlib
import re

from tracker.mail.headers import raw_header

_WRITTEN = (
    *("from", "sender", "reply-to", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references"),
    *("mime-version", "content-type", "content-transfer-encoding", "content-disposition", "content-id"),
    "auto-submitted",
)
_LINE_END = re.compile(rb"\r+\n")
_QUOTED_FROM = re.compile(rb"^>+(?=From )", re.MULTILINE)


def identity_of(data: bytes) -> str:
    """Return the SHA-256 of a message without what its way has added, as 64 hexadecimal digits.

    It does not depend on the ends of lines, on how and in which order fields stand, on fields that others
    add, on the empty lines at its end, nor on what a mailbox file adds: the line `From ` before the message,
    and the signs `>` before a line that begins so.

    Args:
        data: the message as it came.
    """
    text = _LINE_END.sub(b"\n", data)
    fields, body = raw_header(text, 0, len(text))
    said = [(name, b" ".join(value.split())) for name, value in fields if name in _WRITTEN]
    kept = [b"%s:%s" % (name.encode(), one) for name in _WRITTEN for known, one in said if known == name]
    start = body if kept else 0
    digest = hashlib.sha256(b"\n".join(kept))
    digest.update(b"\n\n")
    digest.update(_QUOTED_FROM.sub(b"", text[start:]).rstrip(b"\n"))
    return digest.hexdigest()
