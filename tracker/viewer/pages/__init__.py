"""One kind of page per module."""
