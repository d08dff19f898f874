"""What an editor shows while somebody writes: findings, completions, explanations. The door to pygls."""
