"""The only input and output of a desk: its files, its Git repository, its index."""
