"""Take a thousand messages from a Maildir into a large desk, and print how fast, and in how much memory.

python benchmarks/mail.py [--tickets 10000] [--messages 1000] [--batch 250]

Needs the packages of the group `dev`.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from pathlib import Path

from measure import TRACKER, Taken, run
from report import machine

TEXT = """\
From: Person {who} <person{who}@example.com>
To: help@example.org
Subject: {subject}
Message-ID: <{number}.{size}@example.com>
{more}
Hello,

the printer on floor {who} jams again. It began this morning.

{answered}
Thank you
-- 
Person {who}
"""  # noqa: W291  # a signature begins so


def main() -> None:
    """Run everything and print the figures with the targets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--tickets", type=int, default=10_000)
    parser.add_argument("--messages", type=int, default=1_000)
    parser.add_argument("--batch", type=int, default=250)
    given = parser.parse_args()
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        work = Path(name)
        desk = _desk(work, given.tickets)
        print("\n".join(machine()))
        _taken_in(desk, work / "few", given.messages // 10, given.batch)  # the history is known then
        few = _taken_in(desk, work / "some", given.messages // 2, given.batch)
        many = _taken_in(desk, work / "many", given.messages, given.batch)
        each = given.messages / (many.seconds or 1)
        print(f"{given.messages:,} messages: {many.seconds:.1f} s, {each:.0f} a second (target 20)")
        print(
            f"memory: {few.memory:.0f} MiB for half of them, {many.memory:.0f} MiB for all (target: the same)"
        )


def _desk(work: Path, tickets: int) -> Path:
    """Make a desk in a clone of a bare repository."""
    run([*TRACKER, "demo", str(work / "first"), "-n", str(tickets)], work)
    for words in (("clone", "-q", "--bare", "first", "remote.git"), ("clone", "-q", "remote.git", "desk")):
        subprocess.run(["git", *words], cwd=work, check=True)
    for key, value in (("user.name", "The desk"), ("user.email", "desk@example.org")):
        subprocess.run(["git", "config", key, value], cwd=work / "desk", check=True)
    settings = work / "desk" / "tracker.yml"
    limits = "mail: {address: help@example.org, limits: {sender: 100000, ticket: 100000}}\n"
    settings.write_text(settings.read_text(encoding="utf-8") + limits, encoding="utf-8")
    subprocess.run(["git", "commit", "-qam", "Take mail in"], cwd=work / "desk", check=True)
    subprocess.run(["git", "push", "-q"], cwd=work / "desk", check=True)
    return work / "desk"


def _taken_in(desk: Path, box: Path, number: int, batch: int) -> Taken:
    """Take the messages of a new Maildir in: every third answers the one before."""
    for name in ("cur", "new", "tmp"):
        (box / name).mkdir(parents=True)
    for one in range(number):
        more = f"In-Reply-To: <{one - 1}.{number}@example.com>\n" if one % 3 == 2 else ""  # noqa: PLR2004  # as said
        subject, answered = f"Printer {number}.{one}", "> It jams.\n" if more else ""
        text = TEXT.format(
            who=one % 97, subject=subject, number=one, size=number, more=more, answered=answered
        )
        (box / "new" / f"{one:08}.mail").write_text(text, encoding="utf-8")
    run([*TRACKER, "mail", "import", str(box)], desk)
    return run([*TRACKER, "mail", "process", "--batch", str(batch)], desk)


if __name__ == "__main__":
    main()
