"""Overview and reports in a real browser: at every width, in both schemes, on paper, without scripts."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tracker.viewer.builder import build

PAGES = ("overview", "reports", "reports/by-location", "reports/by-category")
SMALLEST = 8
"""In pixels: smaller letters, nobody reads."""
READ_CHARTS = """() => [...document.querySelectorAll("svg.tk-chart")].map((chart) => {
  const box = chart.getBoundingClientRect();
  return [...chart.querySelectorAll("text")].map((text) => {
    const own = text.getBoundingClientRect();
    return {
      words: text.textContent,
      size: parseFloat(getComputedStyle(text).fontSize) * box.width / chart.viewBox.baseVal.width,
      inside: own.left >= box.left - 1 && own.right <= box.right + 1 && own.bottom <= box.bottom + 1,
    };
  });
})"""
CONTRASTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const light = (colour, below) => {
    canvas.fillStyle = below; canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const below = getComputedStyle(document.body).getPropertyValue("--md-default-bg-color");
  const shapes = document.querySelectorAll('.tk-chart [class^="tk-fill"], .tk-chart [class^="tk-dot"]');
  return [...shapes].map((shape) => {
    const [one, other] = [light(getComputedStyle(shape).fill, below), light(below, below)];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  });
}"""


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The website of a demonstration, made once."""
    folder = tmp_path_factory.mktemp("reports") / "desk"
    command = [sys.executable, "-m", "tracker", "demo", str(folder), "--tickets", "150"]
    subprocess.run(command, check=True, capture_output=True)
    return build(folder)


@pytest.fixture(params=[(375, "light"), (768, "dark"), (1440, "light")], ids=str)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that runs no scripts of its own."""
    width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def show(page: Page, public: Path, name: str) -> None:
    page.goto((public / "tickets" / name / "index.html").as_uri())


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_too_wide_or_too_small(page: Page, public: Path, name: str) -> None:
    show(page, public, name)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    charts = page.evaluate(READ_CHARTS)
    assert bool(charts) is name.startswith("reports")
    for text in (text for chart in charts for text in chart):
        assert text["size"] >= SMALLEST, text
        assert text["inside"], text


def test_charts_say_in_words_what_they_show(page: Page, public: Path) -> None:
    show(page, public, "reports")
    chart = page.get_by_role("img", name="Created and resolved")
    assert chart.count() == 1
    assert "All numbers are in the table." in chart.locator("desc").inner_html()
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)")
    assert len(ids) == len({*ids})


def test_names_of_lines_look_like_their_lines(page: Page, public: Path) -> None:
    show(page, public, "reports")
    look = "(name) => [getComputedStyle(name).fill, getComputedStyle(name.previousElementSibling).stroke]"
    for chart in page.locator("svg.tk-chart:has(.tk-stroke-1)").all():
        looks = [name.evaluate(look) for name in chart.locator(".tk-chart-name").all()]
        assert [of_name for of_name, _of_line in looks] == [of_line for _of_name, of_line in looks]
        assert len({of_name for of_name, _of_line in looks}) == 2  # a median, and a 90th percentile


def test_the_numbers_are_a_click_away(page: Page, public: Path) -> None:
    show(page, public, "reports")
    section = page.locator("section", has=page.locator("#age"))
    assert not section.locator("table").is_visible()
    section.locator("summary").click()
    assert section.locator("table").is_visible()
    link = section.get_by_role("link", name="CSV").get_attribute("href") or ""
    assert (public / "tickets" / "reports" / link).resolve().read_text().startswith("start,age_number,")


def test_the_overview_leads_to_the_queue(page: Page, public: Path) -> None:
    show(page, public, "overview")
    assert page.get_by_role("heading", name="Locations").count() == 1
    address = page.locator(".tk-counts a").first.get_attribute("href") or ""
    assert address.startswith("../?q=location:")
    assert page.locator(".tk-sections a").first.get_attribute("aria-current") == "page"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_shapes_stand_out_from_the_page(browser: Browser, public: Path, scheme: str) -> None:
    page = browser.new_page(color_scheme="light")
    show(page, public, "reports")
    name = {"light": "default", "dark": "slate"}[scheme]
    page.evaluate(f"document.body.setAttribute('data-md-color-scheme', '{name}')")
    contrasts = page.evaluate(CONTRASTS)
    page.close()
    assert len(contrasts) > 20
    assert min(contrasts) >= 3  # WCAG 2.2, 1.4.11


def test_on_paper_charts_stay_whole(browser: Browser, public: Path) -> None:
    page = browser.new_page()
    show(page, public, "reports")
    page.emulate_media(media="print")
    breaks = page.evaluate(
        "[...document.querySelectorAll('.tk-figure')].map((figure) => getComputedStyle(figure).breakInside)"
    )
    assert set(breaks) == {"avoid"}
    assert not page.locator(".tk-sections").is_visible()
    page.close()
