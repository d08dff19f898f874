"""The internal website shows what became of each message; a public one says nothing of mail."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import write_ticket
from tracker.store.record import Record
from tracker.store.spool import State
from tracker.workspace import Workspace
from tracker.workspace.messages import spool_of

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def told(desk: Path) -> Path:
    """A desk with a message that is done, and one that is held."""
    write_ticket(desk, 1)
    spool = spool_of(Workspace.open(desk))
    records = {
        "a" * 64: (State.DONE, Record("2026-11-29T08:00:00+00:00", author="lea@example.com", subject="Printer jams", outcome="created", ticket="HD-1")),
        "b" * 64: (State.HELD, Record("2026-11-29T09:00:00+00:00", author=HOSTILE, subject=HOSTILE, outcome="held", ticket="HD-99", reason="Its sender wrote too often.")),
    }  # fmt: skip
    for identity, (state, record) in records.items():
        spool.deliver(identity, b"words", record)
        with spool.claimed(1) as (claim,):
            spool.finish(claim.identity, record, state)
    return desk


def test_every_message_has_its_outcome_on_the_internal_website(
    told: Path, website: Callable[..., Path]
) -> None:
    (told / "tracker.yml").write_text((told / "tracker.yml").read_text() + "website: {internal: true}\n")
    site = website()
    page = (site / "tickets" / "mail" / "index.html").read_text()
    for words in (
        "lea@example.com",
        "Printer jams",
        "created",
        '<a href="../HD-1/">HD-1</a>',
        "Nov 29, 2026",
    ):
        assert words in page
    assert page.index("Its sender wrote too often.") < page.index("Printer jams")
    assert HOSTILE not in page
    assert "&lt;script&gt;alert(1)" in page
    assert ">Mail<" in (site / "tickets" / "overview" / "index.html").read_text()
    spool = spool_of(Workspace.open(told))
    spool.drop("b" * 64, spool.record("b" * 64).dropped("Nonsense."))
    page = (website() / "tickets" / "mail" / "index.html").read_text()
    assert "Nonsense." in page
    assert "dropped" in page


def test_a_public_website_says_nothing_of_mail(told: Path, website: Callable[..., Path]) -> None:
    site = website()
    assert not (site / "tickets" / "mail").exists()
    assert "Printer jams" not in "".join(path.read_text() for path in site.rglob("*.html"))
