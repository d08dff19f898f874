"""Intake of mail and other messages, and the notices that answer them."""
