"""探访关爱: who is visited how often, by whom, and what became of it."""
