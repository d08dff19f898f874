"""What a desk's history says: what happened to each ticket, when it landed, and by whom."""
