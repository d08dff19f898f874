"""Nothing is told twice, and nothing is lost: two machines at once, and one that dies at any moment."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import git
from tests.mail.notices.conftest import Desk, Server
from tests.mail.notices.test_notify import LEA, MONTH, PLACE, is_now, said, write
from tracker.errors import RepositoryError
from tracker.mail.notices import notify
from tracker.mail.notices.delivering import deliver_all
from tracker.mail.notices.outbox import Outbox


def sends(desk: Desk) -> None:
    list(deliver_all(desk.room, notify.outbox_of(desk.room), ()))


def test_two_machines_tell_each_thing_once(sending: Desk, server: Server, tmp_path: Path) -> None:
    others = [sending.clone(tmp_path / f"other{number}") for number in range(3)]
    for number in range(3):
        write(
            sending,
            {f"{MONTH}/HD-{number}.md": is_now()[f"{PLACE}.md"].replace("HD-1", f"HD-{number}")},
        )
        sending.commit("A ticket")
        with ThreadPoolExecutor() as pool:
            told = list(pool.map(Desk.put_out, [sending, *others]))
        assert sum(len(one.notices) for one in told) == 1
    for desk in (sending, *others):
        sends(desk)
    assert sorted(str(one.message["Subject"]) for one in server.take()) == [
        f"[HD-{number}] A ticket" for number in range(3)
    ]


class _DiedError(BaseException):
    """Stands for a process that is killed."""


def dies(monkeypatch: pytest.MonkeyPatch, desk: Desk, owner: object, name: str, *, after: bool) -> None:
    """Run until a function is called, or has been; then end at once."""
    usual = getattr(owner, name)

    def die(*arguments: object) -> None:
        if after:
            usual(*arguments)
        raise _DiedError

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, die)
        with pytest.raises(_DiedError):
            desk.put_out()


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(
    ("owner", "name"),
    [(Outbox, "stage"), (notify, "move_bookmark"), (Outbox, "release"), (notify, "make_mark")],
)
def test_a_run_that_dies_tells_each_thing_once(
    sending: Desk, server: Server, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, after: bool
) -> None:
    write(sending, is_now(assignee="omar"))
    sending.commit("A ticket")
    dies(monkeypatch, sending, owner, name, after=after)
    write(sending, said("omar"))
    sending.commit("Words")
    sending.notify()
    sending.notify()
    assert [one.recipient for one in server.take()].count(LEA) == 2
    assert notify.outbox_of(sending.room).batches() == []


@pytest.mark.parametrize("after", [False, True])
def test_another_machine_tells_what_one_that_died_did_not(
    sending: Desk, server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, after: bool
) -> None:
    """Where the mark was moved, the mail lies on the machine that died, and goes out when it is back."""
    write(sending, is_now())
    sending.commit("A ticket")
    dies(monkeypatch, sending, notify, "move_bookmark", after=after)
    other = sending.clone(tmp_path / "other")
    other.notify()
    assert len(server.take()) == (0 if after else 1)
    sending.notify()
    assert len(server.take()) == (1 if after else 0)


def test_a_mail_that_was_sent_before_a_crash_has_the_same_name(sending: Desk, server: Server) -> None:
    """SMTP has no way to know whether the last answer arrived; whoever gets it twice sees one Message-ID."""
    write(sending, is_now())
    sending.commit("A ticket")
    sending.notify()
    outbox = notify.outbox_of(sending.room)
    (sent,) = (outbox.folder / "sent").iterdir()
    sent.rename(outbox.folder / "new" / sent.name)
    sends(sending)
    first, second = server.take()
    assert first.message["Message-ID"] == second.message["Message-ID"]


def test_a_run_without_anything_new_leaves_no_trace(sending: Desk) -> None:
    sending.put_out()  # that today's digest is done, whatever the hour
    before = git(sending.folder, "ls-remote", "origin")
    assert sending.put_out().notices == ()
    assert git(sending.folder, "ls-remote", "origin") == before
    assert notify.outbox_of(sending.room).batches() == []


def test_what_was_sent_is_not_sent_again_though_the_mark_goes_back(sending: Desk, server: Server) -> None:
    mark = git(sending.folder, "rev-parse", "refs/tracker/notified").strip()
    write(sending, is_now())
    sending.commit("A ticket")
    sending.notify()
    git(sending.folder, "push", "-qf", "origin", f"{mark}:refs/tracker/notified")
    sending.notify()
    assert len(sending.told.notices) == 1
    assert len(server.take()) == 1


def test_a_remote_that_refuses_the_mark_lets_nothing_out(sending: Desk, server: Server) -> None:
    write(sending, is_now())
    sending.commit("A ticket")
    hook = sending.remote / "hooks" / "update"
    hook.write_text('#!/bin/sh\n[ "$1" != refs/tracker/notified ]\n')
    hook.chmod(0o755)
    with pytest.raises(RepositoryError, match="refs/tracker/notified"):
        sending.put_out()
    sends(sending)
    assert server.take() == []
    hook.unlink()
    sending.notify()
    assert len(server.take()) == 1


def test_a_mark_that_was_moved_by_hand_is_refused(sending: Desk) -> None:
    git(sending.folder, "push", "-qf", "origin", "main:refs/tracker/notified")
    write(sending, is_now())
    sending.commit("A ticket")
    git(sending.folder, "push", "-qf", "origin", "main:refs/tracker/notified")
    with pytest.raises(RepositoryError, match="by hand"):
        sending.put_out()
