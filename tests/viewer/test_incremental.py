"""Whatever changes, a build on top of an earlier one gives the bytes of a build from nothing."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import CONFIGURATION
from tracker.viewer.builder import build

IDS = ("1", "2", "3", "4", "k7q3x")


def _ticket(chance: random.Random, name: str) -> str:
    kinds = ("relates", "blocks", "parent", "follows", "duplicates")
    links = "".join(
        f"  - {chance.choice(kinds)} HD-{chance.choice(IDS)}\n" for _ in range(chance.randint(0, 2))
    )
    optional = [
        f"assignee: {chance.choice(['ada', 'omar', 'nobody'])}\n",
        f"due: {chance.choice(['2020-01-01', '2099-01-01'])}\n",
        "location: lyon\n",
        f"links:\n{links}" if links else "",
        f"aliases:\n  - {chance.choice(['OLD-1', 'HD-77'])}\n",
        "labels: [never closed\n" if chance.random() < 0.1 else "",
    ]
    some = "".join(part for part in optional if chance.random() < 0.5)
    return (
        f"---\nid: HD-{name}\ntitle: T{chance.randint(0, 3)}{chance.choice(['', '<b>', '&'])}\ntype: incident\n"
        f"status: {chance.choice(['open', 'closed', 'new', 'bogus'])}\ncategory: network\npriority: normal\n"
        f"created: 2026-11-02T09:00:00+01:00\nrequester:\n  name: L\n{some}---\n"
        f"See HD-{chance.choice(IDS)}, OLD-1, HD-77 and @ada ![p](files/a.png) `HD-1`\n"
    )


def _change(chance: random.Random, desk: Path) -> None:
    """Write, comment on, attach to or remove a ticket, or change the configuration."""
    name = chance.choice(IDS)
    path = desk / "tickets" / ("2026/11" if name.isdigit() else "drafts") / f"HD-{name}.md"
    conversation = path.with_suffix("")
    (conversation / "files").mkdir(parents=True, exist_ok=True)
    match chance.choice(["ticket", "ticket", "comment", "comment", "file", "remove", "configuration"]):
        case "ticket":
            path.write_text(_ticket(chance, name))
        case "comment":
            visibility = chance.choice(["public", "internal"])
            (conversation / f"2026-11-03T10000{chance.randint(0, 2)}Z-omar.md").write_text(
                f"---\nauthor: {chance.choice(['omar', 'q'])}\ncreated: 2026-11-03T10:00:00Z\n"
                f"visibility: {visibility}\n---\nHD-{chance.choice(IDS)} and HD-77\n"
            )
        case "file":
            (conversation / "files" / "a.png").write_bytes(chance.randbytes(9))
        case "remove":
            path.unlink(missing_ok=True)
            shutil.rmtree(conversation)
        case _:
            language = chance.choice(["en", "fr"])
            (desk / "tracker.yml").write_text(
                CONFIGURATION.replace("Ada Byron", chance.choice(["Ada", "A <B>"]))
                + f"language: {language}\n"
            )


def _files(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and not path.name.startswith((".tracker", "sitemap"))
    }


@pytest.mark.parametrize("seed", range(3))
def test_a_build_on_top_of_another_is_a_build_from_nothing(
    desk: Path, website: Callable[..., Path], seed: int
) -> None:
    chance = random.Random(seed)
    public = website()
    for _round in range(7):
        for _ in range(chance.randint(1, 4)):
            _change(chance, desk)
        build(desk)
        fresh = desk.parent / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        build(desk, site=fresh)
        assert _files(public) == _files(fresh)
