"""axe-core finds nothing on any kind of page, in either scheme, wide and narrow.

`.ci/axe` installs it: https://github.com/dequelabs/axe-core.
"""

import os
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from tests.viewer.every_page import PAGES, ready

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
# Of the theme, on the pages that people write by hand: it does not underline links, and a desk may want that.
NOT_OURS = {"home": {"link-in-text-block"}}
RUN = """async () => (await axe.run(document, { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } }))
  .violations.map(({ id, nodes }) => [id, nodes.map((node) => `${node.target.join(" ")}: ${node.failureSummary}`)])"""


@pytest.fixture(scope="module")
def axe() -> str:
    """The script."""
    if not AXE.exists() and "CI" not in os.environ:
        pytest.skip("axe-core is not here: .ci/axe installs it with npm.")
    return AXE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1440), ("dark", 1440), ("light", 375), ("dark", 375)]
)
def test_nobody_is_kept_out(
    browser: Browser, every_page: str, axe: str, scheme: Literal["light", "dark"], width: int
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    context.add_init_script(axe)
    page, found = context.new_page(), {}
    for kind, path in PAGES.items():
        page.goto(f"{every_page}/{path}")
        ready(page)
        wrong = [one for one in page.evaluate(RUN) if one[0] not in NOT_OURS.get(kind, ())]
        if wrong:
            found[kind] = wrong
    context.close()
    assert found == {}
