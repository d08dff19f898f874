"""Every text that a person reads is in the French catalogue, with the same blanks to fill in."""

import re
from pathlib import Path

import pytest
from babel.messages import extract, pofile

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "tracker" / "locale" / "fr" / "LC_MESSAGES" / "tracker.po"
_BLANK = re.compile(r"\{[^}]*\}|%\(\w+\)s")


def _texts() -> set[str]:
    methods = [("**.py", "python"), ("**.html", "jinja2")]
    found = [
        *extract.extract_from_dir(ROOT / "tracker", methods[:1]),
        *extract.extract_from_dir(ROOT / "templates", methods[1:]),
    ]
    return {text if isinstance(text, str) else text[0] for _file, _line, text, _comments, _context in found}


def test_french_is_complete() -> None:
    with CATALOGUE.open("rb") as stream:
        catalogue = pofile.read_po(stream)
    translated = {}
    for message in catalogue:
        key = message.id if isinstance(message.id, str) else message.id[0]
        forms = [message.string] if isinstance(message.string, str) else list(message.string)
        translated[key] = all(forms) and not message.fuzzy
        originals = [message.id] if isinstance(message.id, str) else list(message.id)
        for form in forms if key else []:
            assert set(_BLANK.findall(form)) in [set(_BLANK.findall(one)) for one in originals], key
    texts = _texts()
    assert len(texts) > 250
    assert sorted(text for text in texts if not translated.get(text)) == []
    unused = [
        message.id
        for message in catalogue
        if message.id and "click" not in message.user_comments
        and (message.id if isinstance(message.id, str) else message.id[0]) not in texts
    ]  # fmt: skip
    assert unused == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "99"), "Il n’y a pas de ticket « 99 »."),
        (("frobnicate",), "Il n’y a pas de commande 'frobnicate'."),
        (("list",), "0 ticket sur 0"),
        (("validate",), "0 ticket vérifié"),
    ],
)
def test_the_command_line_speaks_french(desk: Path, arguments: tuple[str, ...], words: str) -> None:
    import os
    import subprocess
    import sys

    environment = {**os.environ, "LANGUAGE": "fr", "LANG": "fr_FR.UTF-8", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "tracker", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert words in done.stdout + done.stderr


def test_no_text_hides_in_an_f_string() -> None:
    pattern = re.compile(r"\bf[\"'].*\{[^}]*\b_\(")
    hidden = [
        path for path in (ROOT / "tracker").rglob("*.py") if pattern.search(path.read_text(encoding="utf-8"))
    ]
    assert hidden == []
