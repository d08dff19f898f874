"""What the sanitiser does not see must be what it would let through."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.viewer import markdown


def test_what_looks_like_markup_in_a_text_stays() -> None:
    text = 'Say "fnord".[^1]\n\n[x](fnord.txt)\n\n[^1]: Why.\n'
    shown = markdown.render(text, "b")
    assert "fnord" in shown
    assert "b-fnord" not in shown
    assert 'href="#b-fn-1"' in shown


PIECES = (
    *("*", "**", "_", "`", "```\n", "```js\n", '```"><b>\n', "~~", "\\", "\n", "\n\n", "    ", "\t"),
    *("- ", "1. ", "# ", "> ", "- [ ] ", "- [x] ", "| a | b |\n|---|:-:|\n| c | d |\n", "[^1]", "[^1]: x"),
    *("<b>", "<script>", "</p>", "</td>", "<!--", "&lt;", "&quot;", "&#60;", '"', "'", "<", ">", "&"),
    *("[a](b)", "[a](javascript:b)", "![x](y)", "http://e.org", "<p onclick=x>", "<input type=text>"),
    *("a", "word ", "é", "\u00a0", "\x00", "\u202e"),
)


class _Events(HTMLParser):
    """Reads HTML as what it means: tags with their attributes, and texts."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[object] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, sorted((name, value or "") for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("br", "hr", "input"):
            self.found.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.found.append(data)


@settings(max_examples=500)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_the_sanitiser_is_left_out_only_where_it_changes_nothing(text: str) -> None:
    rendered = markdown.render(text, "b")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "_NOT_BARE", re.compile(""))
        sanitised = markdown.render(text, "b")
    assert _Events(rendered).found == _Events(sanitised).found


@pytest.mark.parametrize(
    "tag", ["<script>", "<p onclick=x>", "<code class=x>", "<a href=x>", "<style>", "</div>"]
)
def test_any_other_tag_is_given_to_the_sanitiser(tag: str) -> None:
    assert markdown._NOT_BARE.search(f"<p>x</p>{tag}")
