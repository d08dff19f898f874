"""What browsers get of our scripts: the modules as they are, without what only people read."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tracker.viewer.browser.bundle import bare, scripts

MODULES = sorted((Path(__file__).parents[2] / "tracker/viewer/assets/scripts").rglob("*.js"))
CASES = {
    "// A comment.\n\ncode(); // stays\n": "code(); // stays\n",
    "  /** Of one line. */\n  code();\n": "code();\n",
    "/**\n * Of three.\n */\nfunction a() {\n  return 1;\n}\n": "function a() {\nreturn 1;\n}\n",
    "/** It begins\n * and ends. */\ncode();\n": "code();\n",
    'a("// no comment");\nb("/** none */");\n': 'a("// no comment");\nb("/** none */");\n',
    "a(/** in a line */ 1);\n": "a(/** in a line */ 1);\n",
    "/** a */ code();\nmore(); /* b */\n": "/** a */ code();\nmore(); /* b */\n",
    "a.replace(/#.*/, '');\n": "a.replace(/#.*/, '');\n",
}


@pytest.mark.parametrize("text", CASES)
def test_comments_at_the_beginning_of_a_line_and_indentation_are_left_out(text: str) -> None:
    assert bare(text) == CASES[text]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_no_text_in_a_module_goes_on_in_the_next_line(module: Path) -> None:
    for line in module.read_text(encoding="utf-8").splitlines():
        assert line.lstrip().startswith(("//", "/**", "*")) or line.count("`") % 2 == 0, line
        assert not line.endswith("\\"), line


@pytest.mark.skipif(not (shutil.which("node") or "CI" in os.environ), reason="node is not installed")
@pytest.mark.parametrize("name", scripts())
def test_what_is_left_is_a_script(tmp_path: Path, name: str) -> None:
    file = tmp_path / f"{name}.cjs"
    file.write_text(scripts()[name])
    subprocess.run(["node", "--check", file], check=True)
