"""Whatever strangers write appears as text: a real browser visits the pages, and nothing of theirs runs."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import write_ticket
from tracker.viewer.markdown import render

SCRIPT = "<script>window.pwned = 1</script>"
TEXTS = (
    SCRIPT,
    "</title><script>window.pwned = 2</script>",
    '"><img src=x onerror="window.pwned=3">',
    "<svg onload=window.pwned=4>",
    "{{ 7 * 7 }}{% raw %}{{ config }}",
    '--8<-- "mkdocs.yml"',
    "${7*7} #{7*7} <%= 7*7 %>",
    "q7trackermarktitle q7trackermarkcontent",
    "$15,000 \\1 \\g<0>",
    "&lt;script&gt;window.pwned = 5&lt;/script&gt;",
)
BODY = """\
<script>window.pwned = 6</script>
<img src=x onerror="window.pwned = 7">
<a href="javascript:window.pwned=8" id="click">raw link</a>

[click](javascript:window.pwned=9) [data](data:text/html;base64,PHNjcmlwdD4=) [vb](vbscript:x)
![image](javascript:window.pwned=10) ![remote](https://tracker.invalid/pixel.png)
<javascript:window.pwned=11>

<details open ontoggle="window.pwned = 12">x</details>
<iframe srcdoc="<script>parent.pwned=13</script>"></iframe>
<form action="https://evil.invalid"><input name=q><button>ok</button></form>
<style>body { display: none }</style>
<base href="https://evil.invalid/">

```html"onmouseover="window.pwned=14
<script>window.pwned = 15</script>
```

# <img src=x onerror=window.pwned=16> { onclick="window.pwned=17" }

{{ 7 * 7 }} {% include "/etc/passwd" %} --8<-- "mkdocs.yml"
"""


@pytest.mark.parametrize("place", ["queue", "ticket", "list"])
def test_nothing_of_theirs_runs(
    desk: Path, website: Callable[..., Path], served: Callable[[Path], str], browser: Browser, place: str
) -> None:
    for number, text in enumerate(TEXTS, 1):
        quoted = text.replace("'", "''")
        more = (
            f"location: lyon\nlabels:\n  - '{quoted}'\nsystem:\n  '{quoted}': '{quoted}'\nevil: '{quoted}'\n"
        )
        path = write_ticket(desk, number, f"'{quoted}'", more, BODY)
        path.write_text(path.read_text().replace("Léa Martin", f"'{quoted}'"))
        folder = path.with_suffix("")
        (folder / "files").mkdir(parents=True)
        (folder / "files" / "12345678-evil.html").write_text(SCRIPT)
        comment = f"---\nauthor: '{quoted}'\ncreated: 2026-11-24T10:00:00Z\nvisibility: public\n---\n{BODY}[a](files/12345678-evil.html)\n"
        (folder / "2026-11-24T100000Z-x.md").write_text(comment)
    (desk / "tickets" / "2026" / "11" / "<script>window.pwned=18<!--.md").write_text(SCRIPT)
    public = website("[navigation.instant, content.action.edit, search.suggest]")
    assert not list(public.rglob("*evil.html"))
    address = served(public)
    paths = {"queue": ["tickets/"], "list": ["locations/lyon/", "categories/hardware/printer/"]}
    for path in paths.get(place, [f"tickets/HD-{number}/" for number in range(1, len(TEXTS) + 1)]):
        _visit(browser, f"{address}/{path}")


def _visit(browser: Browser, address: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    page.goto(address)
    page.wait_for_timeout(150)
    for link in page.locator("article a").all():
        target = link.get_attribute("href") or ""
        assert not re.match(r"\s*(javascript|data|vbscript):", target, re.IGNORECASE), target
    page.evaluate(
        "document.querySelectorAll('article *').forEach(e => { e.dispatchEvent(new Event('mouseover')); e.dispatchEvent(new Event('error')) })"
    )
    assert page.evaluate("window.pwned") is None
    assert dialogs == []
    assert (
        page.locator(
            "article script, article iframe, article form, article style, article base, article svg[onload]"
        ).count()
        == 0
    )
    assert page.evaluate("getComputedStyle(document.body).display") != "none"
    host = address.split("/")[2]
    assert [url for url in asked if url.split("/")[2] != host] == []
    page.close()


def test_hostile_text_is_still_there_to_read(
    desk: Path, website: Callable[..., Path], served: Callable[[Path], str], browser: Browser
) -> None:
    for number, text in enumerate(TEXTS, 1):
        quoted = text.replace("'", "''")
        write_ticket(desk, number, f"'{quoted}'", body=BODY)
    address = served(website())
    page = browser.new_page()
    for number, text in enumerate(TEXTS, 1):
        page.goto(f"{address}/tickets/HD-{number}/")
        assert text in page.locator("h1").inner_text()
        assert page.title().startswith(f"{text} · HD-{number}")
        assert "<script>window.pwned = 6</script>" in page.locator(".tk-body").inner_text()
    page.close()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("- [x] done\n- [ ] open", 'type="checkbox" disabled checked'),
        ("| a |\n| - |\n| b |", "<table>"),
        ("> [!WARNING]\n> x", 'class="admonition warning"'),
        ("```python\nx = 1\n```", 'class="highlight"'),
        ("~~gone~~", "<del>gone</del>"),
        ("https://example.org", 'href="https://example.org"'),
        ("x[^1]\n\n[^1]: note", 'id="b-fn-1"'),
        ("# Title", '<h2 id="b-title">'),
    ],
)
def test_github_flavoured_markdown(source: str, expected: str) -> None:
    assert expected in render(source, "b")
