"""Texts in front matter are written as the file says that the website's forms are held against, too."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tracker.document import compose, read_document
from tracker.document.scalar import scalar

CASES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("scalars.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["scalars"], ids=lambda case: ascii(case["text"])[:40])
def test_a_text_is_written_so_that_it_is_read_back(case: dict[str, str]) -> None:
    assert scalar(case["text"]) == case["written"]
    document = read_document(f"---\nkey: {case['written']}\n---\n".encode(), "x")
    assert document.values["key"] == case["text"]
    assert not case["text"] or yaml.safe_load(f"key: {case['written']}") == {"key": case["text"]}


@pytest.mark.parametrize("case", CASES["files"])
def test_a_file_is_written_in_order(case: dict[str, Any]) -> None:
    assert compose(case["fields"], case["body"], CASES["order"]) == case["written"]
