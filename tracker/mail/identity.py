"""What tells one mail from every other, and the same mail from itself on another way.

Message-IDs do not: programs reuse them, and some mail has none. So a mail is known by all that its writer's
program wrote: what is said, to whom, when and how. Those who carry and keep it write fields of their own into
it, which differ in each copy, and nobody can list their names.
"""

from __future__ import annotations

import hashlib
import re

_WRITTEN = (
    *(b"from", b"sender", b"reply-to", b"to", b"cc", b"subject", b"date", b"message-id", b"in-reply-to"),
    *(b"references", b"mime-version", b"content-type", b"content-transfer-encoding"),
    *(b"content-disposition", b"content-id", b"auto-submitted"),
)
_MAILBOX_LINE = re.compile(rb"\A>?From [^\n]*\n")
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)")
_QUOTED_FROM = re.compile(rb"^>+(?=From )", re.MULTILINE)


def identity_of(data: bytes) -> str:
    """Return the SHA-256 of a message without what its way has added, as 64 hexadecimal digits.

    It does not depend on the ends of lines, on how and in which order fields stand, on fields that others
    add, on the empty lines at its end, nor on what a mailbox file adds: the line `From ` before the message,
    and the signs `>` before a line that begins so.

    Args:
        data: the message as it came.
    """
    text = _MAILBOX_LINE.sub(b"", data.replace(b"\r\n", b"\n"))
    header, _blank, body = text.partition(b"\n\n")
    fields = [(field[1].lower(), b" ".join(field[2].split())) for field in _FIELD.finditer(header)]
    kept = [b"%s:%s" % (name, one) for name in _WRITTEN for known, one in fields if known == name]
    no_fields = b" ".join(_FIELD.sub(b"", header).split())
    digest = hashlib.sha256(b"\n".join([*kept, no_fields]) if kept else header.rstrip(b"\n"))
    digest.update(b"\n\n")
    digest.update(_QUOTED_FROM.sub(b"", body).rstrip(b"\n"))
    return digest.hexdigest()
