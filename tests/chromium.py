"""Where Chromium is: the system's, else the one that Playwright installed."""

import shutil


def chromium() -> str | None:
    """Return the path of the system's browser; None leaves the choice to Playwright, which fails without one."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
