"""Handing mail to the server that sends it (RFC 6409), by Python's smtplib."""

from __future__ import annotations

import smtplib
import ssl
import time
from contextlib import contextmanager, suppress
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import BrokenEnvironmentError, RefusedLoginError, UnreachableError
from tracker.mail.refusal import Fault, fault_of
from tracker.model.mailbox import is_this_machine
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tracker.model.notices import Smtp

PAUSES = (1.0, 5.0)
"""After so many seconds a server is asked again that cannot be reached."""
_PATIENCE = 60.0
_FOR_GOOD = 500
_CLOSING = 421


class Answer(StrEnum):
    """What the server said of a mail."""

    SENT = "sent"
    LATER = "later"
    NEVER = "never"


class Reply(NamedTuple):
    """What the server said.

    Attributes:
        answer: how it ended.
        reason: why.
        no_such_address: whether nobody has the recipient's address.
        broken: whether the connection is of no use any longer.
    """

    answer: Answer
    reason: str = ""
    no_such_address: bool = False
    broken: bool = False


@contextmanager
def connected(
    server: Smtp, password: str, pauses: Sequence[float] = PAUSES
) -> Iterator[Callable[[str, str, bytes], Reply]]:
    """Give what sends a mail, with its sender, its recipient and its bytes, over one connection.

    Args:
        server: where to.
        password: of the user; empty without one.
        pauses: after how many seconds it is tried again to connect.

    Raises:
        UnreachableError: the server cannot be reached.
        RefusedLoginError: it does not know the user, or nobody vouches for it.
        BrokenEnvironmentError: the password would be sent so that everybody could read it.
    """
    client = _client(server, password, pauses)

    def send(sender: str, recipient: str, data: bytes) -> Reply:
        options = [] if recipient.isascii() and sender.isascii() else ["SMTPUTF8", "BODY=8BITMIME"]
        try:
            client.sendmail(sender, [recipient], data, options)
        except smtplib.SMTPRecipientsRefused as error:
            return _reply(*error.recipients[recipient])
        except smtplib.SMTPDataError as error:
            return _reply(error.smtp_code, error.smtp_error)
        except smtplib.SMTPNotSupportedError as error:
            return Reply(Answer.NEVER, str(error))
        except ValueError as error:  # of an address that cannot be written in a command
            client.rset()
            return Reply(Answer.NEVER, str(error))
        except (
            smtplib.SMTPException,
            OSError,
        ) as error:  # of a sender that is refused, too: it is always ours
            return Reply(Answer.LATER, _said(error), broken=True)
        return Reply(Answer.SENT)

    try:
        yield send
    finally:
        with suppress(smtplib.SMTPException, OSError):
            client.quit()
        client.close()


def _client(server: Smtp, password: str, pauses: Sequence[float]) -> smtplib.SMTP:
    if server.user and server.security == "none" and not is_this_machine(server.host):
        message = _("mail.smtp: a password is not sent to {host} without encryption.")
        hint = _("Write “security: starttls” or “tls”.")
        raise BrokenEnvironmentError(message.format(host=server.host), hint)
    for pause in (*pauses, None):
        try:
            return _connect(server, password)
        except (smtplib.SMTPException, OSError) as error:
            told = _("{host} does not send our mail: {reason}").format(
                host=f"{server.host}:{server.port}", reason=_said(error)
            )
            remedy = _remedy(error)
            if remedy:
                raise RefusedLoginError(told, remedy) from error
            if pause is None:
                raise UnreachableError(told, _("It waits in the outbox for the next run.")) from error
            time.sleep(pause)
    raise AssertionError  # pragma: no cover  # the last pause is None


def _remedy(error: Exception) -> str:
    """Return what a person has to do; empty where it may be better by itself the next time."""
    match error:
        case smtplib.SMTPAuthenticationError() if error.smtp_code >= _FOR_GOOD:
            return _("Is the password right, or the token still good?")
        case ssl.SSLCertVerificationError():
            return _("Is it this server? SSL_CERT_FILE names a file of authorities to trust.")
        case smtplib.SMTPNotSupportedError():
            return _("Look at “security” and “user” of mail.smtp in tracker.yml.")
        case _:
            return ""


def _connect(server: Smtp, password: str) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.security == "tls":
        client: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=_PATIENCE, context=context)
    else:
        client = smtplib.SMTP(server.host, server.port, timeout=_PATIENCE)
    try:
        if server.security == "starttls":
            client.starttls(context=context)
        if server.user:
            client.login(server.user, password)
    except BaseException:
        client.close()
        raise
    return client


def _reply(code: int, said: bytes | str) -> Reply:
    """Return what a refusal means: what the server does not allow us, it may allow tomorrow."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    reason = f"{code} {text}"
    fault = fault_of(reason) if code >= _FOR_GOOD else Fault.OTHER
    answer = Answer.LATER if fault is Fault.OTHER else Answer.NEVER
    return Reply(answer, reason, no_such_address=fault is Fault.ADDRESS, broken=code == _CLOSING)


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _reply(error.smtp_code, error.smtp_error).reason
    return str(error)
