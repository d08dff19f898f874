"""Intake and notices: mail that comes in becomes tickets and comments, and what happens goes out as mail."""
