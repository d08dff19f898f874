"""What a request is about and who is given it: pure functions of the rules, the people and the tickets."""
