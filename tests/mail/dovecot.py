"""A real IMAP server on loopback: Dovecot, with a configuration and mailboxes of its own."""

import getpass
import grp
import hmac
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

_CONFIGURATION = """\
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = {ssl}
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = yes
mail_location = maildir:{folder}/mail/%n
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 0
first_valid_gid = 0
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
auth_failure_delay = 0
auth_mechanisms = plain login xoauth2 oauthbearer
imap_idle_notify_interval = 2 mins
maildir_very_dirty_syncs = no
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf
}}
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = home={folder}/home/%n
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {secure_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""

_TOKENS = """\
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={folder}/keys/
"""
_KEY = b"a key that only the tests know"


PERSON = "nobody" if os.getuid() == 0 else getpass.getuser()
GROUP = grp.getgrgid(pwd.getpwnam(PERSON).pw_gid).gr_name
AS_PERSON: dict[str, str] = {"user": PERSON, "group": GROUP} if os.getuid() == 0 else {}
"""As whom servers run: no mail server gives root its mail."""


class Dovecot(NamedTuple):
    """A server that runs: any user’s password is `secret`."""

    folder: Path
    port: int
    secure_port: int
    process: "subprocess.Popen[bytes]"

    @property
    def certificate(self) -> Path:
        """What a client must trust."""
        return self.folder / "certificate.pem"

    def end(self) -> None:
        """End it, and all that it started."""
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(20)


def needed(program: str, package: str) -> str:
    """Return where a program is; skip the test where there is none, but not in CI."""
    found = shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(f"There is no {program}: .ci/mail-servers installs it.")
        pytest.skip(f"There is no {program}: apt install {package}")
    return found


@contextmanager
def folder_of_servers() -> Iterator[Path]:
    """Make a folder that whoever servers run as can reach, for the block."""
    with tempfile.TemporaryDirectory(prefix="tracker-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def hand_over(folder: Path) -> None:
    """Give a folder, with all that is in it, to whoever servers run as."""
    if os.getuid() == 0:
        for place in (folder, *folder.rglob("*")):
            shutil.chown(place, PERSON, GROUP)


def free_port() -> int:
    """Return a port of loopback that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def start_dovecot(folder: Path, ports: tuple[int, int] | None = None, ssl: str = "yes") -> Dovecot:
    """Start a server whose files are in a folder, and wait until it answers."""
    program = needed("dovecot", "dovecot-imapd")
    folder.mkdir(exist_ok=True)
    if not (folder / "certificate.pem").exists():
        _certify(folder)
    port, secure_port = ports or (free_port(), free_port())
    (folder / "oauth2.conf").write_text(_TOKENS.format(folder=folder))
    (folder / "keys/default/HS256").mkdir(parents=True, exist_ok=True)
    (folder / "keys/default/HS256/default").write_bytes(b64encode(_KEY))
    (folder / "dovecot.conf").write_text(
        _CONFIGURATION.format(
            folder=folder,
            user=PERSON,
            group=GROUP,
            port=port,
            ssl=ssl,
            secure_port=secure_port,
        )
    )
    hand_over(folder)
    process = subprocess.Popen(
        [program, "-F", "-c", str(folder / "dovecot.conf")],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        **AS_PERSON,
    )
    server = Dovecot(folder, port, secure_port, process)
    for _attempt in range(100):
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as one:
                if one.recv(4) == b"* OK":
                    return server
        except OSError:
            pass
        if process.poll() is not None:
            break
        time.sleep(0.05)
    log = folder / "log"
    pytest.fail(f"Dovecot does not start: {log.read_text() if log.exists() else ''}")


def token(user: str, lasts: int) -> str:
    """Return an OAuth2 token of a user that lasts so many seconds (a JSON Web Token, RFC 7519)."""
    now = int(time.time())
    claims = {
        "sub": user,
        "username": user,
        "email": user,
        "iat": now - 600,
        "exp": now + lasts,
        "scope": "mail",
    }
    parts = [json.dumps(part).encode() for part in ({"alg": "HS256", "typ": "JWT"}, claims)]
    signed = b".".join(urlsafe_b64encode(part).rstrip(b"=") for part in parts)
    signature = hmac.digest(_KEY, signed, "sha256")
    return (signed + b"." + urlsafe_b64encode(signature).rstrip(b"=")).decode()


def _certify(folder: Path) -> None:
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
            "-keyout", folder / "key.pem", "-out", folder / "certificate.pem",
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
