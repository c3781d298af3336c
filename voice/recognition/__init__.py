"""Ears: from sound to text that the conversation can read."""
