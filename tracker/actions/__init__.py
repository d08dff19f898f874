"""Everything that changes a desk, one verb a file."""
