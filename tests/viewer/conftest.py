"""A website built for real, and a browser to look at it."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.chromium import chromium
from tracker.viewer.builder import build

SETTINGS = """\
site_name: Test desk
site_url: https://desk.example.org/help/
docs_dir: site
site_dir: public
use_directory_urls: {directories}
theme:
  name: material
  font: false
  features: {features}
plugins: [search, tracker]
"""


@pytest.fixture
def website(desk: Path) -> Callable[..., Path]:
    """Builds the website of the current desk, strictly, and returns its folder."""

    def build_website(features: str = "[]", *, directories: bool = True) -> Path:
        (desk / "site").mkdir(exist_ok=True)
        (desk / "site" / "index.md").write_text("# Welcome\n")
        settings = SETTINGS.format(features=features, directories=str(directories).lower())
        (desk / "mkdocs.yml").write_text(settings)
        return build(desk, strict=True)

    return build_website


class _Server(ThreadingHTTPServer):
    def handle_error(self, _request: object, _client_address: object) -> None:
        """A browser that has seen enough hangs up: that is no error."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture
def served() -> Iterator[Callable[[Path], str]]:
    """Serves a folder on loopback and returns its address."""
    servers = []

    def serve(folder: Path) -> str:
        server = _Server(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium without a window."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield started
        started.close()
