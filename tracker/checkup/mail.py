"""Mail, where it comes in on this machine: what it needs, and what waits for somebody."""

from __future__ import annotations

import os
import shlex
from datetime import UTC, datetime, timedelta
from errno import EACCES
from importlib.util import find_spec
from typing import TYPE_CHECKING

from tracker.checkup.answer import advice, ok, problem
from tracker.store.spool import State
from tracker.translation import _, ngettext
from tracker.workspace.messages import spool_of

if TYPE_CHECKING:
    from tracker.checkup.answer import Answer
    from tracker.checkup.surroundings import Surroundings
    from tracker.store.spool import Spool

MAIL = {
    "beautifulsoup4": "bs4",
    "charset-normalizer": "charset_normalizer",
    "imapclient": "imapclient",
    "jinja2": "jinja2",
    "markdownify": "markdownify",
}
"""The packages of the extra `mail`, each with the module that is imported."""
_LONG = timedelta(hours=1)
_OTHERS = 0o007


def check_mail(around: Surroundings) -> Answer | None:
    """Whether the desk can take in mail and answer it."""
    if _spool(around) is None or around.configuration is None:
        return None
    missing = [package for package, module in MAIL.items() if find_spec(module) is None]
    if missing:
        message = _("Not installed: {names}. “tracker mail” needs them.")
        return problem(message.format(names=", ".join(missing)), "pip install 'tracker-desk[mail]'")
    mail = around.configuration.mail
    if mail.address is None:
        message = _("The desk has no address, so it does not know its own mail when that comes back.")
        return advice(message, _("Write it into tracker.yml: {line}").format(line="mail: {address: …}"))
    if not mail.verified_by:
        message = _(
            "No receiving server is believed, so no sender is verified, and no command by mail is done."
        )
        hint = _("Write the name that it puts into Authentication-Results into tracker.yml: {line}")
        return advice(message, hint.format(line="mail: {verified_by: [mx.example.org]}"))
    if mail.smtp is None:
        message = _("The desk does not know which server sends its mail, so nobody gets an answer.")
        line = "mail: {smtp: {host: smtp.example.org}}"
        return advice(message, _("Write it into tracker.yml: {line}").format(line=line))
    return ok(mail.address)


def check_spool(around: Surroundings) -> Answer | None:
    """Whether messages can be kept, nobody else can read them, and none waits for somebody."""
    spool = _spool(around)
    if spool is None:
        return None
    for folder in (spool.folder, *(spool.folder / state for state in State)):
        if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            message = _("{path} cannot be written: {reason}.").format(path=folder, reason=os.strerror(EACCES))
            return problem(message, _("It has to belong to whoever takes in the mail."))
    if os.name == "posix" and spool.folder.stat().st_mode & _OTHERS:
        message = _("Others on this machine can look into {path}, where mail lies.").format(path=spool.folder)
        return problem(message, f"chmod o= {shlex.quote(str(spool.folder))}")
    somebody = sum(len(spool.identities(state)) for state in (State.HELD, State.QUARANTINE))
    if somebody:
        message = ngettext("{number} message needs somebody.", "{number} messages need somebody.", somebody)
        return advice(message.format(number=somebody), "tracker mail status")
    waiting = spool.waiting()
    if waiting and spool.record(waiting[0]).received < (datetime.now(UTC) - _LONG).isoformat():
        message = ngettext(
            "{number} message waits, and nothing takes it in.",
            "{number} messages wait, and nothing takes them in.",
            len(waiting),
        )
        return advice(message.format(number=len(waiting)), "tracker mail process")
    return ok(str(spool.folder))


def _spool(around: Surroundings) -> Spool | None:
    """Return where the messages lie; None where no mail ever came in on this machine."""
    if around.workspace is None or around.repository is None:
        return None
    spool = spool_of(around.workspace)
    return spool if (spool.folder / State.NEW).exists() else None
