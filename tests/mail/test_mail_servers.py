"""Real mail servers hand messages to the desk as the guide says; what is not taken they keep and bring again."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.mail.conftest import NewDesk, recipe
from tests.mail.dovecot import needed

ROOT = Path(__file__).parents[2]
CONFIGURATION = """\
primary_hostname = desk.example.org
spool_directory = {folder}/exim
log_file_path = {folder}/exim/%slog
exim_user = {user}
exim_group = {group}
keep_environment =
tls_advertise_hosts =
domainlist local_domains = example.org
acl_smtp_rcpt = accept
begin routers
{router}
begin transports
{transport}
begin retry
* * F,1h,1m
"""


class Exim:
    """A mail server that is run for each command, with a queue of its own."""

    def __init__(self, folder: Path, script: Path) -> None:
        self.command = [needed("exim4", "exim4-daemon-light"), "-C", str(folder / "exim.conf")]
        self.command = [*nobody_special(), *self.command]
        person = {"user": _id("-un"), "group": _id("-gn")}
        transport = recipe("/etc/exim4/transport").replace("/usr/local/bin/desk-receive", str(script))
        transport = re.sub(
            r"(user|group) = desk", lambda found: f"{found[1]} = {person[found[1]]}", transport
        )
        (folder / "exim").mkdir()
        (folder / "exim.conf").write_text(
            CONFIGURATION.format(
                folder=folder, router=recipe("/etc/exim4/router"), transport=transport, **person
            )
        )

    def take(self, sender: str, recipient: str, data: str) -> str:
        """Take a message by SMTP, and try to deliver it; return what was said."""
        said = f"EHLO x\r\nMAIL FROM:<{sender}>\r\nRCPT TO:<{recipient}>\r\nDATA\r\n{data}\r\n.\r\nQUIT\r\n"
        return self._run("-odi", "-bs", said=said)

    def try_again(self) -> None:
        """Try to deliver what is in the queue."""
        self._run("-qff")

    def waiting(self) -> int:
        """Return how many messages are in the queue."""
        return int(self._run("-bpc"))

    def _run(self, *arguments: str, said: str = "") -> str:
        done = subprocess.run(
            [*self.command, *arguments], input=said, capture_output=True, text=True, check=True, timeout=60
        )
        return done.stdout


def nobody_special() -> list[str]:
    """Return what makes a command run as somebody else than root, who owns the same files: none delivers as root."""
    if os.getuid():
        return []
    unshare = ["unshare", "--map-user=8", "--map-group=8"]
    if subprocess.run([*unshare, "true"], check=False).returncode:
        told = "Mail servers do not deliver as root, and nobody else can be made here."
        pytest.fail(told) if os.environ.get("CI") else pytest.skip(told)
    return unshare


def _id(what: str) -> str:
    command = [*nobody_special(), "id", what]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def desk(new_desk: NewDesk) -> Path:
    return new_desk()


@pytest.fixture
def script(desk: Path, tmp_path: Path) -> Path:
    """What mail servers run, as the guide has it, for the desk of this test."""
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    tracker = bin_folder / "tracker"
    tracker.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m tracker "$@"\n')
    file = bin_folder / "desk-receive"
    text = recipe("/usr/local/bin/desk-receive").replace("/srv/desk/bin/tracker", str(tracker))
    file.write_text(text.replace("/srv/desk/helpdesk", str(desk)))
    for one in (tracker, file):
        one.chmod(0o755)
    return file


MAIL = "From: lea@example.com\r\nTo: help@example.org\r\nSubject: Printer jams\r\nMessage-ID: <1@x>\r\n\r\nIt jams."


def test_exim_keeps_what_is_not_taken_and_brings_it_again(
    desk: Path, tmp_path: Path, script: Path, run: Run
) -> None:
    exim = Exim(tmp_path, script)
    spool = desk / ".git" / "tracker-mail"
    spool.write_text("No folder can be made here.")
    assert "250 OK id=" in exim.take("lea@example.com", "help-lyon@example.org", MAIL)
    assert exim.waiting() == 1
    assert list(desk.rglob("HD-*.md")) == []
    spool.unlink()
    exim.try_again()
    assert exim.waiting() == 0
    (ticket,) = desk.rglob("HD-*.md")
    assert "location: lyon" in ticket.read_text()
    (told,) = json.loads(run("mail", "status", "--all", "--json").out)
    assert (told["recipients"], told["envelope_sender"]) == (["help-lyon@example.org"], "lea@example.com")


@pytest.mark.parametrize(
    "sender",
    ["", '"$(touch pwned)"@example.com', '"; touch pwned; "@example.com', "-f@example.com", "`id`@x"],
)
def test_the_words_of_an_envelope_reach_no_shell(
    desk: Path, tmp_path: Path, script: Path, run: Run, sender: str
) -> None:
    exim = Exim(tmp_path, script)
    exim.take(sender, "help@example.org", MAIL)
    assert exim.waiting() == 0
    (told,) = json.loads(run("mail", "status", "--all", "--json").out)
    assert told["envelope_sender"] == sender
    assert list(tmp_path.rglob("pwned")) == []


def test_procmail_keeps_what_is_not_taken(desk: Path, tmp_path: Path, script: Path) -> None:
    program = needed("procmail", "procmail")
    rules = tmp_path / "procmailrc"
    rules.write_text(
        f"MAILDIR={tmp_path}\nDEFAULT={tmp_path}/default\n"
        + recipe("~/.procmailrc").replace("/usr/local/bin/desk-receive", str(script))
        + "\n"
    )
    rules.chmod(0o600)
    command = [program, "-t", "-f", "lea@example.com", "SENDER=lea@example.com", str(rules)]
    spool = desk / ".git" / "tracker-mail"
    spool.write_text("No folder can be made here.")
    refused = subprocess.run(command, input=MAIL, text=True, capture_output=True, check=False, cwd=tmp_path)
    assert refused.returncode == 75, refused.stderr
    spool.unlink()
    taken = subprocess.run(command, input=MAIL, text=True, capture_output=True, check=False, cwd=tmp_path)
    assert taken.returncode == 0, taken.stderr
    assert len(list(desk.rglob("HD-*.md"))) == 1
    assert not (tmp_path / "default").exists()


SIEVE = """\
base_dir = {folder}/run
log_path = {folder}/log
mail_location = maildir:{folder}/Maildir
first_valid_uid = 0
default_internal_user = {user}
default_login_user = {user}
protocols =
hostname = desk.example.org
postmaster_address = postmaster@example.org
protocol lda {{
  mail_plugins = sieve
}}
plugin {{
  sieve = file:{folder}/rules.sieve
  sieve_plugins = sieve_extprograms
  sieve_extensions = +vnd.dovecot.pipe
  sieve_pipe_bin_dir = {folder}/bin
}}
"""


def test_what_is_not_taken_from_sieve_is_fetched_from_the_inbox(
    desk: Path, tmp_path: Path, script: Path, run: Run
) -> None:
    needed("sievec", "dovecot-sieve")
    user = _id("-un")
    (tmp_path / "rules.sieve").write_text(recipe("~/.dovecot.sieve"))
    (tmp_path / "dovecot.conf").write_text(SIEVE.format(folder=tmp_path, user=user))
    command = [*nobody_special(), "/usr/lib/dovecot/dovecot-lda", "-c", str(tmp_path / "dovecot.conf")]
    command += ["-f", "lea@example.com", "-a", "help-lyon@example.org"]
    environment = {"HOME": str(tmp_path), "USER": user, "PATH": os.environ["PATH"]}

    def deliver(number: int) -> None:
        data = MAIL.replace("<1@x>", f"<{number}@x>")
        subprocess.run(command, input=data, text=True, check=True, env=environment, cwd=tmp_path)

    deliver(1)
    (ticket,) = desk.rglob("HD-*.md")
    assert "location: lyon" in ticket.read_text()
    spool = desk / ".git" / "tracker-mail"
    spool.rename(tmp_path / "spool")
    spool.write_text("No folder can be made here.")
    deliver(2)
    assert len(list(desk.rglob("HD-*.md"))) == 1
    spool.unlink()
    (tmp_path / "spool").rename(spool)
    settings = json.loads((desk / "tracker.yml").read_text())
    settings["mail"]["mailboxes"] = {"inbox": {"maildir": str(tmp_path / "Maildir"), "after": "seen"}}
    (desk / "tracker.yml").write_text(json.dumps(settings))
    assert run("mail", "fetch").out.count("created") == 1
