"""Asks elders how it was, and understands what they say."""
