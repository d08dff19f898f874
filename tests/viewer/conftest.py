"""A website built for real, and a browser to look at it."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.chromium import chromium
from tests.viewer.every_page import write_desk
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


@contextmanager
def serving(folder: Path, handler: type[SimpleHTTPRequestHandler] = _Quiet) -> Iterator[str]:
    """Serve a folder on loopback within the block, at the address that it is given."""
    server = _Server(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def served() -> Iterator[Callable[[Path], str]]:
    """Serves a folder on loopback and returns its address."""
    with ExitStack() as stack:
        yield lambda folder: stack.enter_context(serving(folder))


@pytest.fixture(scope="session")
def every_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a website with every kind of page, in both languages; only the newest tickets are whole."""
    desk = tmp_path_factory.mktemp("every") / "desk"
    write_desk(desk)
    with serving(build(desk, strict=True)) as address:
        yield address


@pytest.fixture
def keep() -> Callable[[Page, str], None]:
    """Keeps a picture of a page by a name, in the folder that `SCREENSHOTS` says, if any."""
    folder = os.environ.get("SCREENSHOTS")

    def kept(page: Page, name: str) -> None:
        if folder:
            page.screenshot(path=Path(folder, f"{name}.png"))

    return kept


@contextmanager
def held_back(page: Page, pattern: str, *, fails: bool = False) -> Iterator[None]:
    """Hold back what a page asks for at an address within the block; it comes, or fails, after that."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(pattern, hold)
    yield
    for _ in range(500):
        if held:
            break
        page.wait_for_timeout(10)
    assert held
    for route in held:
        (route.abort if fails else route.continue_)()
    page.unroute(pattern)
    page.wait_for_timeout(100)


INTRANET = "http://desk.intranet"
"""Where a page may not use the clipboard as it may on https and from the disk."""


def in_intranet(page: Page, folder: Path) -> None:
    """Have a website be in the intranet, for a page."""

    def answer(route: Route) -> None:
        route.fulfill(path=folder / urlsplit(route.request.url).path.removeprefix("/"))

    page.route(f"{INTRANET}/**", answer)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium without a window."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield started
        started.close()
