"""Changing one value of a document's front matter, and no other byte.

Every change is a handful of splices at places that the YAML parser reported. Whatever the style of the
file, the result is read again and compared with what it should say before anyone sees it; a file that is
written too unusually to be changed this way is refused, never damaged.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.document.document import Document, read_document, read_yaml
from tracker.document.entries import deletion, insertion, replacement
from tracker.document.value import as_read
from tracker.document.write import is_empty
from tracker.errors import EditError
from tracker.position import line_end_of
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.document.lines import Splice
    from tracker.document.nodes import Node
    from tracker.document.value import NewValue, Value


def set_value(
    document: Document, keys: Sequence[str], value: NewValue, order: Sequence[str] = ()
) -> Document:
    """Return the document with one value replaced, or inserted where it was not there.

    Args:
        document: the file; it must have been read without findings.
        keys: the path to the value, such as `("requester", "email")`.
        value: what to write; None leaves the key without a value, an empty list removes the key unless
            the file has it in brackets.
        order: the canonical order of the top keys, for insertion.

    Raises:
        EditError: the file is broken, or written in a way that cannot be changed safely.
    """
    refuse_broken(document)
    *above, last = keys
    present = _node(document, keys)
    if value is not None and is_empty(value) and not (present and present.flow):
        return delete_value(document, keys)
    expected = deepcopy(document.values)
    holder: dict[str, Value] = expected
    for depth, key in enumerate(above):
        inner = holder.get(key)
        if not isinstance(inner, dict) or not inner:
            wrapped: NewValue = value
            for name in reversed(keys[depth + 1 :]):
                wrapped = {name: wrapped}
            return set_value(document, keys[: depth + 1], wrapped, order)
        holder = inner
    if last in holder and holder[last] == as_read(value):
        return document
    if isinstance(value, Mapping) and isinstance(holder.get(last), dict) and holder[last]:
        return _set_each(document, keys, value)
    holder[last] = as_read(value)
    parent = _node(document, above)
    if parent is not None and parent.child(last):
        splices = replacement(_yaml(document), parent, last, value, line_end(document))
    else:
        splices = insertion(
            _yaml(document), parent, last, value, order if not above else (), line_end(document)
        )
    return spliced(document, splices, expected, keys)


def _set_each(document: Document, keys: Sequence[str], value: Mapping[str, NewValue]) -> Document:
    """Turn one mapping into another, key by key."""
    node = _node(document, keys)
    assert node is not None  # noqa: S101  # the caller has looked
    for key, part in value.items():
        document = set_value(document, (*keys, key), part)
    for key in [str(name.value) for name, _value in node.pairs if name.value not in value]:
        document = delete_value(document, (*keys, key))
    return document


def delete_value(document: Document, keys: Sequence[str]) -> Document:
    """Return the document without a value and its key; as it was where there is no such key.

    A mapping that would be left without keys goes with its last one.

    Raises:
        EditError: the file is broken, or written in a way that cannot be changed safely.
    """
    refuse_broken(document)
    *above, last = keys
    expected = deepcopy(document.values)
    holder: Value = expected
    for key in above:
        holder = holder.get(key) if isinstance(holder, dict) else None
    if not isinstance(holder, dict) or last not in holder:
        return document
    if above and len(holder) == 1:
        return delete_value(document, above)
    del holder[last]
    parent = _node(document, above)
    assert parent is not None  # noqa: S101  # it holds the key
    return spliced(document, deletion(_yaml(document), parent, last), expected, keys)


def replace_body(document: Document, body: str) -> Document:
    """Return the document with another text under its front matter.

    Raises:
        EditError: the file is broken.
    """
    refuse_broken(document)
    text = document.text[: document.span.body] + body
    if not text[: document.span.body].endswith(("\n", "\r")):
        text = document.text + line_end(document) + body
    return read_document(replace(document, text=text).encode(), document.path)


def refuse_broken(document: Document) -> None:
    """Stop a change of a document that cannot be read.

    Raises:
        EditError: it cannot.
    """
    if document.findings:
        raise EditError(str(document.findings[0]), _("Correct the file by hand first."))


def _yaml(document: Document) -> str:
    return document.text[document.span.start : document.span.end]


def line_end(document: Document) -> str:
    """Return how the file's first line ends."""
    return line_end_of(document.text)


def _node(document: Document, keys: Sequence[str]) -> Node | None:
    node = document.root
    for key in keys:
        found = node.child(key) if node else None
        node = found[1] if found else None
    return node


def spliced(
    document: Document, splices: Iterable[Splice], expected: dict[str, Value], keys: Sequence[str]
) -> Document:
    """Return the document with the splices made, after reading it again.

    Args:
        document: the file.
        splices: what changes in its front matter.
        expected: what it shall say then.
        keys: the path to what is changed, for the message.

    Raises:
        EditError: it would not say that.
    """
    yaml = _yaml(document)
    for splice in sorted(splices, reverse=True):
        yaml = yaml[: splice.start] + splice.text + yaml[splice.end :]
    span = document.span
    text = document.text[: span.start] + yaml + document.text[span.end :]
    whole = span.start == 0
    read = read_yaml if whole else read_document
    after = read(replace(document, text=text).encode(), document.path)
    if after.findings or after.values != expected or after.body != document.body:
        raise unsafe(document, keys)
    return after


def unsafe(document: Document, keys: Sequence[str]) -> EditError:
    """Return the error of a value that stands where it cannot be changed safely."""
    place = f"{document.path}:{document.position(keys)}"
    message = _("{place}: “{field}” is written in a way that cannot be changed by a program.")
    return EditError(
        message.format(place=place, field=".".join(keys)), _("Change it by hand. Nothing was written.")
    )
