"""What a server means by refusing a mail for good: that nobody has the address, or something else.

Servers say so, too, of what they do not allow us, of a full mailbox, of a limit, or of a list on which our
address stands. So only what tells that the address is nobody’s silences somebody.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Fault(StrEnum):
    """What is the matter."""

    ADDRESS = "address"
    MAIL = "mail"
    OTHER = "other"


_STATUS = re.compile(r"(?<![\d.])5\.(\d{1,3}\.\d{1,3})(?!\.?\d)")
"""A status code (RFC 3463), without its class."""
_NOBODYS = {"1.1", "1.2", "1.3", "1.6", "1.10"}
"""About the recipient’s address; 1.7 and 1.8 are about the sender’s."""
_DISABLED = "2.1"
"""The mailbox is not used any more; Gmail says so, too, of one that gets too much at the moment."""
_DISABLED_WORDS = re.compile(r"\b(?:disabled|inactive|deactivated|désactivée?)\b", re.IGNORECASE)
_TOO_LARGE = {"2.3", "3.4"}
_CONTENT = "6."
_VAGUE = {"0.0", "1.0"}
_CODE = re.compile(r"(?<![\d.])(5\d\d)(?![\d.]*\d)")
_ABOUT_MAILBOX = {"550", "551", "553"}
"""Reply codes (RFC 5321, 4.2.3) that may mean that nobody has the address, and may mean any policy."""
_WHO = r"(?:user|recipient|mailbox|address|account)"
_WORDS = re.compile(
    rf"\b(?:unknown (?:local )?{_WHO}|no such (?:local )?{_WHO}|no such person|no {_WHO} here|invalid {_WHO}"
    rf"|{_WHO}\S{{0,80}} (?:(?:is |was )?(?:unknown|not found|not known|invalid)|do(?:es not|esn['’]t) exist)"
    r"|no mailbox here by that name|unrouteable address|(?:utilisateur|destinataire|adresse) inconnue?)\b",
    re.IGNORECASE,
)
_SENDER = re.compile(r"\bsender\b", re.IGNORECASE)


def fault_of(said: str) -> Fault:
    """Return what is the matter where a mail is refused for good.

    Args:
        said: the reply or the status code and what was said with it, in that order.
    """
    statuses = (found[1] for found in _STATUS.finditer(said))
    status = next((one for one in statuses if one not in _VAGUE), "")
    if status in _NOBODYS or (status == _DISABLED and _DISABLED_WORDS.search(said)):
        return Fault.ADDRESS
    if status:
        return Fault.MAIL if status in _TOO_LARGE or status.startswith(_CONTENT) else Fault.OTHER
    code = _CODE.search(said)
    about_mailbox = code is None or code[1] in _ABOUT_MAILBOX
    named = about_mailbox and _WORDS.search(said) and not _SENDER.search(said)
    return Fault.ADDRESS if named else Fault.OTHER
