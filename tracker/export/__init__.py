"""All that a desk knows, as tables for other programs."""
