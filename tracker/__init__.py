"""A help desk that lives in a Git repository: tickets are Markdown files, Git is the database."""

__version__ = "0.1.0"
