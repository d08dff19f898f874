"""Several desks beside each other, in repositories of their own."""

from pathlib import Path

from tests.conftest import git
from tracker.demo.demonstrate import demonstrate


def three_desks(folder: Path, tickets: int = 60) -> Path:
    """Make three demonstration desks, of which the first names the others; return it."""
    from datetime import date

    for number, (name, prefix) in enumerate((("hd", "HD"), ("aus", "AUS"), ("mtl", "MTL")), 1):
        demonstrate(folder / name, tickets, number, date(2026, 11, 24), prefix)
        settings = folder / name / "tracker.yml"
        settings.write_text(settings.read_text().replace("Northwind Instruments help desk", f"Desk {prefix}"))
        commit(folder / name, "Name the desk")
    name_others(
        folder / "hd", "desks:\n  AUS: {repository: ../aus}\n  MTL: {repository: ../mtl, branch: main}\n"
    )
    return folder / "hd"


def name_others(desk: Path, text: str) -> None:
    """Add text to a desk's configuration, and commit."""
    settings = desk / "tracker.yml"
    settings.write_text(settings.read_text() + text)
    commit(desk, "Settings")


def commit(desk: Path, subject: str) -> None:
    """Commit everything."""
    git(desk, "add", "-A")
    git(desk, "-c", "user.name=Ada Byron", "-c", "user.email=ada@example.org", "commit", "-qm", subject)
