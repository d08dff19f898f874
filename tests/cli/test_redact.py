"""`tracker redact` takes a person out of the files, and says what it cannot."""

import re
from pathlib import Path

import pytest

from tests.conftest import Run, git, write_ticket

TEXT = "Ask lea.martin@example.org, Lea.Martin@Example.ORG or Léa\nMartin; not xlea.martin@example.org nor Léa Martinez.\n"


@pytest.fixture
def told(desk: Path) -> Path:
    """A desk where somebody asked, answered, and is named."""
    ticket = write_ticket(desk, 1, body=TEXT)
    ticket.write_text(ticket.read_text().replace("lea@example.org", "lea.martin@example.org"))
    talk = ticket.with_suffix("")
    (talk / "files").mkdir(parents=True)
    (talk / "files" / "3f2a91c0-cv.pdf").write_bytes(b"%PDF-1.4\0")
    head = "author: {}\ncreated: 2026-11-24T11:12:00+01:00\nvisibility: public\n"
    first = head.format("lea.martin@example.org") + "attachments:\n  - files/3f2a91c0-cv.pdf\n"
    (talk / "2026-11-24T101200Z-lea-martin.md").write_text(f"---\n{first}---\nHere it is.\n")
    second = head.format("omar") + "supersedes: 2026-11-24T101200Z-lea-martin.md\n"
    (talk / "2026-11-24T111200Z-omar.md").write_text(f"---\n{second}---\nThank you, Léa Martin.\n")
    other = write_ticket(desk, 2)
    other.write_text(other.read_text().replace("Léa Martin", "Bob"))
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "Tickets")
    return desk


def test_nothing_of_a_person_is_left_in_the_files(told: Path, run: Run) -> None:
    other = (told / "tickets/2026/11/HD-2.md").read_bytes()
    result = run("redact", "lea.martin@example.org", "Léa Martin", "--commit", "--expressions", "away.txt")
    assert result.code == 0
    text = git(told, "grep", "-hi", "-e", "l.a", "HEAD", "--", "tickets/2026/11/HD-1*")
    assert "xlea.martin@example.org nor Léa Martinez" in text
    rest = text.replace("xlea.martin@example.org nor Léa Martinez", "")
    assert "martin" not in rest.lower()
    names = git(told, "ls-files", "tickets").split()
    assert "tickets/2026/11/HD-1/2026-11-24T101200Z-redacted.md" in names
    assert not [name for name in names if "lea" in name]
    assert (
        "supersedes: 2026-11-24T101200Z-redacted.md"
        in (told / "tickets/2026/11/HD-1/2026-11-24T111200Z-omar.md").read_text()
    )
    assert (told / "tickets/2026/11/HD-2.md").read_bytes() == other
    assert run("validate").code == 0
    assert "files/3f2a91c0-cv.pdf" in result.err
    assert "1 commit of the history holds it still" in result.err or "2 commits" in result.err
    assert "git filter-repo --replace-text away.txt" in result.err
    lines = (told / "away.txt").read_text().splitlines()
    rules = [line.removeprefix("regex:").split("==>") for line in lines]
    history = "Ask lea.martin@example.org or Léa Martin; not xlea.martin@example.org nor Léa Martinez."
    for pattern, new in rules:
        history = re.sub(pattern, new, history)
    assert history == (
        "Ask redacted@redacted.invalid or Redacted; not xlea.martin@example.org nor Léa Martinez."
    )


def test_files_of_text_and_names_of_files_are_redacted_however_they_are_spelt(told: Path, run: Run) -> None:
    ticket = told / "tickets/2026/11/HD-2.md"
    ticket.write_text(
        ticket.read_text()
        + "\nLe\u0301a Martin, and\n> Le\u0301a\n> Martin: [cv-lea-martin-2.pdf](files/b9aa4aab-cv-lea-martin-2.pdf)\n"
    )
    talk = ticket.with_suffix("") / "files"
    talk.mkdir(parents=True)
    (talk / "b9aa4aab-cv-lea-martin-2.pdf").write_bytes(b"%PDF\0lea.martin@example.org")
    (talk / "ba9fef7a-bounce.txt").write_text("Final-Recipient: rfc822; lea.martin@example.org\n")
    git(told, "add", "-A")
    git(told, "commit", "-qm", "Files")
    result = run("redact", "lea.martin@example.org", "Léa Martin", "--commit")
    assert "Look into it yourself: tickets/2026/11/HD-2/files/b9aa4aab-redacted.pdf" in result.err
    assert (talk / "b9aa4aab-redacted.pdf").exists()
    assert (
        talk / "ba9fef7a-bounce.txt"
    ).read_text() == "Final-Recipient: rfc822; redacted@redacted.invalid\n"
    text = ticket.read_text()
    assert "[redacted.pdf](files/b9aa4aab-redacted.pdf)" in text
    assert "Martin" not in text.partition("---\n")[2].partition("---\n")[2]
    assert run("validate").code == 0
    assert "tracker mail clean --of ADDRESS" in result.err


def test_comments_of_one_second_stay_apart(told: Path, run: Run) -> None:
    talk = told / "tickets/2026/11/HD-1"
    for author in ("bob@example.org", "lea.martin@other.org"):
        name = author.partition("@")[0].replace(".", "-")
        head = f"author: {author}\ncreated: 2026-11-24T11:13:00+01:00\nvisibility: public\n"
        (talk / f"2026-11-24T101300Z-{name}.md").write_text(f"---\n{head}---\nWords of {author[:3]}.\n")
    head = "author: lea.martin@example.org\ncreated: 2026-11-24T11:13:00+01:00\nvisibility: public\n"
    (talk / "2026-11-24T101300Z-redacted.md").write_text(f"---\n{head}---\nWords before.\n")
    git(told, "add", "-A")
    git(told, "commit", "-qm", "More")
    assert run("redact", "lea.martin@example.org", "bob@example.org", "--commit").code == 0
    said = [path.read_text().partition("---\n")[2].partition("---\n")[2] for path in talk.glob("*.md")]
    assert sorted(one.strip() for one in said if "Words" in one) == [
        "Words before.",
        "Words of bob.",
        "Words of lea.",
    ]
    assert (talk / "2026-11-24T101300Z-lea-martin.md").exists()


def test_it_is_done_once(told: Path, run: Run) -> None:
    run("redact", "lea.martin@example.org", "--commit")
    before = git(told, "rev-parse", "HEAD")
    assert run("redact", "lea.martin@example.org", "--commit").code == 0
    assert git(told, "rev-parse", "HEAD") == before


def test_a_dry_run_changes_nothing(told: Path, run: Run) -> None:
    assert "redacted@redacted.invalid" in run("redact", "lea.martin@example.org", "--dry-run").out
    assert git(told, "status", "--porcelain") == ""


def test_what_would_hit_half_of_all_words_is_refused(told: Path, run: Run) -> None:
    result = run("redact", "a")
    assert result.code == 2
    assert "too short" in result.err


NAMED = (
    "[azalea.pdf](files/1a2b3c4d-azalea.pdf), [lea.pdf](files/3f2a91c0-lea.pdf), lea.pdf.gz; see lea.pdf.\n"
)


def attach(ticket: Path, *names: str) -> None:
    """Put files beside a ticket."""
    files = ticket.with_suffix("") / "files"
    files.mkdir(parents=True, exist_ok=True)
    for name in names:
        (files / name).write_bytes(b"\0")
    git(ticket.parent, "add", "-A")
    git(ticket.parent, "commit", "-qm", "Files")


def test_only_whole_names_of_files_are_redacted(desk: Path, run: Run) -> None:
    ticket = write_ticket(desk, 1, body=NAMED)
    attach(ticket, "3f2a91c0-lea.pdf", "1a2b3c4d-azalea.pdf")
    assert run("redact", "Léa", "--commit").code == 0
    expected = NAMED.replace(
        "[lea.pdf](files/3f2a91c0-lea.pdf)", "[redacted.pdf](files/3f2a91c0-redacted.pdf)"
    )
    assert ticket.read_text().endswith(expected.replace("see lea.pdf", "see redacted.pdf"))


@pytest.mark.parametrize(
    ("word", "file"),
    [("info@example.org", "info.pdf"), ("李小明", "for-someone.pdf"), ("李小明@example.org", "someone.pdf")],
)
def test_a_file_is_not_named_after_what_names_nobody(desk: Path, run: Run, word: str, file: str) -> None:
    attach(write_ticket(desk, 1, body=f"It is {word}.\n"), f"3f2a91c0-{file}")
    assert run("redact", word, "Martin", "--commit").code == 0
    assert git(desk, "ls-files", "*.pdf").endswith(f"/3f2a91c0-{file}\n")


@pytest.mark.parametrize("word", ["l.m@example.org", "lea-martin@example.org", "martin@example.org"])
def test_a_file_is_named_after_an_address(desk: Path, run: Run, word: str) -> None:
    attach(write_ticket(desk, 1), f"3f2a91c0-cv-{word.partition('@')[0].replace('.', '-')}.pdf")
    assert run("redact", word, "--commit").code == 0
    assert git(desk, "ls-files", "*.pdf").endswith("/3f2a91c0-redacted.pdf\n")
