"""Every kind of page, at three widths, in both schemes, with scripts and without: nothing sticks out or is wrong."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.viewer.every_page import PAGES, ready

WIDTHS = (375, 768, 1440)
SMALLEST = 9  # pixels of a text
MEASURE = """smallest => {
  const small = new Set(), texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.data.trim(), element = texts.currentNode.parentElement;
    if (!text || !element.checkVisibility()) continue;
    const scale = element.ownerSVGElement ? element.getScreenCTM().a : 1;
    const size = parseFloat(getComputedStyle(element).fontSize) * scale;
    if (size < smallest) small.add(`${text.slice(0, 40)}: ${size}`);
  }
  const page = document.documentElement;
  return {
    beyond: page.scrollWidth - page.clientWidth,
    small: [...small],
    headings: document.querySelectorAll("h1").length,
  };
}"""


@pytest.fixture(scope="module", params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    """What the reader's system prefers."""
    found: str = request.param
    return found


@pytest.fixture(scope="module", params=["scripts", "no-scripts"])
def scripts(request: pytest.FixtureRequest) -> str:
    """Whether scripts run."""
    found: str = request.param
    return found


@pytest.fixture(scope="module")
def visitor(browser: Browser, scheme: str, scripts: str) -> Iterator[Page]:
    """A page in a browser that prefers a scheme."""
    dark = "dark" if scheme == "dark" else "light"
    context = browser.new_context(color_scheme=dark, java_script_enabled=scripts == "scripts")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_fits(
    visitor: Page, every_page: str, kind: str, scheme: str, scripts: str, keep: Callable[[Page, str], None]
) -> None:
    said: list[str] = []
    visitor.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    visitor.on("pageerror", lambda error: said.append(str(error)))
    visitor.goto(f"{every_page}/{PAGES[kind]}")
    if scripts == "scripts":
        ready(visitor)
    for width in WIDTHS:
        visitor.set_viewport_size({"width": width, "height": 900})
        assert visitor.evaluate(MEASURE, SMALLEST) == {"beyond": 0, "small": [], "headings": 1}, width
        keep(visitor, f"{kind}-{width}-{scheme}-{scripts}")
    assert said == []
