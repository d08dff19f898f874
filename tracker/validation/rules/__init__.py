"""One file for each rule: its words, and the check where it has one of its own."""
