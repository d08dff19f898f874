"""Service levels: how much of its time each of a ticket's promises has used. Nothing here knows Git."""
