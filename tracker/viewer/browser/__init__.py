"""What the browser gets beside pages: scripts, styles, words, and the tickets as data."""
