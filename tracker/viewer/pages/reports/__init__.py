"""The pages that tell how a desk did: over time, and by location, department and category."""
