"""Markdown with front matter as text: parse, locate, splice. The door to PyYAML and frontmatter."""

from tracker.document.document import LARGEST_FILE, Document, read_document, read_yaml
from tracker.document.merge import MergedFields, merge_fields
from tracker.document.splice import delete_value, line_end, replace_body, set_value
from tracker.document.tidy import in_order, with_item_lines, without_trailing_spaces
from tracker.document.value import NewValue, Value
from tracker.document.write import compose

__all__ = [
    "LARGEST_FILE",
    "Document",
    "MergedFields",
    "NewValue",
    "Value",
    "compose",
    "delete_value",
    "in_order",
    "line_end",
    "merge_fields",
    "read_document",
    "read_yaml",
    "replace_body",
    "set_value",
    "with_item_lines",
    "without_trailing_spaces",
]
