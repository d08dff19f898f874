"""Finding, choosing and ordering tickets: pure functions on entries."""
