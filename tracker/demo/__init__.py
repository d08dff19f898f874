"""A believable desk made by program: a company, its tickets and their history, the same for the same seed."""
