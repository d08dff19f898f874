"""A desk in numbers: what its tickets' ways through the statuses say of its work."""
