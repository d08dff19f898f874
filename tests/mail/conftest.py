"""Servers and desks for the tests of mail."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import git, new_repository
from tests.mail.dovecot import Dovecot, folder_of_servers, start_dovecot
from tests.mail.test_scenarios import SETTINGS

NewDesk = Callable[..., Path]
_GUIDE = Path(__file__).parents[2] / "site" / "guide" / "mail.md"


def recipe(name: str) -> str:
    """Return a file of the guide: the block of code below the line that names it."""
    found = re.search(
        rf"`{re.escape(name)}`:\n\n *```\w*\n(.*?)\n *```", _GUIDE.read_text(encoding="utf-8"), re.DOTALL
    )
    assert found, name
    return found[1]


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """An IMAP server of this run; each test takes a user of its own."""
    with folder_of_servers() as folder:
        server = start_dovecot(folder)
        yield server
        server.end()


@pytest.fixture
def new_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NewDesk:
    """Makes a desk with settings for mail; it is the current folder then."""

    def make(**mail: Any) -> Path:
        folder = tmp_path / "desk"
        new_repository(folder)
        (folder / "tracker.yml").write_text(json.dumps({**SETTINGS, "mail": {**SETTINGS["mail"], **mail}}))
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", "Set up")
        monkeypatch.chdir(folder)
        return folder

    return make
