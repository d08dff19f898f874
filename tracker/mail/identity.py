"""What tells one mail from every other, and the same mail from itself on another way.

Message-IDs do not: programs reuse them, and some mail has none. So a mail is known by all of its bytes,
but for what those who carry and keep it write into it.
"""

from __future__ import annotations

import hashlib
import re

_TRACE = re.compile(
    rb"(?:received|return-path|delivered-to|x-original-to|envelope-to|x-envelope-to|x-delivered-to"
    rb"|authentication-results|x-authentication-results|arc-[a-z-]+|received-spf|x-received|x-spam-[a-z-]+"
    rb"|status|x-status|x-keywords|x-uid|x-uidl|x-imap|x-imapbase|content-length|lines"
    rb"|x-mozilla-[a-z0-9-]+|x-gmail-labels|x-gm-[a-z-]+|x-evolution-[a-z-]+|x-account-key):",
    re.IGNORECASE,
)
_MAILBOX_LINE = re.compile(rb"\A>?From [^\n]*\n")
_FIELD = re.compile(rb"[^\n]+\n?(?:[ \t][^\n]*\n?)*")
_QUOTED_FROM = re.compile(rb"^>+(?=From )", re.MULTILINE)


def identity_of(data: bytes) -> str:
    """Return the SHA-256 of a message without what its way has added, as 64 hexadecimal digits.

    It does not depend on the ends of lines, on trace fields (RFC 5322, section 3.6.7) and those of filters
    and mailboxes, on the empty lines at its end, nor on what a mailbox file adds: the line `From ` before
    the message, and the signs `>` before a line that begins so.

    Args:
        data: the message as it came.
    """
    text = _MAILBOX_LINE.sub(b"", data.replace(b"\r\n", b"\n"))
    header, blank, body = text.partition(b"\n\n")
    kept = [field[0] for field in _FIELD.finditer(header + blank[:1]) if not _TRACE.match(field[0])]
    digest = hashlib.sha256(b"".join(kept).rstrip(b"\n"))
    digest.update(b"\n\n")
    digest.update(_QUOTED_FROM.sub(b"", body).rstrip(b"\n"))
    return digest.hexdigest()
