"""How this machine proves to a server of mail who it is."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import RefusedLoginError, UnreachableError
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.store.repository import Repository

_PATIENCE = 60
"""In seconds: so long a command may take to print a secret."""


class Credential(NamedTuple):
    """A password, or an OAuth2 access token (RFC 6750)."""

    secret: str
    is_token: bool


def credential(repository: Repository, mailbox: str) -> Credential:
    """Return what the environment says, or what a command prints that Git’s settings of this machine name.

    Args:
        repository: whose settings count; they are no part of what is pushed or fetched.
        mailbox: its name in tracker.yml.

    Raises:
        RefusedLoginError: there is neither.
        UnreachableError: the command fails.
    """
    for kind in ("token", "password"):
        given = os.environ.get(_variable(mailbox, kind)) or printed(repository, _setting(mailbox, kind))
        if given:
            return Credential(given, kind == "token")
    message = _("There is no password for the mailbox “{name}”.").format(name=mailbox)
    hint = _("Put it into the variable {variable}, or a command that prints it into Git’s setting {setting}.")
    variable, setting = _variable(mailbox, "password"), _setting(mailbox, "password")
    raise RefusedLoginError(message, hint.format(variable=variable, setting=setting))


def allows_plain_text(repository: Repository, mailbox: str) -> bool:
    """Return whether this machine’s settings allow secrets and mail to go unencrypted over the network."""
    return repository.setting(f"tracker.mailbox.{mailbox}.plainText") == "true"


def _variable(mailbox: str, kind: str) -> str:
    return f"TRACKER_MAILBOX_{re.sub(r'[^A-Z0-9]', '_', mailbox.upper())}_{kind.upper()}"


def _setting(mailbox: str, kind: str) -> str:
    return f"tracker.mailbox.{mailbox}.{kind}Command"


def printed(repository: Repository, setting: str) -> str:
    """Return the first line that a command of this machine’s Git settings prints; empty where there is none.

    Raises:
        UnreachableError: the command fails.
    """
    command = repository.setting(setting)
    if not command:
        return ""
    try:
        done = subprocess.run(  # noqa: S603  # this machine's own settings name it
            shlex.split(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            timeout=_PATIENCE,
            check=True,
            text=True,
        )
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        message = _("The command of Git’s setting {name} fails: {reason}.")
        raise UnreachableError(message.format(name=setting, reason=_reason(error))) from error
    return done.stdout.partition("\n")[0].strip()


def _reason(error: Exception) -> str:
    """Return why a command failed, without its words, which may be secret."""
    match error:
        case subprocess.CalledProcessError():
            return _("it exits with {code}").format(code=error.returncode)
        case OSError():
            return error.strerror or type(error).__name__
        case _:
            return type(error).__name__
