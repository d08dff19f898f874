"""What is wrong with a desk: pure functions from plain values to findings."""
