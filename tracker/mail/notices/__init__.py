"""Notices out: mail for what changed at the desk since the last run."""
