"""Other themes than Material: one that names the page in a script, as MkDocs' own readthedocs does."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Run, write_ticket

HOSTILE = "</script><script>alert(1)</script> 'a' & \\\\ b"


@pytest.mark.parametrize("theme", ["readthedocs", "mkdocs"])
def test_an_existing_website_of_this_theme_gets_its_tickets(desk: Path, run: Run, theme: str) -> None:
    (desk / "mkdocs.yml").write_text(f"site_name: Ours\ntheme: {theme}\nplugins: [search, tracker]\n")
    (desk / "docs").mkdir()
    (desk / "docs" / "index.md").write_text("# Welcome\n")
    write_ticket(desk, 1, title=f"'{HOSTILE.replace(chr(39), chr(39) * 2)}'")
    assert run("build", "--strict").code == 0
    page = (desk / "site" / "tickets" / "HD-1" / "index.html").read_text()
    assert "<script>alert" not in page
    assert "q7tracker" not in page
    if theme == "readthedocs":
        name = re.search(r"mkdocs_page_name = (.*);", page)
        source = re.search(r"mkdocs_page_input_path = (.*);", page)
        assert name
        assert json.loads(name[1]) == f"{HOSTILE} · HD-1"
        assert source
        assert json.loads(source[1]) == "tickets/HD-1.md"
