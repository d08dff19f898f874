"""Workers that are killed at any moment, and pushes that are refused, lose no message and double none.

`KILLS=1000 MESSAGES=500 PAUSE=0.3 pytest -s tests/mail/test_kills.py` takes minutes; by default there are few.
"""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from tests.conftest import git, new_repository
from tests.mail.test_scenarios import SETTINGS
from tracker.mail.delivery import deliver
from tracker.store.spool import Spool, State
from tracker.workspace.messages import listed

MESSAGES, KILLS, WORKERS = int(os.environ.get("MESSAGES", "40")), int(os.environ.get("KILLS", "60")), 4
PAUSE = float(os.environ.get("PAUSE", "0.6"))
"""The longest time between two kills, in seconds: how long a worker takes to start decides what it can do."""
REFUSING = "#!/bin/sh\n[ $(($(od -An -N1 -tu1 /dev/urandom) % 5)) -gt 0 ]\n"


def _message(number: int) -> bytes:
    """Return a message: every third answers the one before, every seventh is automatic, some have a file."""
    head = [f"From: person{number % 11}@example.com", "To: help@example.org", f"Message-ID: <m{number}@x>"]
    if number % 3 == 2:
        head = [f"From: person{(number - 1) % 11}@example.com", *head[1:], f"In-Reply-To: <m{number - 1}@x>"]
    if number % 7 == 6:
        head.append("Auto-Submitted: auto-generated")
    head.append(f"Subject: Message {number}")
    text = f"Words of {number}.\n"
    if number % 5:
        return "\r\n".join([*head, "", text]).encode()
    parts = [
        "--b",
        "",
        text,
        "--b",
        f"Content-Disposition: attachment; filename=f{number}.txt",
        "",
        f"File {number}",
    ]
    return "\r\n".join([*head, "Content-Type: multipart/mixed; boundary=b", "", *parts, "--b--", ""]).encode()


def _remote(folder: Path) -> Path:
    first = folder / "first"
    new_repository(first)
    settings = {**SETTINGS, "mail": {**SETTINGS["mail"], "limits": {"sender": 10_000, "ticket": 10_000}}}
    (first / "tracker.yml").write_text(json.dumps(settings))
    git(first, "add", "-A")
    git(first, "commit", "-qm", "Set up")
    git(folder, "clone", "-q", "--bare", "first", "remote.git")
    return folder / "remote.git"


def _clone(folder: Path, remote: Path, name: str) -> Path:
    git(folder, "clone", "-q", str(remote), name)
    for key, value in (("user.name", "Desk"), ("user.email", "desk@example.org")):
        git(folder / name, "config", key, value)
    return folder / name


def _worker(clone: Path, spool: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tracker", "mail", "process", "--batch", "3", "--spool", str(spool)]
    return subprocess.Popen(command, cwd=clone, stdout=subprocess.DEVNULL, start_new_session=True)


def _spool(folder: Path) -> Spool:
    spool = Spool(folder / "spool")
    for number in range(MESSAGES):
        deliver(spool, _message(number), "receive")
    return spool


def _waiting(spool: Spool) -> int:
    return len(spool.identities(State.NEW)) + len(spool.identities(State.CLAIMED))


def _tree(remote: Path) -> list[str]:
    """Return the files of the desk in words that do not tell numbers, draft ids, moments and order."""
    names = git(remote, "ls-tree", "-r", "--name-only", "main", "tickets").splitlines()
    texts = [git(remote, "show", f"main:{name}") for name in names]
    return sorted(_plain(text) for text in texts)


def _plain(text: str) -> str:
    text = re.sub(r"HD-\w+", "HD", text)
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:]+(\+[\d:]+)?", "then", text)


def _mend(remote: Path) -> None:
    """Remove the lock of a Git that was killed while it took a push: elsewhere, nobody kills that of the remote."""
    for lock in (remote / "refs" / "heads" / "main.lock", remote / "packed-refs.lock"):
        with suppress(FileNotFoundError):
            if time.time() - lock.stat().st_mtime > 5:
                lock.unlink()


def _run_undisturbed(folder: Path) -> list[str]:
    folder.mkdir()
    remote, spool = _remote(folder), _spool(folder)
    assert _worker(_clone(folder, remote, "clone"), spool.folder).wait() == 0
    assert _waiting(spool) == 0
    return _tree(remote)


def test_no_kill_and_no_refused_push_loses_or_doubles_a_message(tmp_path: Path) -> None:
    remote, spool = _remote(tmp_path), _spool(tmp_path)
    hook = remote / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(REFUSING)
    hook.chmod(0o755)
    clones = [_clone(tmp_path, remote, f"clone{number}") for number in range(WORKERS)]
    workers = {clone: _worker(clone, spool.folder) for clone in clones}
    chance, kills = random.Random(8), 0
    while _waiting(spool):
        time.sleep(chance.uniform(0, PAUSE))
        for clone, worker in workers.items():
            if worker.poll() is not None:
                assert worker.returncode in (0, 75, -signal.SIGKILL)
                workers[clone] = _worker(clone, spool.folder)
        _mend(remote)
        if kills < KILLS:
            clone = chance.choice(clones)
            os.killpg(workers[clone].pid, signal.SIGKILL)
            workers[clone].wait()
            kills += 1
    for worker in workers.values():
        worker.wait()
    found = list(listed(spool, everything=True))
    assert len(found) == MESSAGES
    outcomes = [one.record.outcome for one in found]
    assert all(outcomes)
    assert outcomes.count("quarantined") == outcomes.count("held") == 0
    history = git(remote, "log", "--format=%B", "main")
    receipts = re.findall(r"^Received-Message: (\w+)", history, re.MULTILINE)
    assert (
        len(receipts)
        == len(set(receipts))
        == len([one for one in outcomes if one in ("created", "appended")])
    )
    assert kills == KILLS or "KILLS" not in os.environ, kills  # else they were too slow
    assert _tree(remote) == _run_undisturbed(tmp_path / "calm")


def test_an_answer_waits_for_what_it_answers(tmp_path: Path) -> None:
    """Another worker may have that, and be slow."""
    remote, spool = _remote(tmp_path), Spool(tmp_path / "spool")
    clone = _clone(tmp_path, remote, "clone")
    first, second = (deliver(spool, _message(number), "receive")[0] for number in (1, 2))
    with spool.claimed(1) as (slow,):
        assert slow.identity == first
        worker = _worker(clone, spool.folder)
        time.sleep(3)
        assert spool.state(second) in (State.NEW, State.CLAIMED)
    assert worker.wait() == 0
    assert spool.record(first).outcome == "created"
    assert spool.record(second) == spool.record(second)._replace(
        outcome="appended", ticket=spool.record(first).ticket
    )
