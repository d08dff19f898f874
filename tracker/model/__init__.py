"""The desk's configuration and its tickets as typed values. No input or output."""
