"""The values of sound front matter, without their places: what most readings need, in half the time.

Nothing is decided here: a text that holds anything unusual is left to the strict reading, which knows
what to say about it, and gives the same values wherever both read a text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml
from yaml.nodes import MappingNode, ScalarNode

from tracker.document.nodes import DEEPEST, Loader, parse
from tracker.document.value import NULLS

if TYPE_CHECKING:
    from tracker.document.value import Value

_UNUSUAL = re.compile(r"[\[{&*!?]|- +-")
"""What may be refused, or nest deeply within few characters: the parser's own composer is recursive in C."""


class _Composer(Loader):  # type: ignore[misc]  # PyYAML's, chosen at run time
    """Composes nodes without asking what type a plain scalar might have."""

    def resolve(self, *_unused: object) -> str:
        """Every scalar is a text."""
        return ""

    def descend_resolver(self, *_unused: object) -> None:
        """There is nothing to resolve."""

    def ascend_resolver(self) -> None:
        """There is nothing to resolve."""


def read_values(text: str) -> dict[str, Value] | None:
    """Return the values of a mapping in YAML; None where there is something to complain about."""
    if _UNUSUAL.search(text):
        return _read_strictly(text)
    loader = _Composer(text)
    try:
        root = loader.get_single_node()
        return {} if root is None else _mapping(root, 1)
    except (yaml.YAMLError, _UnusualError):
        return _read_strictly(text)
    finally:
        loader.dispose()


def _read_strictly(text: str) -> dict[str, Value] | None:
    parsed = parse(text)
    return None if parsed.complaints else parsed.values


class _UnusualError(Exception):
    """Something to leave to the strict reading."""


def _mapping(node: Any, depth: int) -> dict[str, Value]:
    if type(node) is not MappingNode or depth > DEEPEST:
        raise _UnusualError
    values: dict[str, Value] = {}
    for key, value in node.value:
        name = key.value
        if type(key) is not ScalarNode or not name or name in values or (name == "<<" and not key.style):
            raise _UnusualError
        if type(value) is ScalarNode:
            text = value.value
            values[name] = None if text in NULLS and not value.style else text
        else:
            values[name] = _value(value, depth + 1)
    return values


def _value(node: Any, depth: int) -> Value:
    if type(node) is ScalarNode:
        return None if node.value in NULLS and not node.style else node.value
    if type(node) is MappingNode:
        return _mapping(node, depth)
    if depth > DEEPEST:
        raise _UnusualError
    return [_value(item, depth + 1) for item in node.value]
