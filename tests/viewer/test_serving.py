"""`tracker serve` shows a change within a second, and survives mistakes."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import write_ticket


@pytest.fixture
def address(desk: Path, website: Callable[..., Path]) -> Iterator[str]:
    """A served desk with one ticket."""
    write_ticket(desk, 1)
    website()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "tracker", "serve", "--address", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=desk, stderr=subprocess.DEVNULL, env={**os.environ}) as server:
        yield f"http://127.0.0.1:{port}/help/"
        server.terminate()


def _wait_for(address: str, text: str) -> float:
    """Return how many seconds pass until a page holds a text."""
    begin = time.monotonic()
    while time.monotonic() - begin < 20:
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:
                if text in answer.read().decode():
                    return time.monotonic() - begin
        except OSError:
            pass
        time.sleep(0.02)
    raise AssertionError(f"{text!r} did not appear at {address}")


def test_changes_show_at_once(desk: Path, address: str) -> None:
    page = f"{address}tickets/HD-1/"
    _wait_for(page, "A ticket")
    path = desk / "tickets" / "2026" / "11" / "HD-1.md"
    taken = []
    for number in range(3):
        path.write_text(path.read_text().replace("title: ", f"title: No{number} ", 1))
        taken.append(_wait_for(page, f"No{number} "))
        _wait_for(f"{address}tickets/", f"No{number} ")
    assert min(taken) < 1.5, taken
    write_ticket(desk, 2, "A second one")
    _wait_for(f"{address}tickets/HD-2/", "A second one")
    _wait_for(f"{address}sitemap.xml", "tickets/HD-2/")
    path.unlink()
    _wait_for(f"{address}tickets/", "A second one")
    path.write_text("---\ntitle: a: b\n---\n")
    _wait_for(page, "T005")
    (desk / "tracker.yml").write_text((desk / "tracker.yml").read_text() + "wrong: key\n")
    time.sleep(1)
    _wait_for(page, "T005")
    (desk / "tracker.yml").write_text((desk / "tracker.yml").read_text().replace("wrong: key\n", ""))
    write_ticket(desk, 1, "Sound again")
    _wait_for(page, "Sound again")


def test_an_open_page_shows_a_change_by_itself(desk: Path, address: str, browser: Browser) -> None:
    _wait_for(f"{address}tickets/HD-1/", "A ticket")
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}tickets/HD-1/")
    path = desk / "tickets" / "2026" / "11" / "HD-1.md"
    path.write_text(path.read_text().replace("title: ", "title: Changed ", 1))
    expect(page.locator("h1")).to_contain_text("Changed A ticket", timeout=20_000)
    page.close()
    assert said == []
