"""Fact cards: what the published policies state, and how a question finds its card."""
