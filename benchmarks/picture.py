"""Take the picture of the README, the same on every day: `python -m benchmarks.picture`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.chromium import chromium
from tests.viewer.conftest import serving
from tracker.demo.demonstrate import demonstrate
from tracker.viewer.builder import build
from tracker.workspace import Workspace

PICTURE = Path(__file__).parents[1] / "site" / "images" / "queue.png"
NOW = datetime(2026, 11, 27, 14, 30, tzinfo=UTC)
TICKETS, SEED = 2_000, 1
QUERY = "sort:-created"
SIZE, SCALE = {"width": 1280, "height": 720}, 1.5


def site_of(desk: Path) -> Path:
    """Write the desk, build its website as if it were then, and return its folder."""
    demonstrate(desk, TICKETS, SEED, NOW.date(), "HD")
    Workspace.now = lambda self: NOW.astimezone(self.configuration.zone)  # type: ignore[method-assign]
    return build(desk, strict=True)


def main() -> None:
    """Take the picture, and say where it is."""
    with (
        TemporaryDirectory() as folder,
        serving(site_of(Path(folder, "desk"))) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, device_scale_factor=SCALE, color_scheme="light")
        page.clock.set_fixed_time(NOW)
        page.goto(f"{address}/tickets/?q={QUERY}")
        page.locator("[data-tracker=queue][data-started=wholly]").wait_for()
        page.screenshot(path=PICTURE, animations="disabled")
        browser.close()
    print(f"{PICTURE} has {PICTURE.stat().st_size:,} bytes.")


if __name__ == "__main__":
    main()
